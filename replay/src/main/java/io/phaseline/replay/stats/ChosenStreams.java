package io.phaseline.replay.stats;

import io.phaseline.event.Outcome;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;

/** The few streams that are kept to be looked at, the same whatever the order in which they come. */
final class ChosenStreams implements Part<ChosenStreams> {
    private static final Comparator<StreamRecord> BY_ORDER =
            Comparator.comparingLong(record -> record.origin().ordinal());

    /** Those with times before those without, and of these the longest first. */
    private static final Comparator<StreamRecord> SLOWEST = Comparator.comparing(
                    (StreamRecord record) -> record.timing() == null)
            .thenComparing(Comparator.comparingLong(ChosenStreams::slowness).reversed())
            .thenComparing(BY_ORDER);

    private final TotalsLimits limits;
    private final NavigableSet<StreamRecord> first = new TreeSet<>(BY_ORDER);
    private final NavigableSet<StreamRecord> slowest = new TreeSet<>(SLOWEST);
    private final NavigableSet<StreamRecord> failed = new TreeSet<>(BY_ORDER);

    ChosenStreams(TotalsLimits limits) {
        this.limits = limits;
    }

    /** Nanoseconds where times were recorded, else bytes. */
    static long slowness(StreamRecord record) {
        Timing timing = record.timing();
        if (timing == null) {
            return record.result().bytes();
        }
        return Math.max(timing.requestLatency(), timing.duration());
    }

    void add(StreamRecord record) {
        add(first, record);
        add(slowest, record);
        if (record.result().outcome() != Outcome.COMPLETED) {
            add(failed, record);
        }
    }

    private void add(NavigableSet<StreamRecord> sort, StreamRecord record) {
        boolean full = sort.size() >= limits.maxChosen();
        if (full && (sort.isEmpty() || Objects.requireNonNull(sort.comparator()).compare(record, sort.last()) >= 0)) {
            return;
        }
        if (sort.add(Excerpt.of(record, limits.maxTextChars())) && full) {
            sort.pollLast();
        }
    }

    /** In the order of the run. */
    NavigableSet<StreamRecord> first() {
        return Collections.unmodifiableNavigableSet(first);
    }

    /** The slowest first; where no times were recorded, the largest. */
    NavigableSet<StreamRecord> slowest() {
        return Collections.unmodifiableNavigableSet(slowest);
    }

    /** Failed or cut off, in the order of the run. */
    NavigableSet<StreamRecord> failed() {
        return Collections.unmodifiableNavigableSet(failed);
    }

    /** Each once, in the order of the run. */
    List<StreamRecord> all() {
        NavigableSet<StreamRecord> all = new TreeSet<>(BY_ORDER);
        all.addAll(first);
        all.addAll(slowest);
        all.addAll(failed);
        return new ArrayList<>(all);
    }

    @Override
    public void merge(ChosenStreams other) {
        other.first.forEach(record -> add(first, record));
        other.slowest.forEach(record -> add(slowest, record));
        other.failed.forEach(record -> add(failed, record));
    }

    @Override
    public void write(DataOutput out) throws IOException {
        Stored.list(out, List.copyOf(first), StoredRecord::write);
        Stored.list(out, List.copyOf(slowest), StoredRecord::write);
        Stored.list(out, List.copyOf(failed), StoredRecord::write);
    }

    @Override
    public void read(DataInput in) throws IOException {
        first.addAll(Stored.list(in, StoredRecord::read));
        slowest.addAll(Stored.list(in, StoredRecord::read));
        failed.addAll(Stored.list(in, StoredRecord::read));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChosenStreams chosen
                && List.copyOf(chosen.first).equals(List.copyOf(first))
                && List.copyOf(chosen.slowest).equals(List.copyOf(slowest))
                && List.copyOf(chosen.failed).equals(List.copyOf(failed));
    }

    @Override
    public int hashCode() {
        return Objects.hash(List.copyOf(first), List.copyOf(failed));
    }
}
