package io.phaseline.replay.stats;

import org.jspecify.annotations.Nullable;

/** The moments of one stream that its times are told by. Costs nothing where nothing was recorded. */
final class TimeLine {
    private static final long NEVER = ArrivalClock.UNKNOWN;

    private final ArrivalClock clock;
    private long now = NEVER;
    private long lastRequest = NEVER;

    private long request = NEVER;
    private long firstFrame = NEVER;
    private long lastFrame = NEVER;
    private long firstReasoning = NEVER;
    private long firstText = NEVER;
    private long firstAnswer = NEVER;
    private long lastText = NEVER;
    private long lastTextFrame;
    private @Nullable Distribution gaps;

    TimeLine(ArrivalClock clock) {
        this.clock = clock;
    }

    /** Hears that something is heard: the clock is looked at. */
    void arrive(long frame) {
        if (clock == ArrivalClock.NONE) {
            return;
        }
        now = clock.nanos();
        if (now == NEVER || frame == 0) {
            return;
        }
        if (firstFrame == NEVER) {
            firstFrame = now;
            long sent = clock.requestNanos();
            // One request has one response: a stream that follows in the same body was not asked for then.
            if (sent != NEVER && sent != lastRequest) {
                request = sent;
                lastRequest = sent;
            }
        }
        lastFrame = now;
    }

    void heardText(long frame, boolean reasoning) {
        if (now == NEVER) {
            return;
        }
        if (reasoning) {
            firstReasoning = first(firstReasoning);
        } else {
            firstAnswer = first(firstAnswer);
        }
        if (firstText == NEVER) {
            firstText = now;
        } else if (frame != lastTextFrame) {
            gaps().record(Math.max(0, now - lastText));
        }
        lastText = now;
        lastTextFrame = frame;
    }

    private long first(long known) {
        return known == NEVER ? now : known;
    }

    private Distribution gaps() {
        Distribution all = gaps;
        if (all == null) {
            all = new Distribution();
            gaps = all;
        }
        return all;
    }

    boolean isTimed() {
        return firstFrame != NEVER;
    }

    /** Nanoseconds since the first frame. */
    long sinceFirstFrame() {
        return isTimed() ? now - firstFrame : Timing.UNKNOWN;
    }

    /** Nanoseconds from the first frame to the last in which anything was heard. */
    long lastFrameSinceFirst() {
        return isTimed() ? lastFrame - firstFrame : Timing.UNKNOWN;
    }

    @Nullable
    Timing timing() {
        if (!isTimed()) {
            return null;
        }
        Distribution all = gaps;
        return new Timing(
                between(request, firstFrame),
                between(request, firstReasoning),
                between(request, firstText),
                between(request, firstAnswer),
                between(request, lastText),
                between(firstText, lastText),
                between(firstFrame, lastFrame),
                all == null ? new Distribution() : all);
    }

    private static long between(long start, long end) {
        return start == NEVER || end == NEVER ? Timing.UNKNOWN : Math.max(0, end - start);
    }

    void reset() {
        now = NEVER;
        request = NEVER;
        firstFrame = NEVER;
        lastFrame = NEVER;
        firstReasoning = NEVER;
        firstText = NEVER;
        firstAnswer = NEVER;
        lastText = NEVER;
        lastTextFrame = 0;
        gaps = null;
    }
}
