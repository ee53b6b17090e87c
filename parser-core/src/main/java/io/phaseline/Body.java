package io.phaseline;

import io.phaseline.bytes.Slice;
import io.phaseline.state.StateReader;
import io.phaseline.state.StateWriter;
import java.util.Arrays;

/**
 * What stands where an event stream should be, as long as no frame was seen: lines that the standard ignores, from the
 * first one that begins a JSON or HTML body.
 */
final class Body {
    /** What the body looks like. */
    enum Kind {
        NONE,
        /** One line so far, and that is a whole JSON object which is no chunk. */
        JSON_LINE,
        /** Any other text that begins like JSON. */
        JSON,
        HTML
    }

    private static final byte[] NO_BYTES = {};

    private final int maxBytes;
    private Kind kind = Kind.NONE;
    private byte[] text = NO_BYTES;
    private int length;
    private long offset;
    private boolean whole = true;

    Body(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    void clear() {
        kind = Kind.NONE;
        text = NO_BYTES;
        length = 0;
        offset = 0;
        whole = true;
    }

    Kind kind() {
        return kind;
    }

    /** Where it begins in the input. */
    long offset() {
        return offset;
    }

    /** Whether all of it was kept. */
    boolean isWhole() {
        return whole;
    }

    void begin(Kind newKind, Slice line, long lineOffset) {
        clear();
        kind = newKind;
        offset = lineOffset;
        append(line);
    }

    void append(Slice line) {
        long needed = (long) length + line.length() + 1;
        if (!whole || needed > maxBytes) {
            whole = false;
            return;
        }
        if (needed > text.length) {
            text = Arrays.copyOf(text, (int) Math.min(maxBytes, Math.max(needed, text.length * 2L)));
        }
        line.copyTo(text, length);
        length = (int) needed;
        text[length - 1] = '\n';
    }

    Slice text(Slice into) {
        return into.wrap(text, 0, length);
    }

    void save(StateWriter out) {
        out.constant(kind);
        out.bytes(text, 0, length);
        out.number(offset);
        out.flag(whole);
    }

    void load(StateReader in) {
        clear();
        Kind saved = in.constant(Kind.class);
        if (saved == null) {
            throw StateReader.damaged();
        }
        kind = saved;
        text = in.bytes();
        length = text.length;
        offset = in.number();
        whole = in.flag();
    }
}
