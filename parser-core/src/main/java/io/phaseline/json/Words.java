package io.phaseline.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes of an array at a time, as one little-endian {@code long}: the first byte is the lowest. */
final class Words {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long BACKSLASHES = '\\' * LOW_BITS;

    private Words() {}

    static long at(byte[] bytes, int index) {
        return (long) LONGS.get(bytes, index);
    }

    static void put(byte[] bytes, int index, long word) {
        LONGS.set(bytes, index, word);
    }

    /** How many bytes of the word stand before its first backslash: 8 if it has none. */
    static int beforeBackslash(long word) {
        long difference = word ^ BACKSLASHES;
        return Long.numberOfTrailingZeros(difference - LOW_BITS & ~difference & HIGH_BITS) >>> 3;
    }
}
