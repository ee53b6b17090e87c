package io.phaseline.dialect;

/** What a frame says beside its payload. Used again for each frame. */
public final class FrameFacts {
    private boolean errorEvent;
    private int httpStatus;

    /** A frame that says nothing. */
    public FrameFacts() {}

    /** Takes the facts of another frame. */
    public void set(boolean isErrorEvent, int status) {
        errorEvent = isErrorEvent;
        httpStatus = status;
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
