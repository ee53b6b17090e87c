package io.phaseline.dialect;

import io.phaseline.bytes.Runs;
import io.phaseline.bytes.Slice;
import org.jspecify.annotations.Nullable;

/**
 * The end of a text that was delivered, not measured yet. Pieces are short and come one by one; it costs less to measure
 * many at once. There is one tail for all texts of a stream, because they grow one after the other.
 */
final class TextTail {
    /** Whose text it is the end of. */
    interface Owner {
        /** Takes the end of the text, and the last piece of it. */
        void take(TextMeasure end, TextMeasure lastPiece);
    }

    private static final int CAPACITY = 512;

    private final TextMeasure measure = new TextMeasure();
    private final TextMeasure lastMeasure = new TextMeasure();
    private final Slice view = new Slice();

    private byte @Nullable [] bytes;
    private int length;
    private int lastStart;
    private @Nullable Owner owner;

    /** Appends a piece to a text. */
    void append(Owner of, Slice piece) {
        byte[] tail = bytes;
        if (tail == null) {
            tail = new byte[CAPACITY + Runs.SMALL_COPY];
            bytes = tail;
        }
        if (owner != of) {
            flush();
            owner = of;
        }
        int size = piece.length();
        if (length + size > CAPACITY) {
            flush();
            owner = of;
        }
        byte[] from = piece.array();
        if (size <= Runs.SMALL_COPY && from != null && piece.offset() + Runs.SMALL_COPY <= from.length) {
            // More than the piece, but at once; what is too much is overwritten or not looked at.
            Runs.copySmall(from, piece.offset(), tail, length);
        } else if (size <= CAPACITY) {
            piece.copyTo(tail, length);
        } else {
            measure.of(piece);
            of.take(measure, measure);
            owner = null;
            return;
        }
        lastStart = length;
        length += size;
    }

    /** Measures what is there and gives it to its owner. */
    void flush() {
        Owner of = owner;
        byte[] tail = bytes;
        if (of != null && tail != null && length > 0) {
            of.take(
                    measure.of(view.wrap(tail, 0, length)),
                    lastMeasure.of(view.wrap(tail, lastStart, length - lastStart)));
        }
        clear();
    }

    /** Forgets what is there. */
    void clear() {
        owner = null;
        length = 0;
        lastStart = 0;
    }
}
