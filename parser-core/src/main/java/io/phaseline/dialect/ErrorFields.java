package io.phaseline.dialect;

import io.phaseline.json.JsonCursor;
import io.phaseline.json.Surrogates;
import io.phaseline.json.TextValue;
import org.jspecify.annotations.Nullable;

/**
 * The error a chunk may report, in all its forms: DashScope's top-level {@code code} and {@code message}; OpenAI's
 * {@code error} object or string; vLLM's {@code object: "error"}; the flat {@code error} event of Responses.
 */
final class ErrorFields {
    final TextValue code = new TextValue();
    final TextValue message = new TextValue();
    final TextValue object = TextValue.formative();
    final TextValue type = TextValue.formative();
    private final TextValue innerCode = new TextValue();
    private final TextValue innerMessage = new TextValue();
    private final TextValue innerType = new TextValue();
    private long statusCode;
    private boolean innerError;
    private boolean isText;

    void clear() {
        code.clear();
        message.clear();
        object.clear();
        type.clear();
        statusCode = 0;
        clearInner();
    }

    private void clearInner() {
        innerCode.clear();
        innerMessage.clear();
        innerType.clear();
        innerError = false;
        isText = false;
    }

    /** Reads the member at hand if it belongs to an error. */
    boolean readMember(JsonCursor json) {
        switch (json.member()) {
            case CODE -> json.readText(code);
            case MESSAGE -> json.readText(message);
            case TYPE -> json.readText(type);
            case OBJECT -> json.readText(object);
            case STATUS_CODE -> statusCode = json.readLong();
            case ERROR -> readError(json);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Reads the value of {@code error}. */
    void readError(JsonCursor json) {
        clearInner();
        if (json.kind() != JsonCursor.Kind.OBJECT) {
            isText = json.kind() == JsonCursor.Kind.STRING;
            json.readText(innerMessage);
            innerError = isText && innerMessage.hasText();
            return;
        }
        json.enterObject();
        while (json.nextMember()) {
            innerError = true;
            switch (json.member()) {
                case CODE -> json.readText(innerCode);
                case MESSAGE -> json.readText(innerMessage);
                case TYPE -> json.readText(innerType);
                default -> json.skip();
            }
        }
    }

    /** Whether there is nothing that could be an error, whatever its texts are. */
    boolean isNone() {
        return isPattern()
                && !code.isPresent()
                && !type.slice().contentEquals("error")
                && !object.slice().contentEquals("error");
    }

    /** Whether it is no more than its texts: a text in place of an error object is none if it is empty. */
    boolean isPattern() {
        return !innerError && !isText;
    }

    /** Whether the chunk reports an error; a top-level code is none beside output. */
    boolean isError(boolean besideOutput) {
        return innerError
                || type.slice().contentEquals("error")
                || object.slice().contentEquals("error")
                || code.hasText() && !besideOutput;
    }

    void deliver(Signals signals, FrameFacts frame) {
        int status = frame.httpStatus() > 0 ? frame.httpStatus() : httpStatus();
        signals.serverError(reportedCode(), reportedMessage(), status);
    }

    @Nullable
    String reportedCode() {
        if (innerError) {
            return firstText(innerCode, innerType, code);
        }
        // The flat error event of Responses has its event type there.
        return type.slice().contentEquals("error") ? text(code) : firstText(code, type, null);
    }

    @Nullable
    String reportedMessage() {
        return innerError ? firstText(innerMessage, message, null) : text(message);
    }

    /** The status that the vendor's SDK writes beside the payload, or 0. */
    int httpStatus() {
        return FrameFacts.statusOf(statusCode);
    }

    private static @Nullable String firstText(TextValue first, TextValue second, @Nullable TextValue third) {
        String text = text(first);
        if (text == null) {
            text = text(second);
        }
        return text == null && third != null ? text(third) : text;
    }

    private static @Nullable String text(TextValue value) {
        return value.hasText() ? Surrogates.textOf(value.slice()) : null;
    }
}
