package io.phaseline.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Eight bytes at a time, as one {@code long} (SIMD within a register). */
final class Swar {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BUFFER_LONGS =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Swar() {}

    static long longAt(byte[] bytes, int index) {
        return (long) LONGS.get(bytes, index);
    }

    static long longAt(ByteBuffer bytes, int index) {
        return (long) BUFFER_LONGS.get(bytes, index);
    }

    /** Eight copies of one byte. */
    static long pattern(char ascii) {
        return ascii * LOW_BITS;
    }

    /** Nonzero if a byte of the word is below the pattern's, which is at most 0x80; its lowest set bit marks the first. */
    static long below(long word, long pattern) {
        return word - pattern & ~word & HIGH_BITS;
    }

    /** Nonzero if a byte of the word equals the pattern's; its lowest set bit marks the first one. */
    static long matches(long word, long pattern) {
        long difference = word ^ pattern;
        return difference - LOW_BITS & ~difference & HIGH_BITS;
    }
}
