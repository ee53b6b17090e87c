package io.phaseline.event;

import io.phaseline.bytes.Slice;
import org.jspecify.annotations.Nullable;

/**
 * Hears what a stream means, in stream order, on the thread that feeds the parser.
 *
 * <p>Every method does nothing by default. Whatever a method is lent ({@link Place}, {@link Slice},
 * {@link ToolChange}, {@link Usage}) is valid until the method returns. Texts are unescaped, well-formed UTF-8; the
 * pieces of a text, joined, are the whole text. No piece of reasoning, content or refusal is empty; a field of a tool
 * call that is sent empty is heard once. An exception thrown here travels through
 * {@code feed} to the caller, and the parser is closed: see {@code StreamParser}.
 */
public interface StreamListener {
    /**
     * Hears what the stream is, before anything else of it; again if the id or the model becomes known only later.
     *
     * @param at where
     * @param dialect the wire format; null when nothing tells it
     * @param id {@code request_id}, chat {@code id} or {@code response.id}; empty when not sent
     * @param model the model's name; empty when not sent
     */
    default void onStarted(Place at, @Nullable Dialect dialect, Slice id, Slice model) {}

    /**
     * Hears that a choice enters a phase; never the phase it is in.
     *
     * @param at where
     * @param choice index of the choice, 0 where there is one
     * @param phase the phase entered
     * @param previous the phase left; null at first
     */
    default void onPhase(Place at, int choice, Phase phase, @Nullable Phase previous) {}

    /**
     * Hears a piece of reasoning text.
     *
     * @param at where
     * @param choice index of the choice
     * @param delta borrowed UTF-8, what follows the text so far
     */
    default void onReasoning(Place at, int choice, Slice delta) {}

    /**
     * Hears a piece of the answer.
     *
     * @param at where
     * @param choice index of the choice
     * @param delta borrowed UTF-8, what follows the text so far
     */
    default void onContent(Place at, int choice, Slice delta) {}

    /**
     * Hears a piece of a refusal.
     *
     * @param at where
     * @param choice index of the choice
     * @param delta borrowed UTF-8, what follows the text so far
     */
    default void onRefusal(Place at, int choice, Slice delta) {}

    /**
     * Hears what changed in a tool call: one the server runs, or one the client is to run.
     *
     * @param at where
     * @param choice index of the choice that calls; 0 for tools of the server
     * @param change borrowed
     */
    default void onTool(Place at, int choice, ToolChange change) {}

    /**
     * Hears DashScope's {@code search_info} when it comes first and when it grows; it is sent as a snapshot and may be
     * emptied later, which is not heard.
     *
     * @param at where
     * @param json borrowed raw JSON object, UTF-8
     */
    default void onSearchInfo(Place at, Slice json) {}

    /**
     * Hears the counters that changed.
     *
     * @param at where
     * @param changed borrowed; only what changed has a value
     */
    default void onUsage(Place at, Usage changed) {}

    /**
     * Hears why a choice ended.
     *
     * @param at where
     * @param choice index of the choice
     * @param reason borrowed, the wire's word, never empty
     */
    default void onFinish(Place at, int choice, Slice reason) {}

    /**
     * Hears of something odd but harmless.
     *
     * @param at where
     * @param what in words
     */
    default void onAnomaly(Place at, String what) {}

    /**
     * Hears of an error: the server's, or in the bytes.
     *
     * @param at where; for a frame that is too long or broken, where it begins
     * @param error what; may be kept
     */
    default void onError(Place at, ErrorReport error) {}

    /**
     * Hears that a stream is over; nothing of it follows.
     *
     * @param at the last frame
     * @param outcome how it ended
     * @param frames frames of this stream, ignored ones included
     * @param bytes bytes of the input that belong to this stream; over all streams they add up to the whole input
     */
    default void onEnded(Place at, Outcome outcome, long frames, long bytes) {}
}
