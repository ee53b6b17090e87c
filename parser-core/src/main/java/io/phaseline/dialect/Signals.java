package io.phaseline.dialect;

import io.phaseline.bytes.Slice;
import io.phaseline.event.Counters;
import io.phaseline.event.ToolField;
import org.jspecify.annotations.Nullable;

/**
 * What chunks say, in the same words for every dialect. Texts may hold lone surrogates as three bytes each; they are
 * borrowed until the call returns.
 */
public interface Signals {
    /** A piece of text; may be empty, which says nothing. */
    void text(int choice, TextKind kind, Slice text);

    /** What follows a text that was told; if that ended in half a surrogate pair, this begins with the other half. */
    void rest(int choice, TextKind kind, Slice text);

    /**
     * Begins what is said of one tool call: calls of {@link #toolText}, then {@link #endTool}.
     *
     * @param choice the choice that calls; 0 for tools of the server
     * @param tool which call: its number in order of first appearance; the next free number for a new one
     * @param type what the tool is
     * @param use who runs it
     */
    void beginTool(int choice, int tool, String type, ToolUse use);

    /** A text of the tool call begun. */
    Heard toolText(ToolField field, Slice text, TextMode mode);

    /** Ends what is said of the tool call begun. */
    void endTool(boolean completed);

    /** Raw JSON of the search results, as they stand now. */
    void searchInfo(Slice json);

    /** Counters, as they stand now. */
    void usage(Counters usage);

    /** A choice ended, for the wire's reason; empty, {@code null} and {@code "null"} say nothing. */
    void finish(int choice, Slice reason);

    /** The whole reply is over, reasons or not. */
    void done();

    /** The server reported an error. */
    void serverError(@Nullable String code, @Nullable String message, int httpStatus);

    /** There is a choice of this number, even if nothing else is said of it. */
    void choice(int choice);

    /** Something odd but harmless. */
    void anomaly(String what);

    /** Something beyond the named limit was dropped; said once a stream for each limit. */
    void limit(String limit);

    /** How many tool calls there are: the number of the next one. */
    int toolCount();

    /** The text of a call's arguments so far. */
    Slice argumentsOf(int tool);
}
