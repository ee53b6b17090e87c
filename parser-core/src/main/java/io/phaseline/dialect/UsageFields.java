package io.phaseline.dialect;

import io.phaseline.event.Counters;
import io.phaseline.event.UsageField;
import io.phaseline.json.JsonCursor;
import io.phaseline.json.NumberValue;

/** The counters of a chunk, under the names of all dialects. */
final class UsageFields {
    private static final long NONE = JsonCursor.NOT_A_LONG;

    // One bit each for a value that is no whole number.
    private static final int ODD_INPUT = 1;
    private static final int ODD_OUTPUT = 1 << 1;
    private static final int ODD_TOTAL = 1 << 2;
    private static final int ODD_CACHED_OF_PROMPT = 1 << 3;
    private static final int ODD_CACHED_OF_INPUT = 1 << 4;
    private static final int ODD_REASONING = 1 << 5;
    private static final int ODD_COUNT = 1 << 6;
    private static final int ODD_MODELS = 1 << 7;

    private final NumberValue input = new NumberValue();
    private final NumberValue output = new NumberValue();
    private final NumberValue total = new NumberValue();
    private final NumberValue reasoning = new NumberValue();
    private final NumberValue cachedOfPrompt = new NumberValue();
    private final NumberValue cachedOfInput = new NumberValue();
    private final NumberValue codeInterpreterCalls = new NumberValue();
    private final NumberValue ofOneModel = new NumberValue();
    private final Counters counters = new Counters();
    private long modelsInput = NONE;
    private long modelsOutput = NONE;
    private int odd;
    private boolean isRead;
    /** Whether a number was read that another one of the same meaning could outdo. */
    private boolean rivalled;

    void clear() {
        if (!isRead) {
            return;
        }
        isRead = false;
        input.clear();
        output.clear();
        total.clear();
        reasoning.clear();
        cachedOfPrompt.clear();
        cachedOfInput.clear();
        codeInterpreterCalls.clear();
        modelsInput = NONE;
        modelsOutput = NONE;
        odd = 0;
        rivalled = false;
    }

    void read(JsonCursor json) {
        clear();
        if (!json.enterObject()) {
            return;
        }
        isRead = true;
        while (json.nextMember()) {
            switch (json.member()) {
                case INPUT_TOKENS, PROMPT_TOKENS -> read(json, input, ODD_INPUT);
                case OUTPUT_TOKENS, COMPLETION_TOKENS -> read(json, output, ODD_OUTPUT);
                case TOTAL_TOKENS -> read(json, total, ODD_TOTAL);
                case OUTPUT_TOKENS_DETAILS, COMPLETION_TOKENS_DETAILS ->
                    readOrKeep(json, "reasoning_tokens", reasoning, ODD_REASONING);
                case PROMPT_TOKENS_DETAILS -> readMember(json, "cached_tokens", cachedOfPrompt, ODD_CACHED_OF_PROMPT);
                case INPUT_TOKENS_DETAILS -> readMember(json, "cached_tokens", cachedOfInput, ODD_CACHED_OF_INPUT);
                case PLUGINS, X_TOOLS -> readTools(json);
                case MODELS -> readModels(json);
                default -> json.skip();
            }
        }
    }

    /** Reads the value at hand; the last one under a name decides whether it was odd. */
    private void read(JsonCursor json, NumberValue into, int bit) {
        JsonCursor.Kind kind = json.kind();
        boolean isNull = kind == JsonCursor.Kind.NULL || kind == JsonCursor.Kind.NOT_A_NUMBER;
        json.readNumber(into);
        if (into.value() < 0) {
            into.clear();
            odd = isNull ? odd & ~bit : odd | bit;
        } else {
            odd &= ~bit;
        }
    }

    /** Reads one number of an object; the last one of that name. */
    private void readMember(JsonCursor json, String name, NumberValue into, int bit) {
        into.clear();
        odd &= ~bit;
        if (json.enterObject()) {
            while (json.nextMember()) {
                if (json.name().equals(name)) {
                    read(json, into, bit);
                } else {
                    json.skip();
                }
            }
        }
    }

    /** Reads one number of an object; where it has none, an earlier one stands. */
    private void readOrKeep(JsonCursor json, String name, NumberValue into, int bit) {
        rivalled |= into.isPresent();
        long before = into.value();
        readMember(json, name, into, bit);
        if (!into.isPresent()) {
            into.set(before);
        }
    }

    private void readTools(JsonCursor json) {
        if (!json.enterObject()) {
            return;
        }
        while (json.nextMember()) {
            if (json.name().equals("code_interpreter")) {
                readOrKeep(json, "count", codeInterpreterCalls, ODD_COUNT);
            } else {
                json.skip();
            }
        }
    }

    /** The Application API counts each model on its own; one reply's counters are their sum. */
    private void readModels(JsonCursor json) {
        rivalled = true;
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
                switch (json.member()) {
                    case INPUT_TOKENS -> {
                        read(json, ofOneModel, ODD_MODELS);
                        modelsInput = sum(modelsInput, ofOneModel.value());
                    }
                    case OUTPUT_TOKENS -> {
                        read(json, ofOneModel, ODD_MODELS);
                        modelsOutput = sum(modelsOutput, ofOneModel.value());
                    }
                    default -> json.skip();
                }
            }
        }
    }

    private static long sum(long so, long more) {
        return so == NONE ? more : more == NONE ? so : so + more;
    }

    /** Whether there are any counters. */
    boolean isRead() {
        return isRead;
    }

    /** Whether other numbers in the same places would mean the same counters. */
    boolean isPattern() {
        return !rivalled;
    }

    void deliver(Signals signals) {
        if (!isRead) {
            return;
        }
        if (odd != 0) {
            signals.anomaly("a counter of usage is no whole number");
        }
        counters.clear();
        put(UsageField.INPUT_TOKENS, input.isPresent() ? input.value() : modelsInput);
        put(UsageField.OUTPUT_TOKENS, output.isPresent() ? output.value() : modelsOutput);
        put(UsageField.TOTAL_TOKENS, total.value());
        put(UsageField.REASONING_TOKENS, reasoning.value());
        put(UsageField.CACHED_TOKENS, (cachedOfPrompt.isPresent() ? cachedOfPrompt : cachedOfInput).value());
        put(UsageField.CODE_INTERPRETER_CALLS, codeInterpreterCalls.value());
        if (!counters.isEmpty()) {
            signals.usage(counters);
        }
    }

    private void put(UsageField field, long value) {
        if (value != NONE) {
            counters.put(field, value);
        }
    }
}
