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
    private static final long SEED = 1;

    /** What undoes a multiplication by the hash's factor. */
    private static final long INVERSE = inverse(TextMeasure.FACTOR);

    /** How one text stands to another. */
    enum Relation {
        /** They are the same. */
        EQUAL,
        /** The other text begins with this one and goes on. */
        EXTENDED,
        /** Anything else. */
        DIFFERENT
    }

    private static long inverse(long odd) {
        long inverse = odd;
        for (int i = 0; i < 5; i++) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }

    private long units;
    private long hash = SEED;
    private int restAt;
    private int restLow;

    void clear() {
        units = 0;
        hash = SEED;
    }

    TextProgress copy() {
        TextProgress copy = new TextProgress();
        copy.units = units;
        copy.hash = hash;
        return copy;
    }

    boolean isEmpty() {
        return units == 0;
    }

    void append(TextMeasure text) {
        hash = hash * text.power + text.hash;
        units += text.units;
    }

    void set(TextMeasure text) {
        clear();
        append(text);
    }

    /** Whether it is the text measured. */
    boolean isEqual(TextMeasure text) {
        return units == text.units && hash == SEED * text.power + text.hash;
    }

    /**
     * Compares; if the answer is {@link Relation#EXTENDED}, {@link #rest} tells what follows.
     *
     * @param scratch is overwritten
     */
    Relation compareTo(Slice text, TextMeasure scratch) {
        restLow = 0;
        int size = text.length();
        if (size < units) {
            return Relation.DIFFERENT;
        }
        int at = scratch.ofStart(text, units);
        long n = scratch.units;
        long h = SEED * scratch.power + scratch.hash;
        if (n == units + 1) {
            // The text so far ends within a pair of surrogates.
            int pair = TextMeasure.codePointAt(text, at - 4);
            restLow = Character.lowSurrogate(pair);
            h = (h - restLow) * INVERSE;
            n--;
        }
        if (n < units || h != hash) {
            return Relation.DIFFERENT;
        }
        restAt = at;
        return at < size || restLow != 0 ? Relation.EXTENDED : Relation.EQUAL;
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

    void save(StateWriter out) {
        out.number(units);
        out.word(hash);
    }

    void load(StateReader in) {
        units = in.number();
        hash = in.word();
    }
}
