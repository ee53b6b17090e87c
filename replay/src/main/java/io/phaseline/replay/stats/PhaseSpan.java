package io.phaseline.replay.stats;

import io.phaseline.event.Phase;
import java.util.function.LongUnaryOperator;

/**
 * How long choice 0 of a stream stood in a phase, from entering it to entering the next one. docs/metrics.md defines the
 * shares.
 *
 * @param phase the phase
 * @param firstFrame the first frame that belongs to it, from 1
 * @param frames frames that belong to it
 * @param offset bytes from the start of the input to the first frame
 * @param bytes bytes that belong to it
 * @param textBytes bytes of UTF-8 that the model and its tools wrote in it
 * @param tokens output tokens that the server counted in it
 * @param estimatedTokens how many of these had to be told apart from another phase's by the bytes of text
 * @param startNanos from the stream's first frame, in nanoseconds; -1 where times were not recorded
 * @param nanos its length in nanoseconds; -1 where times were not recorded
 */
public record PhaseSpan(
        Phase phase,
        long firstFrame,
        long frames,
        long offset,
        long bytes,
        long textBytes,
        long tokens,
        long estimatedTokens,
        long startNanos,
        long nanos) {

    PhaseSpan moved(LongUnaryOperator inInput) {
        return new PhaseSpan(
                phase,
                firstFrame,
                frames,
                inInput.applyAsLong(offset),
                bytes,
                textBytes,
                tokens,
                estimatedTokens,
                startNanos,
                nanos);
    }
}
