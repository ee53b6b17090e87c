package io.phaseline.json;

import io.phaseline.bytes.Slice;
import java.util.Arrays;

/**
 * Joins surrogates that an escape pair split over two texts has left alone, and replaces those that stay alone.
 *
 * <p>A lone surrogate reaches this class as three bytes, {@code ED A0..BF 80..BF}. A high one at the very end is held
 * back for the text that follows; any other becomes U+FFFD.
 */
public final class Surrogates {
    /** No surrogate is held back. */
    public static final int NONE = 0;

    private static final int LENGTH = 3;

    private final Slice joined = new Slice();
    private byte[] buffer = new byte[64];
    private int length;
    private int held;

    /** Nothing held, nothing joined. */
    public Surrogates() {}

    /**
     * Joins a text to the high surrogate held back from the text before it.
     *
     * @param heldBefore that surrogate, or {@link #NONE}
     * @param text the text
     * @return well-formed UTF-8, valid until the next call; {@link #held()} tells what is held back now
     */
    public Slice join(int heldBefore, Slice text) {
        int high = heldBefore;
        length = 0;
        int size = text.length();
        int i = 0;
        while (i < size) {
            int surrogate = surrogateAt(text, i, size);
            if (surrogate == NONE) {
                high = replace(high);
                append(text.byteAt(i++));
                continue;
            }
            i += LENGTH;
            if (Character.isHighSurrogate((char) surrogate)) {
                replace(high);
                high = surrogate;
            } else if (high != NONE) {
                appendCodePoint(Character.toCodePoint((char) high, (char) surrogate));
                high = NONE;
            } else {
                appendReplacement();
            }
        }
        held = high;
        return joined.wrap(buffer, 0, length);
    }

    private int replace(int high) {
        if (high != NONE) {
            appendReplacement();
        }
        return NONE;
    }

    /** A text that nothing follows, without lone surrogates; itself if it has none. */
    public static Slice repair(Slice text) {
        return areIn(text) ? Slice.of(textOf(text)) : text;
    }

    private static boolean areIn(Slice text) {
        int size = text.length();
        for (int i = 0; i < size; i++) {
            if (surrogateAt(text, i, size) != NONE) {
                return true;
            }
        }
        return false;
    }

    /** A text that nothing follows, as a string without lone surrogates. */
    public static String textOf(Slice text) {
        if (!areIn(text)) {
            return text.toString();
        }
        Surrogates alone = new Surrogates();
        String joined = alone.join(NONE, text).toString();
        return alone.held == NONE ? joined : joined + '\uFFFD';
    }

    /** The high surrogate at the end of the last text, or {@link #NONE}. */
    public int held() {
        return held;
    }

    private static int surrogateAt(Slice text, int i, int size) {
        if (text.byteAt(i) != (byte) 0xED || i + LENGTH > size) {
            return NONE;
        }
        int second = text.byteAt(i + 1) & 0xFF;
        if (second < 0xA0) {
            return NONE;
        }
        return 0xD000 | (second & 0x3F) << 6 | text.byteAt(i + 2) & 0x3F;
    }

    private void append(byte b) {
        if (length == buffer.length) {
            buffer = Arrays.copyOf(buffer, length * 2);
        }
        buffer[length++] = b;
    }

    private void appendReplacement() {
        append((byte) 0xEF);
        append((byte) 0xBF);
        append((byte) 0xBD);
    }

    private void appendCodePoint(int codePoint) {
        append((byte) (0xF0 | codePoint >> 18));
        append((byte) (0x80 | codePoint >> 12 & 0x3F));
        append((byte) (0x80 | codePoint >> 6 & 0x3F));
        append((byte) (0x80 | codePoint & 0x3F));
    }
}
