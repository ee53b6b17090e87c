package io.phaseline.replay.stats;

import io.phaseline.event.Outcome;
import io.phaseline.event.UsageField;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What happened in the order of the streams, or in the course of time, in a bounded number of points: each stands for as
 * many streams, or milliseconds, as it takes, a power of two.
 */
final class Series implements Part<Series> {
    /** What each point counts. */
    enum Curve {
        STREAMS("streams"),
        FAILED("failed"),
        TRUNCATED("truncated"),
        ERRORS("errors"),
        INPUT_TOKENS("inputTokens"),
        OUTPUT_TOKENS("outputTokens"),
        REASONING_TOKENS("reasoningTokens");

        private final String key;

        Curve(String key) {
            this.key = key;
        }

        /** The member's name in JSON. */
        String key() {
            return key;
        }
    }

    private static final int CURVES = Curve.values().length;

    private final int maxSlots;
    private final long[][] slots;

    /** A point stands for 2^shift of them. */
    private int shift;

    private int used;

    Series(int maxSlots) {
        this.maxSlots = maxSlots;
        this.slots = new long[maxSlots][CURVES];
    }

    /** Adds a stream where its turn was. */
    void addInOrder(StreamRecord record) {
        long ordinal = Math.max(0, record.origin().ordinal());
        addEnd(ordinal, record);
        add(ordinal, Curve.INPUT_TOKENS, record.usage(UsageField.INPUT_TOKENS));
        add(ordinal, Curve.OUTPUT_TOKENS, record.usage(UsageField.OUTPUT_TOKENS));
        add(ordinal, Curve.REASONING_TOKENS, record.usage(UsageField.REASONING_TOKENS));
    }

    /** Adds a stream and how it ended, but no tokens. */
    void addEnd(long index, StreamRecord record) {
        Outcome outcome = record.result().outcome();
        add(index, Curve.STREAMS, 1);
        add(index, Curve.FAILED, outcome == Outcome.FAILED ? 1 : 0);
        add(index, Curve.TRUNCATED, outcome == Outcome.TRUNCATED ? 1 : 0);
        add(index, Curve.ERRORS, record.result().errors().size() + record.errorsLeftOut());
    }

    /** Adds to a curve; what is not known is less than nothing, and not added. */
    void add(long index, Curve curve, long more) {
        int at = (int) (index / step(index));
        used = Math.max(used, at + 1);
        long[] slot = slots[at];
        slot[curve.ordinal()] = Sums.add(slot[curve.ordinal()], Math.max(0, more));
    }

    /** How many streams, or milliseconds, a point stands for once there is room for this one. */
    long step(long index) {
        while (index >> shift >= maxSlots) {
            fold();
        }
        return 1L << shift;
    }

    /** Lets each point stand for twice as many. */
    private void fold() {
        for (int i = 0; i < used; i++) {
            long[] from = slots[i].clone();
            Arrays.fill(slots[i], 0);
            addAll(slots[i / 2], from);
        }
        used = (used + 1) / 2;
        shift++;
    }

    private static void addAll(long[] to, long[] more) {
        for (int i = 0; i < CURVES; i++) {
            to[i] = Sums.add(to[i], more[i]);
        }
    }

    @Override
    public void merge(Series other) {
        while (shift < other.shift) {
            fold();
        }
        // Of the other one's finer points several fall into one of ours.
        int finer = shift - other.shift;
        for (int i = 0; i < other.used; i++) {
            addAll(slots[i >> finer], other.slots[i]);
            used = Math.max(used, (i >> finer) + 1);
        }
    }

    /** How many points there are. */
    int points() {
        return used;
    }

    /** How many streams, or milliseconds, a point stands for. */
    long perPoint() {
        return 1L << shift;
    }

    long value(int point, Curve curve) {
        return slots[point][curve.ordinal()];
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeByte(shift);
        out.writeInt(used);
        for (int i = 0; i < used; i++) {
            Stored.longs(out, slots[i]);
        }
    }

    @Override
    public void read(DataInput in) throws IOException {
        shift = in.readByte();
        used = Stored.count(in, maxSlots);
        for (int i = 0; i < used; i++) {
            Stored.longs(in, slots[i]);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Series series
                && series.shift == shift
                && series.used == used
                && Arrays.deepEquals(series.slots, slots);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(slots);
    }
}
