package io.phaseline.replay.stats;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * How values are distributed: an HdrHistogram of two significant digits, which grows with the largest value, and the
 * exact sum and largest value. Values up to 255 are exact, others to 1 %.
 *
 * <p>Made by one thread; merging is exact.
 */
public final class Distribution implements Part<Distribution> {
    private static final int SIGNIFICANT_DIGITS = 2;

    /** Values beyond count as this: about 36 years in nanoseconds. The histogram stays below 60 KB. */
    private static final long MAX_VALUE = 1L << 60;

    private static final int SMALLEST_RANGE = 2;

    private Histogram histogram = new Histogram(SIGNIFICANT_DIGITS);
    private long sum;
    private long max;

    /** Without a value. */
    public Distribution() {}

    /** Counts a value; a negative one stands for one that is not known, and is not counted. */
    void record(long value) {
        if (value >= 0) {
            histogram.recordValue(Math.min(value, MAX_VALUE));
            sum = Sums.add(sum, value);
            max = Math.max(max, value);
        }
    }

    /**
     * How many values there are.
     *
     * @return a count
     */
    public long count() {
        return histogram.getTotalCount();
    }

    /**
     * All values added up.
     *
     * @return exactly, or the largest number
     */
    public long sum() {
        return sum;
    }

    /**
     * The value that a share of all values do not exceed.
     *
     * @param percent from 0 to 100
     * @return a value, to 1 %; 0 where there is none
     */
    public long percentile(double percent) {
        // The histogram tells the upper end of a range of values that it does not tell apart.
        return count() == 0 ? 0 : Math.min(max, histogram.getValueAtPercentile(percent));
    }

    /**
     * The largest value.
     *
     * @return exactly; 0 where there is none
     */
    public long max() {
        return max;
    }

    /**
     * The mean.
     *
     * @return the sum divided by the count; 0 where there is none
     */
    public double mean() {
        return count() == 0 ? 0 : (double) sum / count();
    }

    @Override
    public void merge(Distribution other) {
        histogram.add(other.histogram);
        sum = Sums.add(sum, other.sum);
        max = Math.max(max, other.max);
    }

    @Override
    public void write(DataOutput out) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        Stored.bytes(out, Arrays.copyOf(buffer.array(), length));
        out.writeLong(sum);
        out.writeLong(max);
    }

    @Override
    public void read(DataInput in) throws IOException {
        byte[] bytes = Stored.bytes(in);
        try {
            histogram = Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(bytes), SMALLEST_RANGE);
        } catch (DataFormatException e) {
            throw new IOException("not a histogram", e);
        }
        histogram.setAutoResize(true);
        sum = in.readLong();
        max = in.readLong();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Distribution distribution
                && distribution.sum == sum
                && distribution.max == max
                && distribution.histogram.equals(histogram);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(sum);
    }

    @Override
    public String toString() {
        return count() + " values, median " + percentile(50) + ", largest " + max();
    }
}
