package io.phaseline.dialect;

import io.phaseline.event.Counters;
import io.phaseline.event.UsageField;
import io.phaseline.json.JsonCursor;

/** The counters of a chunk, under the names of all dialects. */
final class UsageFields {
    private static final long NONE = JsonCursor.NOT_A_LONG;

    private final Counters counters = new Counters();
    private long cachedOfPrompt = NONE;
    private long cachedOfInput = NONE;
    private long modelsInput = NONE;
    private long modelsOutput = NONE;
    /** One bit for each value that is no whole number. */
    private int odd;

    void clear() {
        counters.clear();
        cachedOfPrompt = NONE;
        cachedOfInput = NONE;
        modelsInput = NONE;
        modelsOutput = NONE;
        odd = 0;
    }

    void read(JsonCursor json) {
        clear();
        if (!json.enterObject()) {
            return;
        }
        while (json.nextMember()) {
            switch (json.name()) {
                case "input_tokens", "prompt_tokens" -> put(UsageField.INPUT_TOKENS, json);
                case "output_tokens", "completion_tokens" -> put(UsageField.OUTPUT_TOKENS, json);
                case "total_tokens" -> put(UsageField.TOTAL_TOKENS, json);
                case "output_tokens_details", "completion_tokens_details" -> readReasoning(json);
                case "prompt_tokens_details" -> cachedOfPrompt = readMember(json, "cached_tokens", 1 << 8);
                case "input_tokens_details" -> cachedOfInput = readMember(json, "cached_tokens", 1 << 9);
                case "plugins", "x_tools" -> readTools(json);
                case "models" -> readModels(json);
                default -> json.skip();
            }
        }
        fill(UsageField.CACHED_TOKENS, cachedOfPrompt != NONE ? cachedOfPrompt : cachedOfInput);
        fill(UsageField.INPUT_TOKENS, modelsInput);
        fill(UsageField.OUTPUT_TOKENS, modelsOutput);
    }

    private void put(UsageField field, JsonCursor json) {
        long value = number(json, 1 << field.ordinal());
        if (value != NONE) {
            counters.put(field, value);
        } else {
            counters.remove(field);
        }
    }

    private void fill(UsageField field, long value) {
        if (value != NONE && !counters.has(field)) {
            counters.put(field, value);
        }
    }

    /** A value at hand; the last one under a name decides whether it was odd. */
    private long number(JsonCursor json, int bit) {
        JsonCursor.Kind kind = json.kind();
        boolean isNull = kind == JsonCursor.Kind.NULL || kind == JsonCursor.Kind.NOT_A_NUMBER;
        long value = json.readLong();
        if (value < 0) {
            odd = isNull ? odd & ~bit : odd | bit;
            return NONE;
        }
        odd &= ~bit;
        return value;
    }

    /** One number of an object; the last one of that name. */
    private long readMember(JsonCursor json, String name, int bit) {
        long value = NONE;
        odd &= ~bit;
        if (json.enterObject()) {
            while (json.nextMember()) {
                if (json.name().equals(name)) {
                    value = number(json, bit);
                } else {
                    json.skip();
                }
            }
        }
        return value;
    }

    private void readReasoning(JsonCursor json) {
        long value = readMember(json, "reasoning_tokens", 1 << 10);
        if (value != NONE) {
            counters.put(UsageField.REASONING_TOKENS, value);
        }
    }

    private void readTools(JsonCursor json) {
        if (!json.enterObject()) {
            return;
        }
        while (json.nextMember()) {
            if (!json.name().equals("code_interpreter")) {
                json.skip();
                continue;
            }
            long count = readMember(json, "count", 1 << 11);
            if (count != NONE) {
                counters.put(UsageField.CODE_INTERPRETER_CALLS, count);
            }
        }
    }

    /** The Application API counts each model on its own; one reply's counters are their sum. */
    private void readModels(JsonCursor json) {
        modelsInput = NONE;
        modelsOutput = NONE;
        if (!json.enterArray()) {
            return;
        }
        while (json.nextElement()) {
            if (!json.enterObject()) {
                continue;
            }
            while (json.nextMember()) {
                switch (json.name()) {
                    case "input_tokens" -> modelsInput = sum(modelsInput, number(json, 1 << 12));
                    case "output_tokens" -> modelsOutput = sum(modelsOutput, number(json, 1 << 12));
                    default -> json.skip();
                }
            }
        }
    }

    private static long sum(long so, long more) {
        return so == NONE ? more : more == NONE ? so : so + more;
    }

    void deliver(Signals signals) {
        if (odd != 0) {
            signals.anomaly("a counter of usage is no whole number");
        }
        if (!counters.isEmpty()) {
            signals.usage(counters);
        }
    }
}
