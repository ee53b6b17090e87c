package io.phaseline.replay.stats;

import io.phaseline.event.Phase;
import io.phaseline.event.Place;
import io.phaseline.event.Usage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The phases of choice 0 in their order, with what belongs to each.
 *
 * <p>A frame belongs to the phase that it leads into. The frame that ends a reply says the last of it, so it still
 * belongs to the phase before: {@code COMPLETED} and {@code FAILED} begin with the next frame in which anything is heard.
 */
final class PhaseLine {
    private final int maxPhases;
    private final TokenSplit tokens = new TokenSplit();
    private final List<OpenSpan> kept = new ArrayList<>();
    private final Map<Phase, OpenSpan> later = new EnumMap<>(Phase.class);
    private long leftOut;
    private long unphasedFrames;
    private long unphasedBytes;

    private @Nullable OpenSpan current;

    /** A final phase that was entered in the frame {@link #endedInFrame} and has not begun yet. */
    private @Nullable Phase entered;

    private long endedInFrame;

    PhaseLine(int maxPhases) {
        this.maxPhases = maxPhases;
    }

    /** Tells whether the next frame begins a phase: then {@link #arrive} has to be told of it. */
    boolean isEnding() {
        return entered != null;
    }

    /** Hears that something is heard here. */
    void arrive(Place at, long nanos) {
        Phase phase = entered;
        if (phase != null && at.frame() > endedInFrame) {
            entered = null;
            begin(phase, at, nanos);
        }
    }

    /**
     * Hears that a phase is entered.
     *
     * @param streamOffset where the stream begins
     */
    void enter(Phase phase, Place at, long nanos, long streamOffset) {
        Phase open = entered;
        if (open != null) {
            // Two in one frame: the first has no frame of its own.
            entered = null;
            begin(open, at, nanos);
        }
        OpenSpan before = current;
        if (before == null) {
            unphasedFrames = Math.max(0, at.frame() - 1);
            unphasedBytes = Math.max(0, at.offset() - streamOffset);
        }
        if (OpenSpan.isFinal(phase) && before != null && !before.isFinal()) {
            entered = phase;
            endedInFrame = at.frame();
        } else {
            begin(phase, at, nanos);
        }
    }

    private void begin(Phase phase, Place at, long nanos) {
        OpenSpan before = current;
        if (before != null) {
            before.leave(at.frame(), at.offset(), nanos);
        }
        OpenSpan span;
        if (kept.size() < maxPhases) {
            span = new OpenSpan(phase, at, nanos);
            kept.add(span);
        } else {
            leftOut++;
            span = later.computeIfAbsent(phase, p -> new OpenSpan(p, at, nanos));
        }
        span.enter(at, nanos);
        current = span;
    }

    void heardText(long bytes) {
        OpenSpan span = current;
        if (span != null) {
            tokens.heard(span, bytes);
        }
    }

    void heardUsage(Usage changed) {
        tokens.told(changed, current);
    }

    /**
     * Hears that the stream is over.
     *
     * @param frames of the stream
     * @param end where it ends: bytes from the start of the input
     */
    void end(Place at, long frames, long streamOffset, long end, long nanos) {
        arrive(at, nanos);
        Phase phase = entered;
        OpenSpan last = current;
        if (last == null) {
            unphasedFrames = frames;
            unphasedBytes = end - streamOffset;
        } else {
            last.leave(frames + 1, end, nanos);
        }
        if (phase != null) {
            entered = null;
            // Its bytes went to the phase before: nothing was heard after the frame that ended the reply.
            Place nowhere = new Place.Fixed(at.stream(), frames + 1, end);
            current = null;
            begin(phase, nowhere, nanos);
        }
    }

    List<PhaseSpan> kept(boolean timed) {
        return kept.stream().map(span -> span.close(timed)).toList();
    }

    List<PhaseSpan> later(boolean timed) {
        return later.values().stream().map(span -> span.close(timed)).toList();
    }

    long leftOut() {
        return leftOut;
    }

    boolean isFull() {
        return kept.size() >= maxPhases;
    }

    long unphasedFrames() {
        return unphasedFrames;
    }

    long unphasedBytes() {
        return unphasedBytes;
    }

    long unattributedTokens() {
        return tokens.unattributed();
    }

    void reset() {
        tokens.reset();
        kept.clear();
        later.clear();
        leftOut = 0;
        unphasedFrames = 0;
        unphasedBytes = 0;
        current = null;
        entered = null;
        endedInFrame = 0;
    }
}
