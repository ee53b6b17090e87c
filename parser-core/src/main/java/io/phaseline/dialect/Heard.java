package io.phaseline.dialect;

/** What became of a text of a tool call that was told. */
public enum Heard {
    /** It says what was known. */
    NOTHING_NEW,
    /** It is known now. */
    NEWS,
    /** It is not known, because that would be more than the limit. */
    DROPPED
}
