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
    private static final int STRIDE = 4 * Long.BYTES;

    // Two sequences of three bytes in a word: what the bits must be that do not carry the character.
    private static final long THREES = 0x8080E08080E0L;
    private static final long THREES_MASK = 0xC0C0F0C0C0F0L;
    private static final int LENGTHS_OF_THREES = 1 << 3 | 1 << 6;
    private static final int SPECIAL_LEADS = 1 | 1 << 0xD;

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
        return (array != null ? illFormedAt(array, start, end) : illFormedAt(bytes.buffer(), start, end)) == end;
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
                bad -= Utf8Sequence.length(bad + 4 <= end ? Swar.intAt(bytes, bad) : lastBytes(bytes, bad, end));
            }
            i = bad;
        }
        return Arrays.copyOf(out, n);
    }

    /**
     * Tells whether the first bytes of a word are ASCII.
     *
     * @param word eight bytes, the first one lowest
     * @param length how many of them count, 0 to 7
     * @return true if so
     */
    public static boolean isShortTextAscii(long word, int length) {
        return (Swar.notAscii(word) & (1L << (length << 3)) - 1) == 0;
    }

    /**
     * Tells whether the first bytes of a word are one or two sequences of three, as in Chinese, without a branch that
     * depends on how many.
     *
     * @param word eight bytes, the first one lowest
     * @param length how many of them count, 0 to 7
     * @return true if they are well-formed; false also for some that are
     */
    public static boolean areThrees(long word, int length) {
        // E1 to EC, EE and EF may have any continuation bytes behind them.
        long others = (word ^ THREES) & THREES_MASK & (1L << (length << 3)) - 1;
        int first = 1 << (int) (word & 0xF);
        int last = 1 << (int) (word >>> (length - 3 << 3) & 0xF);
        return (LENGTHS_OF_THREES >>> length & 1) != 0 && others == 0 && ((first | last) & SPECIAL_LEADS) == 0;
    }

    /**
     * Tells whether a few bytes are well-formed UTF-8: quick where they are ASCII and sequences of three, as in Chinese.
     *
     * @param bytes the array
     * @param start first byte looked at
     * @param end where to stop
     * @return true if no sequence would be replaced
     */
    public static boolean isShortTextWellFormed(byte[] bytes, int start, int end) {
        int i = start;
        while (i < end) {
            if (bytes[i] >= 0) {
                i++;
                continue;
            }
            if (i + 3 > end || !isPlainThree(bytes, i)) {
                return illFormedAt(bytes, i, end) == end;
            }
            i += 3;
        }
        return true;
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
            if (bytes[i] >= 0) {
                i = asciiEnd(bytes, i, end);
                continue;
            }
            int threes = threesEnd(bytes, i, end);
            if (threes > i) {
                i = threes;
                continue;
            }
            int length = Utf8Sequence.length(i + 4 <= end ? Swar.intAt(bytes, i) : lastBytes(bytes, i, end));
            if (length <= 0) {
                return i;
            }
            i += length;
        }
        return end;
    }

    /** Where sequences of three bytes end, as far as the first byte and the others need not be looked at together. */
    private static int threesEnd(byte[] bytes, int start, int end) {
        int i = start;
        while (i + 3 <= end && isPlainThree(bytes, i)) {
            i += 3;
        }
        return i;
    }

    /** E1 to EC, EE and EF may have any continuation bytes behind them. */
    private static boolean isPlainThree(byte[] bytes, int i) {
        int lead = bytes[i];
        return (lead & 0xF0) == 0xE0
                && lead != (byte) 0xE0
                && lead != (byte) 0xED
                && ((bytes[i + 1] ^ 0x80) & 0xC0 | (bytes[i + 2] ^ 0x80) & 0xC0) == 0;
    }

    private static int asciiEnd(byte[] bytes, int start, int end) {
        int i = start;
        for (int last = end - STRIDE; i <= last; i += STRIDE) {
            long all = Swar.longAt(bytes, i)
                    | Swar.longAt(bytes, i + 8)
                    | Swar.longAt(bytes, i + 16)
                    | Swar.longAt(bytes, i + 24);
            if (Swar.notAscii(all) != 0) {
                break;
            }
        }
        if (i > end - STRIDE && i - start >= STRIDE) {
            // The last bytes all at once, some of them for the second time.
            int k = end - STRIDE;
            long all = Swar.longAt(bytes, k)
                    | Swar.longAt(bytes, k + 8)
                    | Swar.longAt(bytes, k + 16)
                    | Swar.longAt(bytes, k + 24);
            if (Swar.notAscii(all) == 0) {
                return end;
            }
        }
        for (int last = end - Long.BYTES; i <= last; i += Long.BYTES) {
            long found = Swar.notAscii(Swar.longAt(bytes, i));
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (i < end && bytes[i] >= 0) {
            i++;
        }
        return i;
    }

    /** Fewer than four bytes as a little-endian number; what is missing is 0, which continues nothing. */
    private static int lastBytes(byte[] bytes, int start, int end) {
        int word = 0;
        for (int i = end - 1; i >= start; i--) {
            word = word << 8 | bytes[i] & 0xFF;
        }
        return word;
    }

    private static int illFormedAt(ByteBuffer bytes, int start, int end) {
        int i = start;
        while (i < end) {
            if (bytes.get(i) >= 0) {
                i = asciiEnd(bytes, i, end);
                continue;
            }
            int length = Utf8Sequence.length(i + 4 <= end ? Swar.intAt(bytes, i) : lastBytes(bytes, i, end));
            if (length <= 0) {
                return i;
            }
            i += length;
        }
        return end;
    }

    private static int asciiEnd(ByteBuffer bytes, int start, int end) {
        int i = start;
        for (int last = end - STRIDE; i <= last; i += STRIDE) {
            long all = Swar.longAt(bytes, i)
                    | Swar.longAt(bytes, i + 8)
                    | Swar.longAt(bytes, i + 16)
                    | Swar.longAt(bytes, i + 24);
            if (Swar.notAscii(all) != 0) {
                break;
            }
        }
        for (int last = end - Long.BYTES; i <= last; i += Long.BYTES) {
            long found = Swar.notAscii(Swar.longAt(bytes, i));
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (i < end && bytes.get(i) >= 0) {
            i++;
        }
        return i;
    }

    /** Fewer than four bytes as a little-endian number; what is missing is 0, which continues nothing. */
    private static int lastBytes(ByteBuffer bytes, int start, int end) {
        int word = 0;
        for (int i = end - 1; i >= start; i--) {
            word = word << 8 | bytes.get(i) & 0xFF;
        }
        return word;
    }
}
