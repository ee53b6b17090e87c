package io.phaseline.dialect;

/**
 * What a frame says beside its payload.
 *
 * @param errorEvent whether its event type is {@code error}
 * @param httpStatus the status in its comment, or 0
 */
public record FrameFacts(boolean errorEvent, int httpStatus) {
    /** A frame that says nothing. */
    public static final FrameFacts NONE = new FrameFacts(false, 0);
}
