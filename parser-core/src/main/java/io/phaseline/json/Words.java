package io.phaseline.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Some bytes of an array at a time, as one little-endian number: the first byte is the lowest. */
final class Words {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long BACKSLASHES = '\\' * LOW_BITS;

    private Words() {}

    static long at(byte[] bytes, int index) {
        return (long) LONGS.get(bytes, index);
    }

    static int intAt(byte[] bytes, int index) {
        return (int) INTS.get(bytes, index);
    }

    static void put(byte[] bytes, int index, long word) {
        LONGS.set(bytes, index, word);
    }

    /** Up to eight bytes, of which those at and behind the end count as 0. */
    static long upTo(byte[] bytes, int index, int end) {
        int count = end - index;
        if (count <= 0) {
            return 0;
        }
        if (count >= Long.BYTES) {
            return at(bytes, index);
        }
        if (index + Long.BYTES <= bytes.length) {
            return at(bytes, index) & lowest(count);
        }
        long word = 0;
        for (int i = end - 1; i >= index; i--) {
            word = word << 8 | bytes[i] & 0xFF;
        }
        return word;
    }

    /** The bits of so many bytes, 0 to 8. */
    static long lowest(int count) {
        return count == Long.BYTES ? -1 : (1L << (count << 3)) - 1;
    }

    /** The bits of all bytes below the one that the lowest of these high bits marks: all if none is set. */
    static long below(long marks) {
        return ((marks & -marks) >>> 7) - 1;
    }

    /** How many bytes of the word stand before the first that is no space and no tab: 8 if all are. */
    static int beforeNoBlank(long word) {
        long space = word ^ ' ' * LOW_BITS;
        long tab = word ^ '\t' * LOW_BITS;
        long noSpace = (space & ~HIGH_BITS) + ~HIGH_BITS | space;
        long noTab = (tab & ~HIGH_BITS) + ~HIGH_BITS | tab;
        return Long.numberOfTrailingZeros(noSpace & noTab & HIGH_BITS) >>> 3;
    }

    /** How many bytes of the word stand before its first backslash: 8 if it has none. */
    static int beforeBackslash(long word) {
        long difference = word ^ BACKSLASHES;
        return Long.numberOfTrailingZeros(difference - LOW_BITS & ~difference & HIGH_BITS) >>> 3;
    }

    /** How many bytes of the word stand before the first that is no decimal digit: 8 if all are. */
    static int beforeNoDigit(long word) {
        long value = word ^ '0' * LOW_BITS;
        long tooLarge = (value & ~HIGH_BITS) + (0x80 - 10) * LOW_BITS | value;
        return Long.numberOfTrailingZeros(tooLarge & HIGH_BITS) >>> 3;
    }
}
