package io.phaseline.json;

import io.phaseline.bytes.Slice;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a payload as an array, whatever memory it lies in.
 *
 * <p>An array is shown as it is. Memory that has none is looked through in a window, which is a copy: that costs less
 * than a twentieth of what reading costs, and much less than every look at a buffer. What is handed out are views of the
 * payload itself in either case.
 */
final class PayloadBytes {
    static final byte[] NONE = {};

    /** A window for longer payloads is dropped after use. */
    private static final int KEPT_CAPACITY = 1 << 20;

    private final Slice text = new Slice();
    private byte[] window = NONE;
    private byte @Nullable [] array;
    private int start;

    /** Shows a payload, which begins at {@link #start} of the answer. */
    byte[] show(Slice payload) {
        byte[] bytes = payload.array();
        array = bytes;
        if (bytes != null) {
            start = payload.offset();
            return bytes;
        }
        text.wrap(payload);
        start = 0;
        int length = payload.length();
        if (window.length < length) {
            window = new byte[Math.max(length, Math.min(window.length * 2, KEPT_CAPACITY))];
        }
        payload.copyTo(window, 0);
        return window;
    }

    int start() {
        return start;
    }

    /** Points a slice at a part of the payload, by the index in what {@link #show} answered. */
    void view(int from, int length, Slice into) {
        byte[] bytes = array;
        if (bytes != null) {
            into.wrap(bytes, from, length);
        } else {
            into.wrap(text, from, length);
        }
    }

    void letGo() {
        array = null;
        text.clear();
        if (window.length > KEPT_CAPACITY) {
            window = NONE;
        }
    }
}
