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
        errorEvent = isError(eventType);
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

    /** Whether an event type is that of errors. */
    static boolean isError(Slice eventType) {
        return eventType.contentEquals("error");
    }

    /** The status that a number means: itself from 100 to 999, else 0. */
    public static int statusOf(long number) {
        return number >= 100 && number <= 999 ? (int) number : 0;
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
