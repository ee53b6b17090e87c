package io.phaseline.sse;

import io.phaseline.bytes.Slice;

/**
 * Hears what stands in an event stream, in stream order, on the feeding thread. Every method does nothing by default;
 * everything lent is valid until the method returns.
 */
public interface FrameListener {
    /**
     * Hears a dispatched frame.
     *
     * @param frame borrowed
     */
    default void onFrame(Frame frame) {}

    /**
     * Hears, at the end of input, a frame with data whose blank line never came. The standard discards it.
     *
     * @param frame borrowed
     */
    default void onPendingFrame(Frame frame) {}

    /**
     * Hears a comment.
     *
     * @param comment borrowed raw bytes after the colon
     */
    default void onComment(Slice comment) {}

    /**
     * Hears a reconnection time.
     *
     * @param millis milliseconds; {@link Long#MAX_VALUE} for a number beyond it
     */
    default void onRetry(long millis) {}

    /**
     * Hears a line that is no field of the standard and no comment; the standard ignores it.
     *
     * @param line borrowed raw bytes
     * @param offset where the line begins, in bytes from the start of the input
     */
    default void onIgnoredLine(Slice line, long offset) {}

    /**
     * Hears that a frame was passed over because its data is longer than the limit.
     *
     * @param offset where the frame begins, in bytes from the start of the input
     */
    default void onOversizedFrame(long offset) {}

    /**
     * Hears that a line other than {@code data} was passed over because it is longer than the limit; the frame around
     * it is not lost.
     *
     * @param offset where the line begins, in bytes from the start of the input
     */
    default void onOversizedLine(long offset) {}
}
