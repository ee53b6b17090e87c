package io.phaseline.dialect;

/** The kinds of text that a choice consists of. */
public enum TextKind {
    REASONING,
    CONTENT,
    REFUSAL
}
