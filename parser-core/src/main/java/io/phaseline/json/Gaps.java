package io.phaseline.json;

/**
 * What stands between two tokens: blanks, and a separator among them, looked at as one word. How many there are is
 * anybody's guess, so nothing here branches on it.
 */
final class Gaps {
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long LOW_SEVEN = 0x7F7F7F7F7F7F7F7FL;
    private static final long SPACES = ' ' * LOW_BITS;
    private static final long TABS = '\t' * LOW_BITS;

    private Gaps() {}

    /**
     * Looks at the gap that begins there: its length in the lowest four bits, its number of separators above them. A
     * length of 8 tells that the gap was not seen whole.
     */
    static int at(byte[] b, int from, char separator) {
        if (from + Long.BYTES > b.length) {
            return Long.BYTES;
        }
        long word = Words.at(b, from);
        long noBlank = other(word ^ SPACES) & other(word ^ TABS) & ~LOW_SEVEN;
        long noSeparator = other(word ^ separator * LOW_BITS);
        long behind = noBlank & noSeparator;
        long separators = noBlank & ~noSeparator & Words.below(behind);
        return Long.numberOfTrailingZeros(behind) >>> 3 | Long.bitCount(separators) << 4;
    }

    /** The highest bit of each byte that is not 0. */
    private static long other(long difference) {
        return (difference & LOW_SEVEN) + LOW_SEVEN | difference;
    }

    static int length(int gap) {
        return gap & 0xF;
    }

    static int separators(int gap) {
        return gap >> 4;
    }
}
