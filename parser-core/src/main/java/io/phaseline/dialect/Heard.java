package io.phaseline.dialect;

/** What became of a text of a tool call that was told. */
public enum Heard {
    /** It says what was known. */
    NOTHING_NEW,
    /** It is known now. */
    NEWS,
    /** It is not known as it is: it would be more than the limit, or it ends in half a character. */
    DROPPED
}
