package io.phaseline.replay.flow;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How far a run has come: everything before was handed to the results, nothing after.
 *
 * @param input which input is next, from 0
 * @param range which range of it
 * @param offset where the next stream of it begins, in bytes
 * @param streams streams of it before that
 * @param allStreams streams of the run before that
 * @param rawBytes of the inputs before this one, as they lie there
 */
public record Position(int input, int range, long offset, long streams, long allStreams, long rawBytes) {
    /** Nothing was read. */
    public static final Position BEGIN = new Position(0, 0, 0, 0, 0, 0);

    Position afterStream() {
        return new Position(input, range, offset, streams + 1, allStreams + 1, rawBytes);
    }

    Position afterRange(int nextRange, long nextOffset) {
        return new Position(input, nextRange, nextOffset, streams, allStreams, rawBytes);
    }

    Position afterInput(long bytes) {
        return new Position(input + 1, 0, 0, 0, allStreams, rawBytes + bytes);
    }

    /**
     * Writes it.
     *
     * @param out where to
     * @throws IOException if it cannot be written
     */
    public void write(DataOutput out) throws IOException {
        out.writeInt(input);
        out.writeInt(range);
        out.writeLong(offset);
        out.writeLong(streams);
        out.writeLong(allStreams);
        out.writeLong(rawBytes);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param in where from
     * @return a position
     * @throws IOException if it cannot be read
     */
    public static Position read(DataInput in) throws IOException {
        return new Position(in.readInt(), in.readInt(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
    }
}
