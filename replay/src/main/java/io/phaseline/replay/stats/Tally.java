package io.phaseline.replay.stats;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A count. */
final class Tally implements Part<Tally> {
    private long count;

    void add(long more) {
        count = Sums.add(count, more);
    }

    long count() {
        return count;
    }

    @Override
    public void merge(Tally other) {
        add(other.count);
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeLong(count);
    }

    @Override
    public void read(DataInput in) throws IOException {
        count = in.readLong();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tally tally && tally.count == count;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(count);
    }

    @Override
    public String toString() {
        return Long.toString(count);
    }
}
