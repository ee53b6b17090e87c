package io.phaseline.bytes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * UTF-8 as the WHATWG Encoding standard decodes it: an ill-formed sequence becomes one U+FFFD for its maximal subpart,
 * so that an encoded surrogate ({@code ED A0 80}) is three. The JDK's decoder counts that one differently, which is why
 * this class is not a call to it.
 *
 * @see <a href="https://encoding.spec.whatwg.org/#utf-8-decoder">Encoding, UTF-8 decoder</a>
 */
public final class Utf8 {
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};

    private Utf8() {}

    /**
     * Tells whether the bytes in view are well-formed UTF-8.
     *
     * @param bytes any bytes
     * @return true if no sequence would be replaced
     */
    public static boolean isWellFormed(Slice bytes) {
        byte[] array = bytes.array();
        int start = bytes.offset();
        int end = start + bytes.length();
        return array != null ? illFormedAt(array, start, end) == end : isWellFormed(bytes.buffer(), start, end);
    }

    private static boolean isWellFormed(ByteBuffer buffer, int start, int end) {
        byte[] window = new byte[4];
        int i = start;
        while (i < end) {
            if (buffer.get(i) >= 0) {
                i++;
                continue;
            }
            int n = Math.min(4, end - i);
            buffer.get(i, window, 0, n);
            int length = sequenceLength(window, 0, n);
            if (length <= 0) {
                return false;
            }
            i += length;
        }
        return true;
    }

    /**
     * Decodes bytes, with U+FFFD for what is ill-formed.
     *
     * @param bytes the array
     * @param offset first byte
     * @param length number of bytes
     * @return a new string, without lone surrogates
     */
    public static String decode(byte[] bytes, int offset, int length) {
        int end = offset + length;
        if (illFormedAt(bytes, offset, end) == end) {
            return new String(bytes, offset, length, StandardCharsets.UTF_8);
        }
        byte[] repaired = repair(bytes, offset, length);
        return new String(repaired, StandardCharsets.UTF_8);
    }

    /**
     * Encodes a text; a lone surrogate becomes U+FFFD.
     *
     * @param text any text
     * @return new, well-formed UTF-8
     */
    public static byte[] encode(String text) {
        return wellFormed(text).getBytes(StandardCharsets.UTF_8);
    }

    private static String wellFormed(String text) {
        StringBuilder repaired = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                continue;
            }
            if (repaired == null) {
                repaired = new StringBuilder(text);
            }
            repaired.setCharAt(i, '\uFFFD');
        }
        return repaired == null ? text : repaired.toString();
    }

    /**
     * Writes the bytes anew with U+FFFD for what is ill-formed.
     *
     * @param bytes the array
     * @param offset first byte
     * @param length number of bytes
     * @return new, well-formed UTF-8
     */
    public static byte[] repair(byte[] bytes, int offset, int length) {
        int end = offset + length;
        byte[] out = new byte[length + 16];
        int n = 0;
        int i = offset;
        while (i < end) {
            int bad = illFormedAt(bytes, i, end);
            int good = bad - i;
            int room = n + good + REPLACEMENT.length;
            if (room > out.length) {
                out = Arrays.copyOf(out, Math.max(room, out.length + (out.length >> 1)));
            }
            System.arraycopy(bytes, i, out, n, good);
            n += good;
            if (bad < end) {
                System.arraycopy(REPLACEMENT, 0, out, n, REPLACEMENT.length);
                n += REPLACEMENT.length;
                bad -= sequenceLength(bytes, bad, end);
            }
            i = bad;
        }
        return Arrays.copyOf(out, n);
    }

    /**
     * Finds the first ill-formed sequence.
     *
     * @param bytes the array
     * @param start first byte looked at
     * @param end where to stop
     * @return the index of its first byte, or {@code end} if there is none
     */
    public static int illFormedAt(byte[] bytes, int start, int end) {
        int i = start;
        while (i < end) {
            if (end - i >= Long.BYTES && (Swar.longAt(bytes, i) & HIGH_BITS) == 0) {
                i += Long.BYTES;
                continue;
            }
            if (bytes[i] >= 0) {
                i++;
                continue;
            }
            int length = sequenceLength(bytes, i, end);
            if (length <= 0) {
                return i;
            }
            i += length;
        }
        return end;
    }

    /**
     * The length of the sequence that begins here: positive if well-formed, else minus the length of the maximal
     * subpart that one U+FFFD stands for. (The table of lead bytes and their second bytes is the standard's.)
     */
    private static int sequenceLength(byte[] bytes, int at, int end) {
        int lead = bytes[at] & 0xFF;
        if (lead < 0x80) {
            return 1;
        }
        int needed;
        int lower = 0x80;
        int upper = 0xBF;
        if (lead >= 0xC2 && lead <= 0xDF) {
            needed = 1;
        } else if (lead >= 0xE0 && lead <= 0xEF) {
            needed = 2;
            lower = lead == 0xE0 ? 0xA0 : lower;
            upper = lead == 0xED ? 0x9F : upper;
        } else if (lead >= 0xF0 && lead <= 0xF4) {
            needed = 3;
            lower = lead == 0xF0 ? 0x90 : lower;
            upper = lead == 0xF4 ? 0x8F : upper;
        } else {
            return -1;
        }
        for (int seen = 1; seen <= needed; seen++) {
            if (at + seen >= end) {
                return -seen;
            }
            int next = bytes[at + seen] & 0xFF;
            if (next < lower || next > upper) {
                return -seen;
            }
            lower = 0x80;
            upper = 0xBF;
        }
        return needed + 1;
    }
}
