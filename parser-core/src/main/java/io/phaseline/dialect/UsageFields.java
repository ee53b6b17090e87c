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
    private static final int ODD_PROMPT = 1 << 1;
    private static final int ODD_OUTPUT = 1 << 2;
    private static final int ODD_COMPLETION = 1 << 3;
    private static final int ODD_TOTAL = 1 << 4;
    private static final int ODD_REASONING_OF_OUTPUT = 1 << 5;
    private static final int ODD_REASONING_OF_COMPLETION = 1 << 6;
    private static final int ODD_CACHED_OF_PROMPT = 1 << 7;
    private static final int ODD_CACHED_OF_INPUT = 1 << 8;
    private static final int ODD_CALLS_OF_PLUGINS = 1 << 9;
    private static final int ODD_CALLS_OF_TOOLS = 1 << 10;
    private static final int ODD_INPUT_OF_MODEL = 1 << 11;
    private static final int ODD_OUTPUT_OF_MODEL = 1 << 12;
    private static final int ODD_MODELS = 1 << 13;

    private final NumberValue input = new NumberValue();
    private final NumberValue prompt = new NumberValue();
    private final NumberValue output = new NumberValue();
    private final NumberValue completion = new NumberValue();
    private final NumberValue total = new NumberValue();
    private final NumberValue reasoningOfOutput = new NumberValue();
    private final NumberValue reasoningOfCompletion = new NumberValue();
    private final NumberValue cachedOfPrompt = new NumberValue();
    private final NumberValue cachedOfInput = new NumberValue();
    private final NumberValue callsOfPlugins = new NumberValue();
    private final NumberValue callsOfTools = new NumberValue();
    private final NumberValue ofOneModel = new NumberValue();
    private final Counters counters = new Counters();

    // Where the counters come from: it stays the same until the next read.
    private final UsageField[] targets = UsageField.values();
    private final NumberValue[] sources = new NumberValue[targets.length];
    private int sourceCount;
    private boolean areSourcesKnown;

    private long modelsInput = NONE;
    private long modelsOutput = NONE;
    private int odd;
    private boolean isRead;
    private boolean hasModels;

    void clear() {
        if (!isRead) {
            return;
        }
        isRead = false;
        areSourcesKnown = false;
        input.clear();
        prompt.clear();
        output.clear();
        completion.clear();
        total.clear();
        reasoningOfOutput.clear();
        reasoningOfCompletion.clear();
        cachedOfPrompt.clear();
        cachedOfInput.clear();
        callsOfPlugins.clear();
        callsOfTools.clear();
        modelsInput = NONE;
        modelsOutput = NONE;
        odd = 0;
        hasModels = false;
    }

    void read(JsonCursor json) {
        clear();
        if (!json.enterObject()) {
            return;
        }
        isRead = true;
        while (json.nextMember()) {
            switch (json.member()) {
                case INPUT_TOKENS -> read(json, input, ODD_INPUT);
                case PROMPT_TOKENS -> read(json, prompt, ODD_PROMPT);
                case OUTPUT_TOKENS -> read(json, output, ODD_OUTPUT);
                case COMPLETION_TOKENS -> read(json, completion, ODD_COMPLETION);
                case TOTAL_TOKENS -> read(json, total, ODD_TOTAL);
                case OUTPUT_TOKENS_DETAILS ->
                    readMember(json, "reasoning_tokens", reasoningOfOutput, ODD_REASONING_OF_OUTPUT);
                case COMPLETION_TOKENS_DETAILS ->
                    readMember(json, "reasoning_tokens", reasoningOfCompletion, ODD_REASONING_OF_COMPLETION);
                case PROMPT_TOKENS_DETAILS -> readMember(json, "cached_tokens", cachedOfPrompt, ODD_CACHED_OF_PROMPT);
                case INPUT_TOKENS_DETAILS -> readMember(json, "cached_tokens", cachedOfInput, ODD_CACHED_OF_INPUT);
                case PLUGINS -> readTools(json, callsOfPlugins, ODD_CALLS_OF_PLUGINS);
                case X_TOOLS -> readTools(json, callsOfTools, ODD_CALLS_OF_TOOLS);
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

    private void readTools(JsonCursor json, NumberValue into, int bit) {
        into.clear();
        odd &= ~bit;
        if (!json.enterObject()) {
            return;
        }
        while (json.nextMember()) {
            if (json.name().equals("code_interpreter")) {
                readMember(json, "count", into, bit);
            } else {
                json.skip();
            }
        }
    }

    /** The Application API counts each model on its own; one reply's counters are their sum. */
    private void readModels(JsonCursor json) {
        hasModels = true;
        modelsInput = NONE;
        modelsOutput = NONE;
        odd &= ~ODD_MODELS;
        if (!json.enterArray()) {
            return;
        }
        while (json.nextElement()) {
            readModel(json);
        }
    }

    private void readModel(JsonCursor json) {
        if (!json.enterObject()) {
            return;
        }
        long ofInput = NONE;
        long ofOutput = NONE;
        while (json.nextMember()) {
            switch (json.member()) {
                case INPUT_TOKENS -> {
                    read(json, ofOneModel, ODD_INPUT_OF_MODEL);
                    ofInput = ofOneModel.value();
                }
                case OUTPUT_TOKENS -> {
                    read(json, ofOneModel, ODD_OUTPUT_OF_MODEL);
                    ofOutput = ofOneModel.value();
                }
                default -> json.skip();
            }
        }
        modelsInput = sum(modelsInput, ofInput);
        modelsOutput = sum(modelsOutput, ofOutput);
        if ((odd & (ODD_INPUT_OF_MODEL | ODD_OUTPUT_OF_MODEL)) != 0) {
            odd = odd & ~(ODD_INPUT_OF_MODEL | ODD_OUTPUT_OF_MODEL) | ODD_MODELS;
        }
    }

    /** The sum, at most the largest number there is. */
    private static long sum(long so, long more) {
        if (so == NONE || more == NONE) {
            return so == NONE ? more : so;
        }
        return so > Long.MAX_VALUE - more ? Long.MAX_VALUE : so + more;
    }

    /** Whether there are any counters. */
    boolean isRead() {
        return isRead;
    }

    /** Whether other numbers in the same places would mean the same counters. */
    boolean isPattern() {
        return !hasModels;
    }

    void deliver(Signals signals) {
        if (!isRead) {
            return;
        }
        if (odd != 0) {
            signals.anomaly("a counter of usage is no whole number");
        }
        if (!areSourcesKnown) {
            findSources();
        }
        for (int i = 0; i < sourceCount; i++) {
            counters.put(targets[i], sources[i].value());
        }
        if (!counters.isEmpty()) {
            signals.usage(counters);
        }
    }

    private void findSources() {
        areSourcesKnown = true;
        counters.clear();
        sourceCount = 0;
        find(UsageField.INPUT_TOKENS, input, prompt, modelsInput);
        find(UsageField.OUTPUT_TOKENS, output, completion, modelsOutput);
        find(UsageField.TOTAL_TOKENS, total, total, NONE);
        find(UsageField.REASONING_TOKENS, reasoningOfOutput, reasoningOfCompletion, NONE);
        find(UsageField.CACHED_TOKENS, cachedOfPrompt, cachedOfInput, NONE);
        find(UsageField.CODE_INTERPRETER_CALLS, callsOfPlugins, callsOfTools, NONE);
    }

    /** Names of one meaning: the first that has a number. */
    private void find(UsageField field, NumberValue first, NumberValue second, long third) {
        if (first.isPresent() || second.isPresent()) {
            targets[sourceCount] = field;
            sources[sourceCount++] = first.isPresent() ? first : second;
        } else if (third != NONE) {
            counters.put(field, third);
        }
    }
}
