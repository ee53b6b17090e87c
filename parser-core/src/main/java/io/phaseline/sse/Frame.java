package io.phaseline.sse;

import io.phaseline.bytes.Slice;

/**
 * One block of an event stream, up to its blank line. WHATWG calls it an event.
 *
 * <p>Lent to {@link FrameListener#onFrame}: it and its slices are valid until that method returns. Where the frame lay
 * whole in one input and had one {@code data} line, the slices are views into the caller's bytes.
 */
public final class Frame {
    final Slice event = new Slice();
    final Slice id = new Slice();
    final Slice data = new Slice();
    final Slice comment = new Slice();
    boolean idIsOwn;
    int dataLines;
    long offset;

    Frame() {}

    /**
     * The event type; empty when not given, which means {@code message}.
     *
     * @return raw bytes as they came
     */
    public Slice event() {
        return event;
    }

    /**
     * The last event ID at dispatch: this frame's {@code id}, else that of an earlier one.
     *
     * @return raw bytes, empty when never set
     */
    public Slice id() {
        return id;
    }

    /**
     * Tells whether this frame itself has an {@code id} field.
     *
     * @return true if it has
     */
    public boolean hasOwnId() {
        return idIsOwn;
    }

    /**
     * The data: the values of all {@code data} lines, joined by LF.
     *
     * @return raw bytes as they came
     */
    public Slice data() {
        return data;
    }

    /**
     * How many {@code data} lines there were.
     *
     * @return 1 or more
     */
    public int dataLines() {
        return dataLines;
    }

    /**
     * The last comment line inside the frame, without its colon. DashScope tells a frame's status there.
     *
     * @return raw bytes, empty when there was none
     */
    public Slice comment() {
        return comment;
    }

    /**
     * Where the frame begins: its first line, comments included.
     *
     * @return bytes from the start of the input
     */
    public long offset() {
        return offset;
    }
}
