package io.phaseline.phase;

/** What can happen to a choice: the alphabet of the phase table. */
public enum Signal {
    /** Non-empty reasoning text, and no tool has run in this stream. */
    REASONING("reasoning text, before any tool ran"),
    /** Non-empty reasoning text, and a tool of the server has run in this stream. */
    REASONING_AFTER_TOOL("reasoning text, after a tool ran"),
    /** The code interpreter was added, changed, or mentioned by an event of its own. */
    CODE_CHANGE("a code interpreter call is added, changes, or has an event"),
    /** The same for another tool of the server. */
    TOOL_CHANGE("the same for any other tool that the server runs"),
    /** A piece of a call that the client is to run. */
    CALL_FRAGMENT("a piece of a call that the client is to run"),
    /** Non-empty content or refusal. */
    CONTENT("content or refusal text"),
    /** A finish reason, {@code [DONE]}, or a terminal event. */
    FINISH("a finish reason, [DONE], response.completed, response.incomplete"),
    /** The server reported an error. */
    ERROR("an error from the server");

    private final String meaning;

    Signal(String meaning) {
        this.meaning = meaning;
    }

    /** In words, for the table's print. */
    public String meaning() {
        return meaning;
    }
}
