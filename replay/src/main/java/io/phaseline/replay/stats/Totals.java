package io.phaseline.replay.stats;

import io.phaseline.event.StreamResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * Any number of streams, added up, in bounded memory.
 *
 * <p>The result does not depend on the order in which records are added, nor on how they are spread over totals that are
 * merged in the end. Used by one thread at a time.
 */
public final class Totals {
    /** Changes with the form of what is written. */
    private static final int FORMAT = 0x50_4C_54_02;

    private static final int MAX_BYTES = 1 << 28;

    private final TotalsLimits limits;
    private final KeptApart<GroupKey, GroupTotals> groups;
    private final Series inOrder;
    private final Series overTime;
    private final ChosenStreams chosen;

    /**
     * Without a stream.
     *
     * @param limits what to keep apart
     */
    public Totals(TotalsLimits limits) {
        this.limits = limits;
        this.groups = new KeptApart<>(limits.maxModels(), () -> new GroupTotals(limits), GroupKey.FORMAT);
        this.inOrder = new Series(limits.maxSlots());
        this.overTime = new Series(limits.maxSlots());
        this.chosen = new ChosenStreams(limits);
    }

    /**
     * Adds a stream.
     *
     * @param record the stream, placed: its ordinal tells it from all others
     */
    public void add(StreamRecord record) {
        StreamResult result = record.result();
        String model = result.model();
        groups.part(new GroupKey(result.dialect(), model == null ? null : limits.cut(model)))
                .add(record);
        inOrder.addInOrder(record);
        OverTime.add(overTime, record);
        chosen.add(record);
    }

    /**
     * Adds what others have added up.
     *
     * @param other totals with the same limits, over other streams; not changed
     */
    public void merge(Totals other) {
        groups.merge(other.groups);
        inOrder.merge(other.inOrder);
        overTime.merge(other.overTime);
        chosen.merge(other.chosen);
    }

    /**
     * All streams as one group.
     *
     * @return new totals
     */
    public GroupTotals all() {
        GroupTotals all = new GroupTotals(limits);
        groups.kept().values().forEach(all::merge);
        GroupTotals others = groups.others();
        if (others != null) {
            all.merge(others);
        }
        return all;
    }

    KeptApart<GroupKey, GroupTotals> groups() {
        return groups;
    }

    Series inOrder() {
        return inOrder;
    }

    /** Of the streams whose times were recorded: since the first frame of each. */
    Series overTime() {
        return overTime;
    }

    ChosenStreams chosen() {
        return chosen;
    }

    /**
     * Writes everything, so that {@link #read} makes equal totals of it.
     *
     * @param out gets a few kilobytes for each model, and the texts of the chosen streams
     * @throws IOException if it cannot be written
     */
    public void write(DataOutput out) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream body = new DataOutputStream(bytes);
        groups.write(body);
        inOrder.write(body);
        overTime.write(body);
        chosen.write(body);
        byte[] written = bytes.toByteArray();
        out.writeInt(FORMAT);
        out.writeInt(written.length);
        out.write(written);
        out.writeLong(checksum(written));
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param in stands where it begins
     * @param limits the limits of the totals that were written
     * @return equal totals
     * @throws IOException if it cannot be read, or is not what was written
     */
    public static Totals read(DataInput in, TotalsLimits limits) throws IOException {
        if (in.readInt() != FORMAT) {
            throw new IOException("no totals of this version");
        }
        byte[] bytes = new byte[Stored.count(in, MAX_BYTES)];
        in.readFully(bytes);
        if (in.readLong() != checksum(bytes)) {
            throw new IOException("totals that were damaged");
        }
        Totals totals = new Totals(limits);
        DataInput body = new DataInputStream(new ByteArrayInputStream(bytes));
        totals.groups.read(body);
        totals.inOrder.read(body);
        totals.overTime.read(body);
        totals.chosen.read(body);
        return totals;
    }

    private static long checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return crc.getValue();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Totals totals
                && totals.groups.equals(groups)
                && totals.inOrder.equals(inOrder)
                && totals.overTime.equals(overTime)
                && totals.chosen.equals(chosen);
    }

    @Override
    public int hashCode() {
        return Objects.hash(groups, inOrder);
    }
}
