package io.phaseline.json;

import io.phaseline.bytes.Slice;
import java.util.Arrays;

/**
 * Where unescaped texts of one payload are written, one behind the other. When it grows it moves to a larger array;
 * slices over the old one stay good, because nothing is written there any more.
 */
final class TextArena {
    private static final int KEPT_CAPACITY = 16 << 10;

    private byte[] bytes = new byte[512];
    private int length;
    private boolean loneSurrogate;

    void clear() {
        length = 0;
        loneSurrogate = false;
        if (bytes.length > KEPT_CAPACITY) {
            bytes = new byte[512];
        }
    }

    /** Whether it is larger than what is kept for the next text. */
    boolean isLarge() {
        return bytes.length > KEPT_CAPACITY;
    }

    int length() {
        return length;
    }

    void cutTo(int mark) {
        length = mark;
    }

    boolean sawLoneSurrogate() {
        return loneSurrogate;
    }

    void foundLoneSurrogate() {
        loneSurrogate = true;
    }

    /** Makes room for so many bytes and answers the array: they go behind {@link #length}, and {@link #cutTo} counts them. */
    byte[] room(int more) {
        need(more);
        return bytes;
    }

    void viewFrom(int mark, Slice into) {
        into.wrap(bytes, mark, length - mark);
    }

    /** Appends UTF-16 as UTF-8; a lone surrogate as three bytes. */
    void append(char[] chars, int offset, int count) {
        int worst = count > (Integer.MAX_VALUE - 64 - length) / 3 ? exactLength(chars, offset, count) : count * 3;
        need(worst);
        byte[] out = bytes;
        int n = length;
        int end = offset + count;
        for (int i = offset; i < end; i++) {
            char c = chars[i];
            if (Character.isHighSurrogate(c) && i + 1 < end && Character.isLowSurrogate(chars[i + 1])) {
                n = Utf8Units.putPair(out, n, c, chars[++i]);
            } else {
                loneSurrogate |= Character.isSurrogate(c);
                n = Utf8Units.put(out, n, c);
            }
        }
        length = n;
    }

    /** Appends UTF-8. */
    void append(byte[] utf8, int offset, int count) {
        need(count);
        System.arraycopy(utf8, offset, bytes, length, count);
        length += count;
    }

    private static int exactLength(char[] chars, int offset, int count) {
        int length = 0;
        for (int i = offset; i < offset + count; i++) {
            char c = chars[i];
            // Half of a pair takes two of its four bytes; a lone one takes three, which the spare room covers.
            length += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
        }
        return length;
    }

    private void need(int more) {
        if (more > bytes.length - length) {
            long wanted = Math.max((long) length + more, bytes.length * 2L);
            bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, Integer.MAX_VALUE - 16));
        }
    }
}
