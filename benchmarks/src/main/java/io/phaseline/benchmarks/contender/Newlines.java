package io.phaseline.benchmarks.contender;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds the next LF, 8 bytes at a time. */
public final class Newlines {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long LOW_SEVEN = 0x7F7F7F7F7F7F7F7FL;
    private static final long LINE_FEEDS = ONES * '\n';

    private Newlines() {}

    /**
     * Searches a range.
     *
     * @param bytes where to search
     * @param start the first byte
     * @param end behind the last one
     * @return the index of the first LF, or -1
     */
    public static int find(byte[] bytes, int start, int end) {
        int i = start;
        for (; i <= end - Long.BYTES; i += Long.BYTES) {
            long differs = (long) LONGS.get(bytes, i) ^ LINE_FEEDS;
            long found = ~(((differs & LOW_SEVEN) + LOW_SEVEN) | differs | LOW_SEVEN);
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        for (; i < end; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
