package io.phaseline.sse;

import io.phaseline.bytes.Slice;
import io.phaseline.state.StateReader;
import io.phaseline.state.StateWriter;
import java.util.Arrays;

/**
 * A value of the frame that is being built: a view of the input as long as the input is there, and bytes of its own
 * once the input goes away.
 */
final class Held {
    /** Buffers that grew beyond this are let go when they are empty again, so that one long frame is not for ever. */
    static final int KEPT_CAPACITY = 16 << 10;

    private static final byte[] NO_BYTES = {};

    final Slice view;
    private byte[] own = NO_BYTES;
    private boolean borrowed;

    Held(Slice view) {
        this.view = view;
    }

    void clear() {
        view.clear();
        borrowed = false;
        if (own.length > KEPT_CAPACITY) {
            own = NO_BYTES;
        }
    }

    /** Points at bytes that belong to somebody else. */
    void borrow(Slice bytes, int offset, int length) {
        view.wrap(bytes, offset, length);
        borrowed = true;
    }

    /** Takes an array over that holds the bytes in view, and gives an array for its place. */
    byte[] exchange(byte[] array) {
        byte[] spare = own;
        own = array;
        borrowed = false;
        return spare;
    }

    boolean isIn(byte[] array) {
        return borrowed && view.array() == array;
    }

    /** Makes the bytes in view our own; answers how many had to be copied. */
    int keep() {
        if (!borrowed) {
            return 0;
        }
        int length = view.length();
        if (own.length < length) {
            own = new byte[length];
        }
        view.copyTo(own, 0);
        view.wrap(own, 0, length);
        borrowed = false;
        return length;
    }

    /** Appends LF and more bytes; answers how many had to be copied. */
    int appendLine(Slice bytes, int offset, int length, Slice scratch) {
        int copied = keep();
        int before = view.length();
        int start = view.array() == own ? view.offset() : 0;
        int end = start + before;
        int needed = end + 1 + length;
        if (own.length < needed) {
            own = Arrays.copyOf(own, Math.max(needed, own.length * 2));
        }
        own[end] = '\n';
        scratch.wrap(bytes, offset, length).copyTo(own, end + 1);
        view.wrap(own, start, before + 1 + length);
        return copied + length + 1;
    }

    void save(StateWriter out) {
        byte[] bytes = view.toByteArray();
        out.bytes(bytes, 0, bytes.length);
    }

    void load(StateReader in) {
        own = in.bytes();
        borrowed = false;
        view.wrap(own, 0, own.length);
    }
}
