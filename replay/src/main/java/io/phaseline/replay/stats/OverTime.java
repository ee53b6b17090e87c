package io.phaseline.replay.stats;

import io.phaseline.event.UsageField;
import io.phaseline.replay.stats.Series.Curve;
import java.util.concurrent.TimeUnit;

/**
 * Puts a stream whose times were recorded into a series over the time since its first frame. Nobody records when each
 * token came: those of a phase are spread evenly over its length. Errors are put where the stream ends.
 */
final class OverTime {
    private static final long NANOS_PER_SLOT = TimeUnit.MILLISECONDS.toNanos(1);

    private OverTime() {}

    static void add(Series series, StreamRecord record) {
        Timing timing = record.timing();
        if (timing == null) {
            return;
        }
        series.addEnd(slot(Math.max(0, timing.duration())), record);
        series.add(0, Curve.INPUT_TOKENS, record.usage(UsageField.INPUT_TOKENS));
        record.spans().forEach(span -> spread(series, span));
        record.laterSpans().forEach(span -> spread(series, span));
    }

    private static long slot(long nanos) {
        return nanos / NANOS_PER_SLOT;
    }

    /** How long a point stands for that stands for so many slots, in nanoseconds. */
    static long nanos(long slots) {
        return slots * NANOS_PER_SLOT;
    }

    private static void spread(Series series, PhaseSpan span) {
        long start = Math.max(0, span.startNanos());
        long length = Math.max(0, span.nanos());
        boolean reasons = OpenSpan.isReasoning(span.phase());
        long last = slot(start + length);
        long given = 0;
        long step = series.step(last);
        for (long slot = slot(start) / step * step; slot <= last; slot += step) {
            // By what has come up to the end of the slot: so the sum of two slots is what one of twice the width has.
            boolean isLast = slot + step > last;
            long upToHere =
                    isLast ? span.tokens() : (long) (span.tokens() * ((nanos(slot + step) - start) / (double) length));
            series.add(slot, Curve.OUTPUT_TOKENS, upToHere - given);
            series.add(slot, Curve.REASONING_TOKENS, reasons ? upToHere - given : 0);
            given = upToHere;
        }
    }
}
