package io.phaseline.replay.stats;

import io.phaseline.event.Phase;
import io.phaseline.event.Place;

/** A phase that is being added up: one span, or all later ones of the same phase together. */
final class OpenSpan {
    final Phase phase;
    final long firstFrame;
    final long offset;
    final long startNanos;

    private long frames;
    private long bytes;
    private long textBytes;
    private long tokens;
    private long estimatedTokens;
    private long nanos;

    /** Text since the output tokens were last told. */
    private long unsettledBytes;

    private long enteredFrame;
    private long enteredOffset;
    private long enteredNanos;

    OpenSpan(Phase phase, Place at, long nanos) {
        this.phase = phase;
        this.firstFrame = at.frame();
        this.offset = at.offset();
        this.startNanos = nanos;
    }

    void enter(Place at, long atNanos) {
        enteredFrame = at.frame();
        enteredOffset = at.offset();
        enteredNanos = atNanos;
    }

    /** Everything up to here, exclusive, belongs to it. */
    void leave(long frame, long atOffset, long atNanos) {
        frames += Math.max(0, frame - enteredFrame);
        bytes += Math.max(0, atOffset - enteredOffset);
        nanos += Math.max(0, atNanos - enteredNanos);
    }

    /** Counts text, and tells whether it is the first since the tokens were last told. */
    boolean heard(long bytesOfText) {
        boolean first = unsettledBytes == 0;
        textBytes += bytesOfText;
        unsettledBytes += bytesOfText;
        return first;
    }

    long unsettledBytes() {
        return unsettledBytes;
    }

    void settle(long moreTokens, boolean estimated) {
        tokens = Sums.add(tokens, moreTokens);
        estimatedTokens = Sums.add(estimatedTokens, estimated ? moreTokens : 0);
        unsettledBytes = 0;
    }

    boolean isReasoning() {
        return isReasoning(phase);
    }

    static boolean isReasoning(Phase phase) {
        return switch (phase) {
            case THINKING, RESULT_INTEGRATION -> true;
            case CODE_EXECUTION, TOOL_EXECUTION, FUNCTION_CALL, RESPONSE, COMPLETED, FAILED -> false;
        };
    }

    boolean isFinal() {
        return isFinal(phase);
    }

    static boolean isFinal(Phase phase) {
        return phase == Phase.COMPLETED || phase == Phase.FAILED;
    }

    PhaseSpan close(boolean timed) {
        return new PhaseSpan(
                phase,
                firstFrame,
                frames,
                offset,
                bytes,
                textBytes,
                tokens,
                estimatedTokens,
                timed ? startNanos : Timing.UNKNOWN,
                timed ? nanos : Timing.UNKNOWN);
    }
}
