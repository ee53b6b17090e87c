package io.phaseline.dialect;

import io.phaseline.bytes.Slice;
import io.phaseline.event.Dialect;
import io.phaseline.json.JsonCursor;
import io.phaseline.json.TextValue;
import org.jspecify.annotations.Nullable;

/** Tells the dialect of a payload by what stands in it (PROTOCOL G). */
public final class DialectSniffer {
    private final TextValue requestId = new TextValue();
    private boolean hasOutputObject;
    private boolean hasChoices;
    private boolean choicesHaveMessage;
    private boolean choicesHaveDelta;
    private final TextValue id = new TextValue();
    private final ErrorFields error = new ErrorFields();
    private boolean whole;
    private boolean typed;
    private boolean errorEvent;
    private @Nullable Dialect told;

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
        typed = ResponsesChunk.startsWith(
                error.type.slice().isEmpty() ? event : error.type.slice(), ResponsesChunk.PREFIX);
        errorEvent = FrameFacts.isError(event);
        told = tell(event);
        return told;
    }

    private @Nullable Dialect tell(Slice event) {
        if (ResponsesChunk.startsWith(error.type.slice(), ResponsesChunk.PREFIX)) {
            return Dialect.RESPONSES;
        }
        if (hasOutputObject) {
            return Dialect.DASHSCOPE;
        }
        if (hasChoices) {
            return choicesHaveMessage && mayBeSdkOutput() ? Dialect.DASHSCOPE : Dialect.CHAT;
        }
        if (error.object.slice().contentEquals("chat.completion.chunk")) {
            return Dialect.CHAT;
        }
        // Some Chat servers name the request, too.
        if (requestId.hasText() || event.contentEquals("result")) {
            return Dialect.DASHSCOPE;
        }
        return ResponsesChunk.startsWith(event, ResponsesChunk.PREFIX) ? Dialect.RESPONSES : null;
    }

    private boolean mayBeSdkOutput() {
        return hasChoices
                && !choicesHaveDelta
                && id.slice().isEmpty()
                && error.object.slice().isEmpty();
    }

    /** Whether the payload sniffed at may go on in a stream of this dialect: an error, or bare choices, may in others. */
    public boolean mayBe(Dialect dialect) {
        return told == dialect || isError() || dialect == Dialect.DASHSCOPE && mayBeSdkOutput();
    }

    private void clear() {
        hasOutputObject = false;
        requestId.clear();
        hasChoices = false;
        choicesHaveMessage = false;
        choicesHaveDelta = false;
        id.clear();
        error.clear();
    }

    private void readMember(JsonCursor json) {
        switch (json.name()) {
            case "output" -> {
                hasOutputObject = json.kind() == JsonCursor.Kind.OBJECT;
                json.skip();
            }
            case "request_id" -> json.readText(requestId);
            case "id" -> json.readText(id);
            case "choices" -> {
                hasChoices = json.kind() == JsonCursor.Kind.ARRAY;
                readChoices(json);
            }
            default -> {
                if (!error.readMember(json)) {
                    json.skip();
                }
            }
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

    /** Whether the payload sniffed at is an error and says of which request. */
    public boolean isErrorOfRequest() {
        return requestId.hasText() && isError();
    }

    /** Whether the payload sniffed at is an error and nothing else. */
    public boolean isError() {
        return (errorEvent || error.isError(false)) && !hasOutputObject && !hasChoices && !typed;
    }
}
