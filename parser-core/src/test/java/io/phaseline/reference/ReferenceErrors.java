package io.phaseline.reference;

import io.phaseline.event.Dialect;
import io.phaseline.event.ErrorKind;
import io.phaseline.event.ErrorReport;
import io.phaseline.reference.ReferenceJson.Num;
import io.phaseline.reference.ReferenceJson.Obj;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Errors of the server in all their shapes: PROTOCOL B.10, C.4, D.2. */
final class ReferenceErrors {
    private ReferenceErrors() {}

    /** The error a payload reports, or null; what the Responses API calls its events means nothing elsewhere. */
    static @Nullable ErrorReport of(
            Obj chunk, String event, ErrorKind kind, @Nullable Integer frameStatus, @Nullable Dialect dialect) {
        Integer status = frameStatus;
        if (status == null && chunk.get("status_code") instanceof Num number && number.counter() != null) {
            long value = number.counter();
            status = value >= 100 && value <= 999 ? (Integer) (int) value : null;
        }
        boolean isTyped = isTyped(chunk, event, dialect);
        String type = isTyped && word(chunk.get("type")).isEmpty() ? event : word(chunk.get("type"));
        if (isTyped && type.startsWith("response.")) {
            return ofLifecycle(chunk, type, kind, status);
        }
        Object error = chunk.get("error");
        if (error instanceof Obj object && !object.isEmpty()) {
            ErrorReport inner = report(kind, object, object.get("type"), status);
            ErrorReport outer = report(kind, chunk, null, status);
            return new ErrorReport(
                    kind,
                    inner.code() == null ? outer.code() : inner.code(),
                    inner.message() == null ? outer.message() : inner.message(),
                    status);
        }
        if (error instanceof String text && !text.isEmpty()) {
            return new ErrorReport(kind, orNull(word(chunk.get("code"))), wellFormed(text), status);
        }
        if ("error".equals(chunk.get("type"))) {
            return report(kind, chunk, null, status);
        }
        if ("error".equals(chunk.get("object"))) {
            return report(kind, chunk, chunk.get("type"), status);
        }
        // Where the dialect is given, the other dialects' members say nothing.
        boolean isNative = dialect == null || dialect == Dialect.DASHSCOPE;
        boolean carriesOutput = isNative && chunk.get("output") instanceof Obj
                || dialect != Dialect.RESPONSES && chunk.get("choices") instanceof List<?>;
        if (!carriesOutput && !word(chunk.get("code")).isEmpty() || event.equals("error")) {
            return report(kind, chunk, chunk.get("type"), status);
        }
        return null;
    }

    private static @Nullable ErrorReport ofLifecycle(Obj chunk, String type, ErrorKind kind, @Nullable Integer status) {
        Obj response = chunk.object("response");
        Obj error = response == null ? null : response.object("error");
        switch (type) {
            case "response.failed":
                return error == null
                        ? new ErrorReport(kind, null, null, status)
                        : report(kind, error, error.get("type"), status);
            case "response.cancelled":
            case "response.canceled":
                return new ErrorReport(
                        kind, "cancelled", error == null ? null : orNull(word(error.get("message"))), status);
            default:
                return null;
        }
    }

    private static ErrorReport report(ErrorKind kind, Obj error, @Nullable Object type, @Nullable Integer status) {
        String code = word(error.get("code"));
        return new ErrorReport(
                kind, orNull(code.isEmpty() ? word(type) : code), orNull(word(error.get("message"))), status);
    }

    /** Whether a payload is an error and nothing else, so that it does not tell its dialect. */
    static boolean isOnlyAnError(Obj chunk, String event, @Nullable Dialect dialect) {
        // Where the dialect is given, the other dialects' members say nothing; only their name for an event does.
        boolean isNative = dialect == null || dialect == Dialect.DASHSCOPE;
        boolean carriesOutput = isNative && chunk.get("output") instanceof Obj
                || dialect != Dialect.RESPONSES && chunk.get("choices") instanceof List<?>;
        return !carriesOutput
                && !isTyped(chunk, event, Dialect.RESPONSES)
                && of(chunk, event, ErrorKind.SERVER, null, dialect) != null;
    }

    private static boolean isTyped(Obj chunk, String event, @Nullable Dialect dialect) {
        if (dialect == Dialect.RESPONSES) {
            String type = word(chunk.get("type"));
            return (type.isEmpty() ? event : type).startsWith("response.");
        }
        return dialect == null && ReferenceParser.dialectOf(chunk, event) == Dialect.RESPONSES;
    }

    /** A value where a single word is expected; empty where it says none. */
    static String word(@Nullable Object value) {
        return wellFormed(raw(value));
    }

    /** The same as it came: with what half surrogate pairs are in it. */
    static String raw(@Nullable Object value) {
        String text = ReferenceText.of(value, what -> {});
        return text == null ? "" : text;
    }

    static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** With U+FFFD for each lone surrogate. */
    static String wellFormed(String text) {
        StringBuilder well = new StringBuilder();
        text.codePoints().forEach(c -> well.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c));
        return well.toString();
    }
}
