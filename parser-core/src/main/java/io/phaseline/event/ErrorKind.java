package io.phaseline.event;

/** Whose fault an error is, and of what kind. */
public enum ErrorKind {
    /** The other side reported it. */
    SERVER,
    /** A payload that is not the JSON it should be. */
    MALFORMED,
    /** Something grew past one of the parser's limits. */
    LIMIT,
    /** A JSON or HTML body where an event stream should be. */
    NOT_A_STREAM
}
