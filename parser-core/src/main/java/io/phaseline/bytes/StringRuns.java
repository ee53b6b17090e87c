package io.phaseline.bytes;

import java.nio.ByteBuffer;

/** Finds where the plain part of a JSON string ends, and tells on the way whether it is all ASCII. */
public final class StringRuns {
    private StringRuns() {}

    /**
     * The first quote, backslash or byte below 0x20.
     *
     * @param bytes the array
     * @param start where to begin
     * @param end where to stop
     * @return its index, or {@code end} if there is none; that index inverted ({@code ~}) if not all before it is ASCII
     */
    public static int end(byte[] bytes, int start, int end) {
        long high = 0;
        int i = start;
        int lastWord = end - Long.BYTES;
        while (i <= lastWord) {
            long word = Swar.longAt(bytes, i);
            long found = Swar.stringEnds(word);
            if (found != 0) {
                high |= word & (found & -found) - 1;
                i += Long.numberOfTrailingZeros(found) >>> 3;
                return Swar.notAscii(high) == 0 ? i : ~i;
            }
            high |= word;
            i += Long.BYTES;
        }
        high = Swar.notAscii(high);
        while (i < end && bytes[i] != '"' && bytes[i] != '\\' && (bytes[i] < 0 || bytes[i] >= ' ')) {
            high |= bytes[i] & 0x80;
            i++;
        }
        return high == 0 ? i : ~i;
    }

    /**
     * The first quote, backslash or byte below 0x20.
     *
     * @param bytes the buffer, read by absolute index
     * @param start where to begin
     * @param end where to stop
     * @return as of {@link #end(byte[], int, int)}
     */
    public static int end(ByteBuffer bytes, int start, int end) {
        long high = 0;
        int i = start;
        int lastWord = end - Long.BYTES;
        while (i <= lastWord) {
            long word = Swar.longAt(bytes, i);
            long found = Swar.stringEnds(word);
            if (found != 0) {
                high |= word & (found & -found) - 1;
                i += Long.numberOfTrailingZeros(found) >>> 3;
                return Swar.notAscii(high) == 0 ? i : ~i;
            }
            high |= word;
            i += Long.BYTES;
        }
        high = Swar.notAscii(high);
        while (i < end) {
            byte b = bytes.get(i);
            if (b == '"' || b == '\\' || b >= 0 && b < ' ') {
                break;
            }
            high |= b & 0x80;
            i++;
        }
        return high == 0 ? i : ~i;
    }
}
