package io.phaseline.json;

import io.phaseline.bytes.Digits;
import java.math.BigDecimal;

/** Reads whole numbers as people and programs write them: {@code 12}, and also {@code 12.0} and {@code 12e0}. */
final class WholeNumbers {
    /** Longer literals than this, in bytes, hold no whole number of 64 bits that anybody writes. */
    static final int LONGEST_LITERAL = 64;

    /** So many digits are always less than 64 bits. */
    private static final int ALWAYS_A_LONG = 18;

    private static final long[] POWERS = powers();

    private int end;

    private static long[] powers() {
        long[] powers = new long[ALWAYS_A_LONG + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }

    /**
     * Reads the number at hand.
     *
     * @param at where it begins, before the end
     * @return its value, or {@link JsonCursor#NOT_A_LONG} if it has to be looked at more closely
     */
    long read(byte[] b, int at, int end) {
        int from = b[at] == '-' ? at + 1 : at;
        int i = Scalars.digitsEnd(b, from, end);
        int digits = i - from;
        if (digits < 1 || digits > ALWAYS_A_LONG || b[from] == '0' && digits > 1) {
            return JsonCursor.NOT_A_LONG;
        }
        long value = digits <= Long.BYTES && from + Long.BYTES <= b.length
                ? Digits.value(Digits.word(b, from), digits)
                : valueOf(b, from, i);
        this.end = i;
        if (i < end && (b[i] == '.' || (b[i] | 0x20) == 'e')) {
            value = withFraction(b, i, end, value);
            if (value == JsonCursor.NOT_A_LONG || this.end - at > LONGEST_LITERAL) {
                return JsonCursor.NOT_A_LONG;
            }
        }
        return from == at ? value : -value;
    }

    private static long valueOf(byte[] b, int from, int to) {
        long value = 0;
        for (int i = from; i < to; i++) {
            value = value * 10 + (b[i] - '0');
        }
        return value;
    }

    /** Takes a fraction of nothing but zeros, and an exponent of one digit without a sign. */
    private long withFraction(byte[] b, int from, int end, long whole) {
        int i = from;
        if (b[i] == '.') {
            i++;
            int first = i;
            while (i < end && b[i] == '0') {
                i++;
            }
            if (i == first || i < end && b[i] >= '1' && b[i] <= '9') {
                return JsonCursor.NOT_A_LONG;
            }
        }
        long value = whole;
        if (i < end && (b[i] | 0x20) == 'e') {
            int exponent = i + 1 < end ? b[i + 1] - '0' : -1;
            if (exponent < 0 || exponent > 9 || i + 2 < end && b[i + 2] >= '0' && b[i + 2] <= '9') {
                return JsonCursor.NOT_A_LONG;
            }
            if (whole > Long.MAX_VALUE / POWERS[exponent]) {
                return JsonCursor.NOT_A_LONG;
            }
            value = whole * POWERS[exponent];
            i += 2;
        }
        this.end = i;
        return value;
    }

    /** The value of a number in any spelling, or {@link JsonCursor#NOT_A_LONG}. */
    static long valueOf(String literal) {
        try {
            return new BigDecimal(literal).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            return JsonCursor.NOT_A_LONG;
        }
    }

    /** Where the number read last ends. */
    int end() {
        return end;
    }
}
