package io.phaseline.event;

/** Where a reply stands. Which signal leads from which phase to which is told by the phase table, docs/phases.md. */
public enum Phase {
    /** The model reasons, and no tool has run yet. */
    THINKING,
    /** The server's code interpreter is at work. */
    CODE_EXECUTION,
    /** Another tool that the server runs is at work: search, extractor, MCP, image. */
    TOOL_EXECUTION,
    /** The model reasons about what a tool gave. */
    RESULT_INTEGRATION,
    /** The model writes a call that the client is to run. */
    FUNCTION_CALL,
    /** The answer, or the refusal to give one. */
    RESPONSE,
    /** The reply is whole. */
    COMPLETED,
    /** The server reported an error; nothing later undoes it. */
    FAILED
}
