package io.phaseline.dialect;

import io.phaseline.bytes.Slice;
import io.phaseline.state.StateReader;
import io.phaseline.state.StateWriter;

/**
 * What was delivered of a text: its length and a hash, not the text. Enough to see whether another text repeats it or
 * goes on from it.
 *
 * <p>Both count UTF-16 units, so that it makes no difference where a text was cut, not even within a surrogate pair
 * that was escaped. The hash is polynomial, modulo 2^64.
 */
final class TextProgress {
    private static final long FACTOR = 0x9E3779B97F4A7C15L;
    private static final long SEED = 1;

    /** How one text stands to another. */
    enum Relation {
        /** They are the same. */
        EQUAL,
        /** The other text begins with this one and goes on. */
        EXTENDED,
        /** Anything else. */
        DIFFERENT
    }

    private long units;
    private long hash = SEED;
    private int restAt;
    private int restLow;

    void clear() {
        units = 0;
        hash = SEED;
    }

    boolean isEmpty() {
        return units == 0;
    }

    void append(Slice text) {
        long h = hash;
        long n = units;
        int size = text.length();
        int i = 0;
        while (i < size) {
            int codePoint = codePointAt(text, i);
            i += lengthOf(codePoint);
            if (codePoint > Character.MAX_VALUE) {
                h = h * FACTOR + Character.highSurrogate(codePoint);
                h = h * FACTOR + Character.lowSurrogate(codePoint);
                n += 2;
            } else {
                h = h * FACTOR + codePoint;
                n++;
            }
        }
        hash = h;
        units = n;
    }

    /** Compares; if the answer is {@link Relation#EXTENDED}, {@link #rest} tells what follows. */
    Relation compareTo(Slice text) {
        long h = SEED;
        long n = 0;
        int size = text.length();
        int i = 0;
        restLow = 0;
        while (i < size && n < units) {
            int codePoint = codePointAt(text, i);
            i += lengthOf(codePoint);
            if (codePoint > Character.MAX_VALUE) {
                h = h * FACTOR + Character.highSurrogate(codePoint);
                n++;
                if (n == units) {
                    restLow = Character.lowSurrogate(codePoint);
                    break;
                }
                h = h * FACTOR + Character.lowSurrogate(codePoint);
                n++;
            } else {
                h = h * FACTOR + codePoint;
                n++;
            }
        }
        if (n < units || h != hash) {
            return Relation.DIFFERENT;
        }
        restAt = i;
        return i < size || restLow != 0 ? Relation.EXTENDED : Relation.EQUAL;
    }

    /** What follows in the text compared last. */
    Slice rest(Slice text, Slice into) {
        int length = text.length() - restAt;
        if (restLow == 0) {
            return into.wrap(text, restAt, length);
        }
        byte[] bytes = new byte[3 + length];
        bytes[0] = (byte) (0xE0 | restLow >> 12);
        bytes[1] = (byte) (0x80 | restLow >> 6 & 0x3F);
        bytes[2] = (byte) (0x80 | restLow & 0x3F);
        into.wrap(text, restAt, length).copyTo(bytes, 3);
        return into.wrap(bytes, 0, bytes.length);
    }

    private static int lengthOf(int codePoint) {
        return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint <= Character.MAX_VALUE ? 3 : 4;
    }

    private static int codePointAt(Slice text, int i) {
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

    void set(Slice text) {
        clear();
        append(text);
    }

    void save(StateWriter out) {
        out.number(units);
        out.word(hash);
    }

    void load(StateReader in) {
        units = in.number();
        hash = in.word();
    }
}
