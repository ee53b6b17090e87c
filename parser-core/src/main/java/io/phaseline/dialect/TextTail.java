package io.phaseline.dialect;

import io.phaseline.bytes.Runs;
import io.phaseline.bytes.Slice;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The texts that grew lately, one behind the other, as far as they are kept. Servers that send a text in pieces send it
 * whole as well when it is done, and then again in the part and in the item: that is compared with what is kept. Only
 * when there is no room for more are they measured, all at once, which costs more than to compare; few streams come to
 * that. There is one for all texts of a stream, because they grow one after the other.
 */
final class TextTail {
    /** Whose text it is. */
    interface Owner {
        /** Whether nothing of the text was measured yet. */
        boolean isNew();

        /** Takes what follows of the text, and the last piece of it. */
        void take(TextMeasure end, TextMeasure lastPiece);
    }

    /** A run of pieces of one text. */
    private static final class Run {
        @Nullable
        Owner owner;

        int start;
        int lastPiece;
        int end;

        /** Whether it is all of the text. */
        boolean isWhole;
    }

    private static final int LEAST_CAPACITY = 512;

    /** How much is kept, in bytes. */
    private static final int MAX_CAPACITY = 8 << 10;

    /** How many runs are kept. */
    private static final int MAX_RUNS = 64;

    private final TextMeasure measure = new TextMeasure();
    private final TextMeasure lastMeasure = new TextMeasure();
    private final Slice view = new Slice();
    private final TextMeasure scratch = new TextMeasure();
    private final Slice rest = new Slice();

    private byte[] bytes = {};
    private int capacity;
    private final Pool<Run> runs = new Pool<>(Run::new);
    /** The run that is growing. */
    private Run last = new Run();

    /** The first run of which not all was measured, and up to where all was. */
    private int unmeasured;

    private int measured;

    /** Appends a piece to a text. */
    void append(Owner owner, Slice piece) {
        Run run = last.owner == owner ? last : begin(owner);
        int size = piece.length();
        int at = run.end;
        if (at + size > capacity) {
            if (!makeRoom(owner, size)) {
                measure.of(piece);
                owner.take(measure, measure);
                return;
            }
            run = last;
            at = run.end;
        }
        byte[] from = piece.array();
        if (size <= Runs.SMALL_COPY && from != null && piece.offset() + Runs.SMALL_COPY <= from.length) {
            // More than the piece, but at once; what is too much is overwritten or not looked at.
            Runs.copySmall(from, piece.offset(), bytes, at);
        } else {
            piece.copyTo(bytes, at);
        }
        run.lastPiece = at;
        run.end = at + size;
    }

    private Run begin(Owner owner) {
        if (runs.size() == MAX_RUNS) {
            end();
        }
        boolean isWhole = owner.isNew();
        for (int i = 0; i < runs.size() && isWhole; i++) {
            isWhole = runs.get(i).owner != owner;
        }
        int start = last.end;
        Run run = runs.next();
        run.owner = owner;
        run.start = start;
        run.lastPiece = start;
        run.end = start;
        run.isWhole = isWhole;
        last = run;
        return run;
    }

    private boolean makeRoom(Owner owner, int size) {
        if (last.end + size > MAX_CAPACITY) {
            end();
            begin(owner).isWhole = false;
        }
        if (size > MAX_CAPACITY) {
            return false;
        }
        if (last.end + size > capacity) {
            capacity = Math.min(MAX_CAPACITY, Math.max(last.end + size, Math.max(LEAST_CAPACITY, capacity * 2)));
            bytes = Arrays.copyOf(bytes, capacity + Runs.SMALL_COPY);
        }
        return true;
    }

    /** Whether a text is, byte for byte, all that was appended to its owner's. If not, it may be the same all the same. */
    boolean isSame(Owner owner, Slice text) {
        for (int i = runs.size() - 1; i >= 0; i--) {
            Run run = runs.get(i);
            if (run.owner == owner) {
                return run.isWhole
                        && run.end - run.start == text.length()
                        && text.contentEquals(view.wrap(bytes, run.start, text.length()));
            }
        }
        return false;
    }

    /** Gives the owners the measures of all that was appended. */
    void measure() {
        for (int i = unmeasured; i < runs.size(); i++) {
            Run run = runs.get(i);
            int from = Math.max(measured, run.start);
            Owner owner = run.owner;
            if (owner != null && from < run.end) {
                measure.of(view.wrap(bytes, from, run.end - from));
                lastMeasure.of(view.wrap(bytes, run.lastPiece, run.end - run.lastPiece));
                owner.take(measure, lastMeasure);
            }
        }
        unmeasured = Math.max(0, runs.size() - 1);
        measured = last.end;
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
        runs.clear();
        last.owner = null;
        last.end = 0;
        unmeasured = 0;
        measured = 0;
    }
}
