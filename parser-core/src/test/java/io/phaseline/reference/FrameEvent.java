package io.phaseline.reference;

/** What stands in an event stream, in stream order. Offsets count bytes from the start of the input. */
public sealed interface FrameEvent {
    /**
     * A frame with data: dispatched by its blank line, or pending at the end of input.
     *
     * @param event the event type, empty when not given
     * @param id the last event ID
     * @param ownId whether this frame set it
     * @param data the data
     * @param dataLines how many data lines
     * @param comment the last comment inside the frame
     * @param offset where its first line begins
     * @param dispatched whether its blank line came
     */
    record Frame(
            String event,
            String id,
            boolean ownId,
            String data,
            int dataLines,
            String comment,
            int offset,
            boolean dispatched)
            implements FrameEvent {}

    /**
     * A comment.
     *
     * @param text what follows the colon
     */
    record Comment(String text) implements FrameEvent {}

    /**
     * A reconnection time.
     *
     * @param millis in milliseconds
     */
    record Retry(long millis) implements FrameEvent {}

    /**
     * A line that is no field and no comment.
     *
     * @param line its text
     * @param offset where it begins
     * @param afterField whether a field of the standard was seen before it
     * @param terminated whether its end came
     */
    record Ignored(String line, int offset, boolean afterField, boolean terminated) implements FrameEvent {}

    /**
     * A frame whose data is longer than the limit.
     *
     * @param offset where its first line begins
     * @param dispatched whether its blank line came
     */
    record Oversized(int offset, boolean dispatched) implements FrameEvent {}

    /**
     * A line of another kind than data that is longer than the limit allows.
     *
     * @param offset where it begins
     * @param afterField whether a field of the standard was seen before it
     */
    record OversizedLine(int offset, boolean afterField) implements FrameEvent {}
}
