package io.phaseline.json;

/** Finds the end of a value whose inside nobody asks for, and holds it to the grammar all the same. */
final class Skipper {
    private final int maxDepth;

    /** One bit for each level that is entered: set for an object. */
    private final long[] isObject;

    Skipper(int maxDepth) {
        this.maxDepth = maxDepth;
        this.isObject = new long[(maxDepth >> 6) + 1];
    }

    /**
     * Where the value ends.
     *
     * @param at where it begins, before the end
     * @param outer how many levels it lies deep
     * @return the index behind it, or -1 if it breaks the grammar or is nested too deeply
     */
    int end(byte[] b, int at, int end, int outer) {
        byte first = b[at];
        return first == '{' || first == '[' ? containerEnd(b, at, end, outer) : Scalars.end(b, at, end);
    }

    private int containerEnd(byte[] b, int at, int end, int outer) {
        int depth = outer;
        int close = 0;
        int i = at;
        // A value begins here, unless something before it was wrong.
        while (i >= 0 && i < end) {
            byte c = b[i];
            if (c == '{' || c == '[') {
                if (depth == maxDepth) {
                    return -1;
                }
                mark(depth++, c == '{');
                close = c + 2;
                i = blanksEnd(b, i + 1, end);
                if (i == end || b[i] != close) {
                    i = c == '{' ? nameEnd(b, i, end) : i;
                    continue;
                }
            } else {
                i = Scalars.end(b, i, end);
                if (i < 0) {
                    return -1;
                }
                i = blanksEnd(b, i, end);
            }
            while (i < end && b[i] == close) {
                i++;
                if (--depth == outer) {
                    return i;
                }
                close = isObject(depth - 1) ? '}' : ']';
                i = blanksEnd(b, i, end);
            }
            if (i == end || b[i] != ',') {
                return -1;
            }
            i = blanksEnd(b, i + 1, end);
            i = close == '}' ? nameEnd(b, i, end) : i;
        }
        return -1;
    }

    private static int blanksEnd(byte[] b, int from, int end) {
        return from < end && b[from] > ' ' ? from : Scalars.blanksEnd(b, from, end);
    }

    /** The index of the value behind a name and its colon, or -1. */
    private static int nameEnd(byte[] b, int at, int end) {
        if (at >= end || b[at] != '"') {
            return -1;
        }
        int i = Scalars.stringEnd(b, at + 1, end);
        return i < 0 ? -1 : valueStart(b, i, end);
    }

    /** The index of the value, from behind the closing quote of its name; -1 if there is no colon. */
    static int valueStart(byte[] b, int from, int end) {
        int i = Scalars.blanksEnd(b, from, end);
        return i == end || b[i] != ':' ? -1 : Scalars.blanksEnd(b, i + 1, end);
    }

    private void mark(int level, boolean object) {
        long bit = 1L << level;
        if (object) {
            isObject[level >> 6] |= bit;
        } else {
            isObject[level >> 6] &= ~bit;
        }
    }

    private boolean isObject(int level) {
        return (isObject[level >> 6] & 1L << level) != 0;
    }
}
