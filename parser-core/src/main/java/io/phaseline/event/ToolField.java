package io.phaseline.event;

/** The texts that a tool call consists of. */
public enum ToolField {
    /** The identity of the call, as the wire spells it. */
    ID,
    /** The name of the function or tool. */
    NAME,
    /** The program that the code interpreter runs. */
    CODE,
    /** The arguments, JSON as text; for a tool of an unknown type its whole raw JSON. */
    ARGUMENTS,
    /** What the tool printed: all its logs joined. */
    OUTPUT
}
