package io.phaseline.dialect;

import io.phaseline.bytes.Slice;
import io.phaseline.json.JsonCursor;
import io.phaseline.json.TextValue;

/** An item of a Responses stream, of any type. */
final class ItemFields {
    /** A part of a message's or reasoning item's {@code content}, or of {@code summary}; a string is its text. */
    static final class Part {
        final TextValue type = TextValue.formative();
        final TextValue text = new TextValue();
        final TextValue refusal = new TextValue();

        void clear() {
            type.clear();
            text.clear();
            refusal.clear();
        }

        void read(JsonCursor json) {
            clear();
            if (json.kind() == JsonCursor.Kind.STRING) {
                json.readText(text);
                return;
            }
            if (!json.enterObject()) {
                return;
            }
            while (json.nextMember()) {
                switch (json.member()) {
                    case TYPE -> json.readText(type);
                    case TEXT -> json.readText(text);
                    case REFUSAL -> json.readText(refusal);
                    default -> json.skip();
                }
            }
        }

        boolean isRefusal() {
            return type.slice().contentEquals("refusal");
        }

        boolean isReasoning() {
            return type.slice().contentEquals("reasoning_text");
        }

        boolean isSummary() {
            return type.slice().contentEquals("summary_text");
        }
    }

    /** Reads a list of parts; a plain string counts as one. */
    private static void readAll(JsonCursor json, Pool<Part> parts, Budget budget) {
        parts.clear();
        if (json.kind() == JsonCursor.Kind.STRING) {
            parts.next().read(json);
            return;
        }
        if (!json.enterArray()) {
            return;
        }
        while (json.nextElement()) {
            if (budget.take()) {
                parts.next().read(json);
            } else {
                json.skip();
            }
        }
    }

    final TextValue id = new TextValue();
    final TextValue callId = new TextValue();
    final TextValue type = TextValue.formative();
    final TextValue name = new TextValue();
    final TextValue code = new TextValue();
    final TextValue arguments = new TextValue();
    final TextValue input = new TextValue();
    final TextValue output = new TextValue();
    final TextValue logs = new TextValue();
    final Pool<Part> content = new Pool<>(Part::new);
    final Pool<Part> summary = new Pool<>(Part::new);
    final Slice raw = new Slice();
    boolean isPresent;

    void clear() {
        id.clear();
        callId.clear();
        type.clear();
        name.clear();
        code.clear();
        arguments.clear();
        input.clear();
        output.clear();
        logs.clear();
        content.clear();
        summary.clear();
        raw.clear();
        isPresent = false;
    }

    /**
     * Whether it is no more than its texts. Tools are not: some are told as raw JSON, and of which type the tool is may
     * have been said by an earlier item of the same id.
     */
    boolean isPattern() {
        return type.slice().contentEquals("message") || type.slice().contentEquals("reasoning");
    }

    /** Whether it is a tool of a type of which no more is told than its texts. */
    boolean isPlainTool() {
        return switch (type.atMost(ChunkReader.MAX_ID_BYTES).toString()) {
            case "function_call",
                    "custom_tool_call",
                    "code_interpreter_call",
                    "mcp_call",
                    "image_search_call",
                    "web_search_image_call" -> true;
            default -> false;
        };
    }

    void read(JsonCursor json, Slice payload, Budget budget) {
        clear();
        isPresent = json.kind() == JsonCursor.Kind.OBJECT;
        int start = json.valueStart();
        if (!json.enterObject()) {
            return;
        }
        while (json.nextMember()) {
            switch (json.member()) {
                case ID -> json.readText(id);
                case CALL_ID -> json.readText(callId);
                case TYPE -> json.readText(type);
                case NAME -> json.readText(name);
                case CODE -> json.readText(code);
                case ARGUMENTS -> json.readTextOrRaw(arguments);
                case INPUT -> json.readTextOrRaw(input);
                case OUTPUT -> json.readText(output);
                case OUTPUTS -> json.readParts(logs, "logs");
                case CONTENT -> readAll(json, content, budget);
                case SUMMARY -> readAll(json, summary, budget);
                default -> json.skip();
            }
        }
        int end = json.position();
        if (start >= 0 && start < end && end <= payload.length()) {
            raw.wrap(payload, start, end - start);
        }
    }
}
