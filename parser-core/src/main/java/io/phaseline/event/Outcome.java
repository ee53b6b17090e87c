package io.phaseline.event;

/** How a stream ended. */
public enum Outcome {
    /** A finish reason or an end marker came, and no error. */
    COMPLETED,
    /** The server reported an error, or the body was no stream at all. */
    FAILED,
    /** The bytes ended before the reply did. */
    TRUNCATED
}
