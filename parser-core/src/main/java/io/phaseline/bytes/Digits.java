package io.phaseline.bytes;

import java.nio.ByteBuffer;

/** Reads short numbers in decimal digits, eight bytes at a time. */
public final class Digits {
    private static final long ZEROS = 0x3030303030303030L;
    private static final long ABOVE_NINE = 0x0606060606060606L;
    private static final long HIGH_NIBBLES = 0xF0F0F0F0F0F0F0F0L;

    private static final long[] POWERS_OF_TEN = new long[19];

    static {
        POWERS_OF_TEN[0] = 1;
        for (int i = 1; i < POWERS_OF_TEN.length; i++) {
            POWERS_OF_TEN[i] = POWERS_OF_TEN[i - 1] * 10;
        }
    }

    private Digits() {}

    /**
     * A power of ten.
     *
     * @param exponent 0 to 18
     * @return 10 to the power of that
     */
    public static long powerOfTen(int exponent) {
        return POWERS_OF_TEN[exponent];
    }

    /**
     * Eight bytes of an array.
     *
     * @param bytes the array
     * @param index where they begin; all eight lie in the array
     * @return the first byte lowest
     */
    public static long word(byte[] bytes, int index) {
        return Swar.longAt(bytes, index);
    }

    /**
     * Eight bytes of a buffer.
     *
     * @param bytes the buffer
     * @param index where they begin, absolute; all eight lie below the limit
     * @return the first byte lowest
     */
    public static long word(ByteBuffer bytes, int index) {
        return Swar.longAt(bytes, index);
    }

    /**
     * How many digits a word begins with.
     *
     * @param word eight bytes, the first one lowest
     * @return 0 to 8
     */
    public static int count(long word) {
        long values = word ^ ZEROS;
        long others = (values | values + ABOVE_NINE) & HIGH_NIBBLES;
        return Long.numberOfTrailingZeros(others) >>> 3;
    }

    /**
     * The number that a word begins with.
     *
     * @param word eight bytes, the first one lowest
     * @param count how many of them are its digits, 1 to 8
     * @return the number
     */
    public static int value(long word, int count) {
        // The last digit becomes the highest byte; what was behind it is shifted out, what is left below is zero.
        long digits = (word ^ ZEROS) << 64 - (count << 3);
        long pairs = digits * 10 + (digits >>> 8) & 0x00FF00FF00FF00FFL;
        long fours = pairs * 100 + (pairs >>> 16) & 0x0000FFFF0000FFFFL;
        return (int) (fours * 10_000 + (fours >>> 32));
    }
}
