package io.phaseline.template;

import io.phaseline.bytes.Slice;
import java.nio.ByteBuffer;
import java.util.Arrays;
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

    private static final int LEAST_TOTAL = 1 << 10;

    private static final int COUNT = 16;

    /** Where a string lies, as it came and unescaped. */
    private static final class Entry {
        int start;
        int length;
        int textStart;
        int textLength;
        boolean escaped;
        long usedIn;

        boolean isIn(int from, int to) {
            return start < to && from < textStart + textLength;
        }
    }

    /** The strings one behind the other, and then from the start again. */
    private byte[] bytes = {};

    private ByteBuffer view = ByteBuffer.wrap(bytes);
    private int end;

    private final Entry[] entries = new Entry[COUNT];
    /** Some of the bytes of each: most strings that are not the same are known by them. */
    private final long[] keys = new long[COUNT];

    private int made;
    private int oldest;
    private long frame;

    // Of the string found last.
    private @Nullable Entry found;

    /** What is shown from now on stays as it is until the next call. */
    void nextFrame() {
        frame++;
    }

    /**
     * Finds the string that begins here; all of it, and its closing quote, lie in the source.
     *
     * @return its length; negative if it is not known
     */
    int find(Source source, int from, int to) {
        long key = keyOf(source, from);
        for (int i = 0; i < made; i++) {
            if (keys[i] != key) {
                continue;
            }
            Entry entry = entries[i];
            if (entry.length > 0
                    && entry.length < to - from
                    && source.areSame(from, bytes, view, entry.start, entry.length)
                    && source.at(from + entry.length) == '"') {
                entry.usedIn = frame;
                found = entry;
                return entry.length;
            }
        }
        return -1;
    }

    private static long keyOf(Source source, int from) {
        return source.word(from) ^ source.word(from + MIN_LENGTH / 2);
    }

    /** Whether the string found last has escapes. */
    boolean isEscaped() {
        return found != null && found.escaped;
    }

    /** Shows the string found last, unescaped. */
    void show(Slice into) {
        if (found != null) {
            into.wrap(bytes, found.textStart, found.textLength);
        }
    }

    /** Takes note of a string, unless there is no room for it beside those that are shown. */
    void add(Source source, int from, int to, boolean escaped, Slice text) {
        int length = to - from;
        if (length < MIN_LENGTH || length > MAX_LENGTH) {
            return;
        }
        int start = room(length + (escaped ? text.length() : 0));
        if (start < 0) {
            return;
        }
        Entry entry = next();
        if (entry.usedIn == frame && entry.length > 0) {
            return;
        }
        entry.usedIn = frame;
        entry.start = start;
        entry.length = length;
        entry.escaped = escaped;
        keys[oldest] = keyOf(source, from);
        source.copy(from, to, bytes, start);
        if (escaped) {
            text.copyTo(bytes, start + length);
        }
        entry.textStart = escaped ? start + length : start;
        entry.textLength = escaped ? text.length() : length;
        end = entry.textStart + entry.textLength;
        oldest = (oldest + 1) % COUNT;
    }

    private Entry next() {
        if (oldest == made) {
            entries[made++] = new Entry();
        }
        return entries[oldest];
    }

    /** Where there is room for so many bytes, in the place of the oldest strings; negative if they are being shown. */
    private int room(int needed) {
        if (end + needed > bytes.length && bytes.length < MAX_TOTAL) {
            // Views that were handed out go on showing the old array.
            bytes = Arrays.copyOf(bytes, Math.min(MAX_TOTAL, Math.max(end + needed, Math.max(LEAST_TOTAL, 2 * end))));
            view = ByteBuffer.wrap(bytes);
        }
        int start = end + needed <= bytes.length ? end : 0;
        for (int i = 0; i < made; i++) {
            if (entries[i].length > 0 && entries[i].isIn(start, start + needed)) {
                if (entries[i].usedIn == frame) {
                    return -1;
                }
                entries[i].length = 0;
            }
        }
        return start;
    }
}
