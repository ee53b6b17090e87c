package io.phaseline.event;

/** The counters of a reply. */
public enum UsageField {
    /** Tokens of the prompt. */
    INPUT_TOKENS("inputTokens"),
    /** Tokens the model wrote, reasoning included or not as the server counts. */
    OUTPUT_TOKENS("outputTokens"),
    /** The total as the server says it; never added up here. */
    TOTAL_TOKENS("totalTokens"),
    /** Tokens of reasoning. */
    REASONING_TOKENS("reasoningTokens"),
    /** Prompt tokens read from the server's cache. */
    CACHED_TOKENS("cachedTokens"),
    /** How often the code interpreter ran. */
    CODE_INTERPRETER_CALLS("codeInterpreterCalls");

    private final String key;

    UsageField(String key) {
        this.key = key;
    }

    /**
     * The member's name in Phaseline's JSON.
     *
     * @return a camel-case name
     */
    public String key() {
        return key;
    }
}
