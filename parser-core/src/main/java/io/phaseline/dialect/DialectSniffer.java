package io.phaseline.dialect;

import io.phaseline.bytes.Slice;
import io.phaseline.event.Dialect;
import io.phaseline.json.JsonCursor;
import io.phaseline.json.TextValue;
import org.jspecify.annotations.Nullable;

/** Tells the dialect of a payload by what stands in it (PROTOCOL G). */
public final class DialectSniffer {
    private final TextValue type = new TextValue();
    private final TextValue object = new TextValue();
    private final TextValue requestId = new TextValue();
    private boolean hasOutputObject;
    private boolean hasChoices;
    private boolean choicesHaveMessage;
    private boolean choicesHaveDelta;
    private boolean hasId;
    private boolean hasToolInfo;
    private boolean isError;
    private boolean hasCode;
    private boolean whole;

    /** Nothing sniffed at yet. */
    public DialectSniffer() {}

    /**
     * Looks at a payload.
     *
     * @param event the event type of its frame; empty if there is none
     * @return the dialect, or null if the payload does not tell it
     */
    public @Nullable Dialect sniff(JsonCursor json, Slice payload, Slice event) {
        clear();
        json.wrap(payload);
        boolean isObject = json.enterObject();
        if (isObject) {
            while (json.nextMember()) {
                readMember(json);
            }
        }
        whole = json.end() && isObject;
        if (startsWith(type.slice(), "response.") || startsWith(event, "response.")) {
            return Dialect.RESPONSES;
        }
        if (hasOutputObject || requestId.hasText() || event.contentEquals("result")) {
            return Dialect.DASHSCOPE;
        }
        if (hasChoices) {
            boolean isSdkOutput = choicesHaveMessage
                    && !choicesHaveDelta
                    && !hasId
                    && object.slice().isEmpty();
            return isSdkOutput ? Dialect.DASHSCOPE : Dialect.CHAT;
        }
        if (object.slice().contentEquals("chat.completion.chunk")) {
            return Dialect.CHAT;
        }
        return hasToolInfo ? Dialect.DASHSCOPE : null;
    }

    private void clear() {
        type.clear();
        object.clear();
        hasOutputObject = false;
        requestId.clear();
        hasChoices = false;
        choicesHaveMessage = false;
        choicesHaveDelta = false;
        hasId = false;
        hasToolInfo = false;
        isError = false;
        hasCode = false;
    }

    private void readMember(JsonCursor json) {
        switch (json.name()) {
            case "type" -> json.readText(type);
            case "object" -> json.readText(object);
            case "output" -> {
                hasOutputObject = json.kind() == JsonCursor.Kind.OBJECT;
                json.skip();
            }
            case "request_id" -> json.readText(requestId);
            case "id" -> {
                hasId = json.kind() == JsonCursor.Kind.STRING;
                json.skip();
            }
            case "choices" -> {
                hasChoices = true;
                readChoices(json);
            }
            case "tool_info" -> {
                hasToolInfo = json.kind() == JsonCursor.Kind.ARRAY;
                json.skip();
            }
            case "error" -> {
                isError = json.kind() == JsonCursor.Kind.OBJECT || json.kind() == JsonCursor.Kind.STRING;
                json.skip();
            }
            case "code" -> {
                hasCode = json.kind() == JsonCursor.Kind.STRING || json.kind() == JsonCursor.Kind.NUMBER;
                json.skip();
            }
            default -> json.skip();
        }
    }

    private void readChoices(JsonCursor json) {
        choicesHaveMessage = false;
        choicesHaveDelta = false;
        if (!json.enterArray()) {
            return;
        }
        while (json.nextElement()) {
            if (!json.enterObject()) {
                continue;
            }
            while (json.nextMember()) {
                choicesHaveMessage |= json.name().equals("message");
                choicesHaveDelta |= json.name().equals("delta");
                json.skip();
            }
        }
    }

    /** Whether the payload sniffed at was one JSON object. */
    public boolean isWhole() {
        return whole;
    }

    /** Whether the payload sniffed at reports an error. */
    public boolean isError() {
        return isError
                || hasCode && !hasOutputObject && !hasChoices
                || object.slice().contentEquals("error");
    }

    private static boolean startsWith(Slice text, String prefix) {
        return text.length() >= prefix.length()
                && new Slice().wrap(text, 0, prefix.length()).contentEquals(prefix);
    }
}
