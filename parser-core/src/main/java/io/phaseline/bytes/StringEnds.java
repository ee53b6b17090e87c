package io.phaseline.bytes;

/** Finds what ends the plain part of a JSON string: a quote, a backslash, or a control character; eight bytes at a time. */
public final class StringEnds {
    private StringEnds() {}

    /**
     * The first quote, backslash or byte below 0x20.
     *
     * @param bytes the array
     * @param start where to begin
     * @param end where to stop
     * @return its index, or {@code end} if there is none
     */
    public static int find(byte[] bytes, int start, int end) {
        int i = start;
        while (i < end) {
            if (i + Long.BYTES > bytes.length) {
                return findByBytes(bytes, i, end);
            }
            long found = Swar.stringEnds(Swar.longAt(bytes, i));
            if (found != 0) {
                // A word may reach beyond the end, and what lies there does not count.
                return Math.min(i + (Long.numberOfTrailingZeros(found) >>> 3), end);
            }
            i += Long.BYTES;
        }
        return end;
    }

    /**
     * The quotes, backslashes and bytes below 0x20 of a word.
     *
     * @param word eight bytes, the first one lowest
     * @return nonzero if there is any; the lowest set bit is the highest of the first one's byte
     */
    public static long in(long word) {
        return Swar.stringEnds(word);
    }

    private static int findByBytes(byte[] bytes, int start, int end) {
        int i = start;
        while (i < end && bytes[i] != '"' && bytes[i] != '\\' && (bytes[i] < 0 || bytes[i] >= ' ')) {
            i++;
        }
        return i;
    }
}
