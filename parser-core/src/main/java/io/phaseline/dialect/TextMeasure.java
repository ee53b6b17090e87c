package io.phaseline.dialect;

import io.phaseline.bytes.Slice;

/**
 * A text as a number of UTF-16 units and their polynomial hash modulo 2^64. Counted in UTF-16, it makes no difference
 * where a text is cut, not even within a surrogate pair that was escaped; and the measure of two texts in a row follows
 * from theirs.
 */
final class TextMeasure {
    static final long FACTOR = 0x9E3779B97F4A7C15L;

    private static final int STEP = 8;
    private static final long FACTOR_2 = powerOf(2);
    private static final long FACTOR_3 = powerOf(3);
    private static final long FACTOR_4 = powerOf(4);
    private static final long FACTOR_5 = powerOf(5);
    private static final long FACTOR_6 = powerOf(6);
    private static final long FACTOR_7 = powerOf(7);
    private static final long FACTOR_8 = powerOf(8);

    long units;
    long hash;
    /** {@link #FACTOR} to the power of {@link #units}. */
    long power = 1;

    private static long powerOf(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= FACTOR;
        }
        return power;
    }

    /** Measures a text. */
    TextMeasure of(Slice text) {
        units = 0;
        hash = 0;
        power = 1;
        measure(text, Long.MAX_VALUE);
        return this;
    }

    /** Measures as much of a text as has this many units; answers how many bytes that was. */
    int ofStart(Slice text, long limit) {
        units = 0;
        hash = 0;
        power = 1;
        return measure(text, limit);
    }

    /** Stops behind the limit where a pair of units straddles it. */
    private int measure(Slice text, long limit) {
        byte[] bytes = text.array();
        int size = text.length();
        int i = 0;
        while (i < size && units < limit) {
            if (bytes != null) {
                i = measureAscii(bytes, text.offset(), i, size, limit);
                i = measureThrees(bytes, text.offset(), i, size, limit);
                if (i == size || units == limit) {
                    break;
                }
            }
            int codePoint = codePointAt(text, i);
            i += lengthOf(codePoint);
            if (codePoint > Character.MAX_VALUE) {
                add(Character.highSurrogate(codePoint));
                add(Character.lowSurrogate(codePoint));
            } else {
                add(codePoint);
            }
        }
        return i;
    }

    private void add(int unit) {
        hash = hash * FACTOR + unit;
        power *= FACTOR;
        units++;
    }

    /** Eight units at a time need not wait for each other. */
    private int measureAscii(byte[] bytes, int offset, int from, int size, long limit) {
        long h = hash;
        long p = power;
        int end = (int) Math.min(size, from + limit - units);
        int i = from;
        while (i + STEP <= end) {
            int at = offset + i;
            byte b0 = bytes[at];
            byte b1 = bytes[at + 1];
            byte b2 = bytes[at + 2];
            byte b3 = bytes[at + 3];
            byte b4 = bytes[at + 4];
            byte b5 = bytes[at + 5];
            byte b6 = bytes[at + 6];
            byte b7 = bytes[at + 7];
            if ((b0 | b1 | b2 | b3 | b4 | b5 | b6 | b7) < 0) {
                break;
            }
            h = h * FACTOR_8
                    + (b0 * FACTOR_7 + b1 * FACTOR_6 + (b2 * FACTOR_5 + b3 * FACTOR_4))
                    + (b4 * FACTOR_3 + b5 * FACTOR_2 + (b6 * FACTOR + b7));
            p *= FACTOR_8;
            i += STEP;
        }
        while (i < end) {
            byte b = bytes[offset + i];
            if (b < 0) {
                break;
            }
            h = h * FACTOR + b;
            p *= FACTOR;
            i++;
        }
        units += i - from;
        hash = h;
        power = p;
        return i;
    }

    /** Sequences of three bytes, of which Chinese is made. */
    private int measureThrees(byte[] bytes, int offset, int from, int size, long limit) {
        long h = hash;
        long p = power;
        long n = units;
        int at = offset + from;
        int last = offset + size - 3;
        while (at <= last && n < limit) {
            int lead = bytes[at];
            if ((lead & 0xF0) != 0xE0) {
                break;
            }
            int unit = (lead & 0x0F) << 12 | (bytes[at + 1] & 0x3F) << 6 | bytes[at + 2] & 0x3F;
            h = h * FACTOR + unit;
            p *= FACTOR;
            n++;
            at += 3;
        }
        hash = h;
        power = p;
        units = n;
        return at - offset;
    }

    static int lengthOf(int codePoint) {
        return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint <= Character.MAX_VALUE ? 3 : 4;
    }

    static int codePointAt(Slice text, int i) {
        int lead = text.byteAt(i);
        if (lead >= 0) {
            return lead;
        }
        if ((lead & 0xE0) == 0xC0) {
            return (lead & 0x1F) << 6 | text.byteAt(i + 1) & 0x3F;
        }
        if ((lead & 0xF0) == 0xE0) {
            return (lead & 0x0F) << 12 | (text.byteAt(i + 1) & 0x3F) << 6 | text.byteAt(i + 2) & 0x3F;
        }
        return (lead & 0x07) << 18
                | (text.byteAt(i + 1) & 0x3F) << 12
                | (text.byteAt(i + 2) & 0x3F) << 6
                | text.byteAt(i + 3) & 0x3F;
    }
}
