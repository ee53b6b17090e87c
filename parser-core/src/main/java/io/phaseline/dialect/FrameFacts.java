package io.phaseline.dialect;

import io.phaseline.bytes.Slice;

/** What a frame says beside its payload. Used again for each frame. */
public final class FrameFacts {
    private final Slice event = new Slice();
    private boolean errorEvent;
    private int httpStatus;

    /** A frame that says nothing. */
    public FrameFacts() {}

    /** Takes the facts of another frame. */
    public void set(Slice eventType, int status) {
        event.wrap(eventType);
        errorEvent = eventType.contentEquals("error");
        httpStatus = status;
    }

    /** Takes the facts of another frame and keeps them. */
    public void copy(FrameFacts other) {
        set(other.event.copy(), other.httpStatus);
    }

    /** Its event type; empty where it has none. */
    public Slice event() {
        return event;
    }

    /** Whether its event type is {@code error}. */
    public boolean errorEvent() {
        return errorEvent;
    }

    /** The status in its comment, or 0. */
    public int httpStatus() {
        return httpStatus;
    }
}
