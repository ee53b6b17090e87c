package io.phaseline.dialect;

import io.phaseline.bytes.Runs;
import io.phaseline.bytes.Slice;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The text that is growing, as far as it is kept. Servers that send a text in pieces send it whole as well when it is
 * done, and then again in the part and in the item: that is compared with what is kept. Only when another text grows, or
 * this one grows too long, it is measured, all at once. There is one for all texts of a stream, because they grow one
 * after the other.
 */
final class TextTail {
    /** Whose text it is. */
    interface Owner {
        /** Whether nothing of the text was measured yet. */
        boolean isNew();

        /** Takes what follows of the text, and the last piece of it. */
        void take(TextMeasure end, TextMeasure lastPiece);
    }

    private static final int LEAST_CAPACITY = 512;

    /** How much is kept of a text, in bytes. */
    private static final int MAX_CAPACITY = 8 << 10;

    private static final byte[] NO_BYTES = {};

    private final TextMeasure measure = new TextMeasure();
    private final TextMeasure lastMeasure = new TextMeasure();
    private final Slice view = new Slice();
    private final TextMeasure scratch = new TextMeasure();
    private final Slice rest = new Slice();

    private byte[] bytes = NO_BYTES;
    private int capacity;
    private int length;
    private int lastStart;
    /** How much of what is kept was measured. */
    private int measured;

    /** Whether what is kept is all of the text. */
    private boolean isWhole;

    private @Nullable Owner owner;

    /** Appends a piece to a text. */
    void append(Owner of, Slice piece) {
        if (owner != of) {
            end();
            owner = of;
            isWhole = of.isNew();
        }
        int size = piece.length();
        if (length + size > capacity && !makeRoom(size)) {
            measure.of(piece);
            of.take(measure, measure);
            return;
        }
        byte[] from = piece.array();
        if (size <= Runs.SMALL_COPY && from != null && piece.offset() + Runs.SMALL_COPY <= from.length) {
            // More than the piece, but at once; what is too much is overwritten or not looked at.
            Runs.copySmall(from, piece.offset(), bytes, length);
        } else {
            piece.copyTo(bytes, length);
        }
        lastStart = length;
        length += size;
    }

    private boolean makeRoom(int size) {
        if (length + size > MAX_CAPACITY) {
            measure();
            isWhole = false;
            length = 0;
            lastStart = 0;
            measured = 0;
        }
        if (size > MAX_CAPACITY) {
            return false;
        }
        if (length + size > capacity) {
            capacity = Math.min(MAX_CAPACITY, Math.max(length + size, Math.max(LEAST_CAPACITY, capacity * 2)));
            bytes = Arrays.copyOf(bytes, capacity + Runs.SMALL_COPY);
        }
        return true;
    }

    /** Whether a text is, byte for byte, all that was appended to its owner's. If not, it may be the same all the same. */
    boolean isSame(Owner of, Slice text) {
        return owner == of && isWhole && length == text.length() && text.contentEquals(view.wrap(bytes, 0, length));
    }

    /** Gives its owner the measure of all that was appended. */
    void measure() {
        Owner of = owner;
        if (of != null && measured < length) {
            measure.of(view.wrap(bytes, measured, length - measured));
            lastMeasure.of(view.wrap(bytes, lastStart, length - lastStart));
            measured = length;
            of.take(measure, lastMeasure);
        }
    }

    /** For the owners' comparisons: they are many, and compare one at a time. */
    TextMeasure scratch() {
        return scratch;
    }

    /** For the owners' comparisons as well. */
    Slice rest() {
        return rest;
    }

    /** Measures, and keeps nothing. */
    void end() {
        measure();
        clear();
    }

    /** Forgets what is there. */
    void clear() {
        owner = null;
        length = 0;
        lastStart = 0;
        measured = 0;
    }
}
