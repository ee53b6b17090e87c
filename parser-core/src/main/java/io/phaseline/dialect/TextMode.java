package io.phaseline.dialect;

/** How a text of a tool call is meant. */
public enum TextMode {
    /** What follows the text so far. */
    DELTA,
    /** The text as it stands now. */
    SNAPSHOT,
    /** The text as it stands now; empty says nothing about a text that is known. */
    REPEAT
}
