package io.phaseline.template;

import io.phaseline.bytes.Slice;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Long strings that were read lately. A server that sends a text in pieces sends it whole as well when it is done, and
 * then again in the part, in the item and in the response: that is compared, not walked.
 */
final class KnownStrings {
    /** Shorter strings are read as quickly as compared, in bytes. */
    static final int MIN_LENGTH = 64;

    /** Longer strings are not kept, in bytes. */
    private static final int MAX_LENGTH = 8 << 10;

    /** How much is kept of all of them, as they came and unescaped, in bytes. */
    private static final int MAX_TOTAL = 48 << 10;

    private static final int COUNT = 16;

    /** Room is made in multiples of this, in bytes: the strings that take turns in a place are not of one length. */
    private static final int ROUNDING = 256;

    /** A string as it came, and unescaped. */
    static final class Entry {
        private byte[] raw = {};
        private ByteBuffer view = ByteBuffer.wrap(raw);
        private int length;
        private byte[] text = {};
        private int textLength;
        private boolean escaped;
        private long usedIn;

        int length() {
            return length;
        }

        boolean isEscaped() {
            return escaped;
        }

        void show(Slice into) {
            into.wrap(text, 0, textLength);
        }
    }

    private final @Nullable Entry[] entries = new Entry[COUNT];
    private int oldest;
    private int total;
    private long frame;

    /** What is shown from now on stays as it is until the next call. */
    void nextFrame() {
        frame++;
    }

    /** The string that begins here, if it is known; all of it, and its closing quote, lie in the source. */
    @Nullable
    Entry find(Source source, int from, int to) {
        byte first = source.at(from);
        byte other = source.at(from + MIN_LENGTH / 2);
        for (Entry entry : entries) {
            if (entry != null
                    && entry.length > 0
                    && entry.length < to - from
                    && entry.raw[0] == first
                    && entry.raw[MIN_LENGTH / 2] == other
                    && source.same(from, entry.raw, entry.view, 0, entry.length) == entry.length
                    && source.at(from + entry.length) == '"') {
                entry.usedIn = frame;
                return entry;
            }
        }
        return null;
    }

    /** Takes note of a string. */
    void add(Source source, int from, int to, boolean escaped, Slice text) {
        int length = to - from;
        if (length < MIN_LENGTH || length > MAX_LENGTH) {
            return;
        }
        Entry entry = entries[oldest];
        if (entry == null) {
            entry = new Entry();
            entries[oldest] = entry;
        } else if (entry.usedIn == frame) {
            return;
        }
        oldest = (oldest + 1) % COUNT;
        entry.usedIn = frame;
        entry.length = length;
        entry.escaped = escaped;
        int capacity = length + ROUNDING - 1 & -ROUNDING;
        if (entry.raw.length < length) {
            total += capacity - entry.raw.length;
            entry.raw = new byte[capacity];
            entry.view = ByteBuffer.wrap(entry.raw);
        }
        source.copy(from, to, entry.raw, 0);
        if (escaped) {
            entry.textLength = text.length();
            if (entry.text.length < length) {
                total += capacity - entry.text.length;
                entry.text = new byte[capacity];
            }
            text.copyTo(entry.text, 0);
        }
        if (total > MAX_TOTAL) {
            forgetOthers();
        }
    }

    /** Gives memory back: long strings have taken the places of short ones. */
    private void forgetOthers() {
        for (int i = 0; i < COUNT; i++) {
            Entry entry = entries[i];
            if (entry != null && entry.usedIn != frame) {
                total -= entry.raw.length + entry.text.length;
                entries[i] = null;
            }
        }
    }
}
