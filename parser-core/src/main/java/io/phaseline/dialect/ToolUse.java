package io.phaseline.dialect;

/** Who runs a tool, and what a mention of it means. */
public enum ToolUse {
    /** The client is to run it: it is news when something of the call is. */
    CLIENT,
    /** The server runs it, and repeats it in every later chunk: it is news when something of the call is. */
    SERVER_SNAPSHOT,
    /** The server runs it and says so by an event: every mention is news. */
    SERVER_EVENT
}
