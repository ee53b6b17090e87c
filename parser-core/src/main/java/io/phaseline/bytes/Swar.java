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
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BUFFER_INTS =
            MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Swar() {}

    static long longAt(byte[] bytes, int index) {
        return (long) LONGS.get(bytes, index);
    }

    static void put(byte[] bytes, int index, long word) {
        LONGS.set(bytes, index, word);
    }

    static long longAt(ByteBuffer bytes, int index) {
        return (long) BUFFER_LONGS.get(bytes, index);
    }

    static int intAt(byte[] bytes, int index) {
        return (int) INTS.get(bytes, index);
    }

    static int intAt(ByteBuffer bytes, int index) {
        return (int) BUFFER_INTS.get(bytes, index);
    }

    /** Nonzero if a byte of the word is not ASCII; its lowest set bit marks the first one. */
    static long notAscii(long word) {
        return word & HIGH_BITS;
    }

    /** Nonzero if a byte of the word is below 0x0E: a line end, or one of a few control characters. */
    static long mayEndLine(long word) {
        return word - 0x0E * LOW_BITS & ~word & HIGH_BITS;
    }

    /** Nonzero if a byte of the word is LF or CR; its lowest set bit marks the first one. */
    static long lineEnds(long word) {
        return ((word ^ '\n' * LOW_BITS) - LOW_BITS | (word ^ '\r' * LOW_BITS) - LOW_BITS) & ~word & HIGH_BITS;
    }

    /**
     * Nonzero if a byte of the word is a quote, a backslash or below 0x20; its lowest set bit marks the first one.
     * Changing bit 1 takes the quote below 0x21 and the exclamation mark out, so that one subtraction finds both it and
     * the control characters.
     */
    static long stringEnds(long word) {
        long quoteOrControl = (word ^ 2 * LOW_BITS) - 0x21 * LOW_BITS;
        long backslash = (word ^ '\\' * LOW_BITS) - LOW_BITS;
        return (quoteOrControl | backslash) & ~word & HIGH_BITS;
    }
}
