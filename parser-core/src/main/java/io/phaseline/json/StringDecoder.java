package io.phaseline.json;

import io.phaseline.bytes.Slice;
import io.phaseline.bytes.StringEnds;
import java.nio.ByteBuffer;

/**
 * Unescapes JSON strings into memory of its own.
 *
 * <p>A text is never longer than it is escaped, so room is made once for each and nothing is checked on the way. Earlier
 * views stay good until {@link #clear}, also when the memory has to grow.
 */
public final class StringDecoder {
    /** An escape of a UTF-16 unit: backslash, {@code u} and four digits. */
    private static final int UNIT_LENGTH = 6;

    /** Where the arena would grow beyond this a string is measured before room is made for it: it need not be let go. */
    private static final int QUICK_ROOM = 8 << 10;

    /** What the letter behind a backslash stands for; 0 if for nothing, or if it is {@code u}. */
    private static final byte[] MEANING = meanings();

    /** The value of a hexadecimal digit; negative if it is none. */
    private static final byte[] HEX_VALUE = hexValues();

    private final TextArena arena;
    private boolean wasPlain;

    /** Nothing unescaped yet. */
    public StringDecoder() {
        this(new TextArena());
    }

    /** Unescapes into an arena that others write to as well. */
    StringDecoder(TextArena arena) {
        this.arena = arena;
    }

    private static byte[] meanings() {
        byte[] meanings = new byte[256];
        String letters = "\"\\/bfnrt";
        String meant = "\"\\/\b\f\n\r\t";
        for (int i = 0; i < letters.length(); i++) {
            meanings[letters.charAt(i)] = (byte) meant.charAt(i);
        }
        return meanings;
    }

    private static byte[] hexValues() {
        byte[] values = new byte[256];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) (i < 0x80 ? Character.digit(i, 16) : -1);
        }
        return values;
    }

    /** Ends the life of all views handed out so far. */
    public void clear() {
        arena.clear();
    }

    /** Whether anything was unescaped since {@link #clear}. */
    public boolean isUsed() {
        return arena.length() > 0 || arena.sawLoneSurrogate();
    }

    /** Whether a lone surrogate was met since {@link #clear}; it stands in its text as three bytes. */
    public boolean sawLoneSurrogate() {
        return arena.sawLoneSurrogate();
    }

    /**
     * Unescapes what stands between the quotes of a string.
     *
     * @param from the first byte; every escape from here was found good by {@link #escapeEnd}
     * @param to the closing quote
     * @param into is pointed at the text
     */
    public void unescape(byte[] bytes, int from, int to, Slice into) {
        int mark = arena.length();
        append(bytes, from, to);
        arena.viewFrom(mark, into);
    }

    /**
     * Checks and unescapes a string in one go, unless it has surrogates. It is copied before it is known
     * whether that was necessary, which costs less than a wrong guess. Its bytes are not checked for being UTF-8.
     *
     * @param from behind the opening quote
     * @param end where the bytes end
     * @param into is pointed at the text, unless it {@link #wasPlain}
     * @return the index behind the closing quote, or -1 if the string has to be read in the ordinary way
     */
    public int readQuickly(byte[] bytes, int from, int end, Slice into) {
        // Where the string ends is not known yet, so there has to be room for all that is left.
        int room = end - from + Long.BYTES;
        int mark = arena.length();
        if (mark + room > QUICK_ROOM) {
            return -1;
        }
        byte[] out = arena.room(room);
        int lastWord = Math.min(bytes.length - Long.BYTES, end - 1);
        int n = mark;
        int i = from;
        while (i <= lastWord) {
            long word = Words.at(bytes, i);
            Words.put(out, n, word);
            int plain = Long.numberOfTrailingZeros(StringEnds.in(word)) >>> 3;
            i += plain;
            n += plain;
            if (plain == Long.BYTES) {
                continue;
            }
            if (i >= end) {
                return -1;
            }
            if (bytes[i] == '"') {
                wasPlain = n - mark == i - from;
                if (!wasPlain) {
                    arena.cutTo(n);
                    arena.viewFrom(mark, into);
                }
                return i + 1;
            }
            int unit = escapeAt(bytes, i, end);
            if (unit < 0x80) {
                if (unit < 0) {
                    return -1;
                }
                out[n++] = (byte) unit;
            } else {
                n = Utf8Units.put(out, n, unit);
            }
            i += bytes[i + 1] == 'u' ? UNIT_LENGTH : 2;
        }
        return -1;
    }

    /** Whether the string read last had no escapes: its text is where it lies. */
    public boolean wasPlain() {
        return wasPlain;
    }

    /** What the escape at hand stands for; negative if it is none, is not whole, or is a surrogate. */
    private static int escapeAt(byte[] bytes, int i, int end) {
        if (bytes[i] != '\\' || i + UNIT_LENGTH > end) {
            return -1;
        }
        if (bytes[i + 1] == 'u') {
            int unit = hexAt(bytes, i + 2);
            return Character.isSurrogate((char) unit) ? -1 : unit;
        }
        int meaning = MEANING[bytes[i + 1] & 0xFF];
        return meaning == 0 ? -1 : meaning;
    }

    /** As {@link #unescape(byte[], int, int, Slice)}; the indexes are absolute. */
    public void unescape(ByteBuffer bytes, int from, int to, Slice into) {
        int mark = arena.length();
        append(bytes, from, to);
        arena.viewFrom(mark, into);
    }

    /** Unescapes behind what stands in the arena. */
    void append(byte[] bytes, int from, int to) {
        // Whole words are written, of which the last may reach beyond the text.
        byte[] out = arena.room(to - from + Long.BYTES);
        arena.cutTo(write(bytes, from, to, out, arena.length()));
    }

    /** Unescapes behind what stands in the arena: the escaped bytes are fetched there first, and shrink in place. */
    void append(ByteBuffer bytes, int from, int to) {
        int length = to - from;
        byte[] out = arena.room(length);
        int mark = arena.length();
        bytes.get(from, out, mark, length);
        arena.cutTo(write(out, mark, mark + length, out, mark));
    }

    /** Writes the text and answers where it ends; both arrays may be the same if the text begins no later there. */
    private int write(byte[] in, int from, int to, byte[] out, int start) {
        int i = from;
        int n = start;
        while (i < to) {
            if (in[i] != '\\') {
                int plain = copyPlain(in, i, to, out, n);
                i += plain;
                n += plain;
            } else if (in[i + 1] != 'u') {
                out[n++] = MEANING[in[i + 1]];
                i += 2;
            } else {
                int unit = hexAt(in, i + 2);
                i += UNIT_LENGTH;
                if (unit < 0x80) {
                    out[n++] = (byte) unit;
                } else if (!Character.isSurrogate((char) unit)) {
                    n = Utf8Units.put(out, n, unit);
                } else {
                    int low = lowSurrogateAt(in, i, to);
                    if (Character.isHighSurrogate((char) unit) && low >= 0) {
                        n = Utf8Units.putPair(out, n, (char) unit, (char) low);
                        i += UNIT_LENGTH;
                    } else {
                        arena.foundLoneSurrogate();
                        n = Utf8Units.put(out, n, unit);
                    }
                }
            }
        }
        return n;
    }

    /** Copies up to the next backslash or the end, and answers how many bytes. */
    private static int copyPlain(byte[] in, int from, int to, byte[] out, int start) {
        int i = from;
        int shift = start - from;
        while (i + Long.BYTES <= to) {
            long word = Words.at(in, i);
            int plain = Words.beforeBackslash(word);
            if (plain < Long.BYTES && in == out) {
                // No whole word here: it would overwrite what has not been read.
                return copyBytes(in, i, i + plain, out, shift) - from;
            }
            Words.put(out, i + shift, word);
            if (plain < Long.BYTES) {
                return i + plain - from;
            }
            i += Long.BYTES;
        }
        int end = i;
        while (end < to && in[end] != '\\') {
            end++;
        }
        return copyBytes(in, i, end, out, shift) - from;
    }

    private static int copyBytes(byte[] in, int from, int to, byte[] out, int shift) {
        for (int i = from; i < to; i++) {
            out[i + shift] = in[i];
        }
        return to;
    }

    private static int lowSurrogateAt(byte[] in, int i, int to) {
        if (i + UNIT_LENGTH > to || in[i] != '\\' || in[i + 1] != 'u') {
            return -1;
        }
        int unit = hexAt(in, i + 2);
        return Character.isLowSurrogate((char) unit) ? unit : -1;
    }

    /** Four hexadecimal digits as a number, or something negative. */
    private static int hexAt(byte[] bytes, int i) {
        return HEX_VALUE[bytes[i] & 0xFF] << 12
                | HEX_VALUE[bytes[i + 1] & 0xFF] << 8
                | HEX_VALUE[bytes[i + 2] & 0xFF] << 4
                | HEX_VALUE[bytes[i + 3] & 0xFF];
    }

    /**
     * Checks an escape.
     *
     * @param i where its backslash is
     * @param end where the bytes end
     * @return where the escape ends, or -1 if it is none
     */
    public static int escapeEnd(byte[] bytes, int i, int end) {
        if (i + 1 >= end) {
            return -1;
        }
        int letter = bytes[i + 1] & 0xFF;
        if (letter == 'u') {
            return i + UNIT_LENGTH <= end && hexAt(bytes, i + 2) >= 0 ? i + UNIT_LENGTH : -1;
        }
        return MEANING[letter] != 0 ? i + 2 : -1;
    }

    /** As {@link #escapeEnd(byte[], int, int)}; the indexes are absolute. */
    public static int escapeEnd(ByteBuffer bytes, int i, int end) {
        if (i + 1 >= end) {
            return -1;
        }
        int letter = bytes.get(i + 1) & 0xFF;
        if (letter != 'u') {
            return MEANING[letter] != 0 ? i + 2 : -1;
        }
        if (i + UNIT_LENGTH > end) {
            return -1;
        }
        int value = 0;
        for (int k = i + 2; k < i + UNIT_LENGTH; k++) {
            value |= HEX_VALUE[bytes.get(k) & 0xFF];
        }
        return value >= 0 ? i + UNIT_LENGTH : -1;
    }
}
