package io.phaseline.json;

import io.phaseline.bytes.StringEnds;

/** Where the values that are no containers end; -1 if they break the grammar, or the text ends before them. */
final class Scalars {
    private static final int NULL = word("null");
    private static final int TRUE = word("true");
    private static final int ALSE = word("alse");
    private static final byte[] NAN = {'N', 'a', 'N'};
    private static final byte[] INFINITY = {'I', 'n', 'f', 'i', 'n', 'i', 't', 'y'};

    private Scalars() {}

    private static int word(String four) {
        return four.charAt(0) | four.charAt(1) << 8 | four.charAt(2) << 16 | four.charAt(3) << 24;
    }

    /** Where what is blank ends. */
    static int blanksEnd(byte[] b, int from, int end) {
        if (from + Long.BYTES <= b.length) {
            // Few blanks, but nobody can guess how many: no branch depends on it.
            int i = from + Words.beforeNoBlank(Words.at(b, from));
            if (i < end && b[i] > ' ') {
                return i;
            }
        }
        return blanksEndByBytes(b, from, end);
    }

    private static int blanksEndByBytes(byte[] b, int from, int end) {
        int i = from;
        while (i < end && b[i] <= ' ' && (b[i] == ' ' || b[i] == '\n' || b[i] == '\r' || b[i] == '\t')) {
            i++;
        }
        return i;
    }

    /** The end of a scalar, which begins at an index before the end. */
    static int end(byte[] b, int at, int end) {
        return switch (b[at]) {
            case '"' -> stringEnd(b, at + 1, end);
            case 'n' -> isWordAt(b, at, end, NULL) ? at + 4 : -1;
            case 't' -> isWordAt(b, at, end, TRUE) ? at + 4 : -1;
            case 'f' -> isWordAt(b, at + 1, end, ALSE) ? at + 5 : -1;
            case 'N' -> literalEnd(b, at, end, NAN);
            case 'I' -> literalEnd(b, at, end, INFINITY);
            case '-' ->
                at + 1 < end && b[at + 1] == 'I' ? literalEnd(b, at + 1, end, INFINITY) : numberEnd(b, at + 1, end);
            default -> numberEnd(b, at, end);
        };
    }

    static boolean isNullAt(byte[] b, int at, int end) {
        return isWordAt(b, at, end, NULL);
    }

    private static boolean isWordAt(byte[] b, int at, int end, int word) {
        return at + 4 <= end && Words.intAt(b, at) == word;
    }

    private static int literalEnd(byte[] b, int at, int end, byte[] literal) {
        int to = at + literal.length;
        if (to > end) {
            return -1;
        }
        for (int i = 0; i < literal.length; i++) {
            if (b[at + i] != literal[i]) {
                return -1;
            }
        }
        return to;
    }

    /** The index behind the closing quote of a string whose first character is at hand. */
    static int stringEnd(byte[] b, int from, int end) {
        int i = StringEnds.find(b, from, end);
        return i < end && b[i] == '"' ? i + 1 : escapedStringEnd(b, i, end);
    }

    /** The index behind the closing quote of a string, from something in it that is not plain. */
    static int escapedStringEnd(byte[] b, int from, int end) {
        int i = from;
        while (i < end) {
            if (b[i] == '"') {
                return i + 1;
            }
            int escape = b[i] == '\\' ? StringDecoder.escapeEnd(b, i, end) : -1;
            if (escape < 0) {
                return -1;
            }
            i = escape < end && b[escape] == '\\' ? escape : StringEnds.find(b, escape, end);
        }
        return -1;
    }

    /** The end of a number, from behind its sign. */
    private static int numberEnd(byte[] b, int from, int end) {
        int i = digitsEnd(b, from, end);
        if (i == from || b[from] == '0' && i > from + 1) {
            return -1;
        }
        return i < end && (b[i] == '.' || (b[i] | 0x20) == 'e') ? fractionEnd(b, i, end) : i;
    }

    private static int fractionEnd(byte[] b, int from, int end) {
        int i = from;
        if (b[i] == '.') {
            int digits = digitsEnd(b, i + 1, end);
            if (digits == i + 1) {
                return -1;
            }
            i = digits;
        }
        if (i < end && (b[i] | 0x20) == 'e') {
            i++;
            if (i < end && (b[i] == '+' || b[i] == '-')) {
                i++;
            }
            int digits = digitsEnd(b, i, end);
            return digits == i ? -1 : digits;
        }
        return i;
    }

    static int digitsEnd(byte[] b, int from, int end) {
        int i = from;
        while (i + Long.BYTES <= b.length && i < end) {
            int digits = Words.beforeNoDigit(Words.at(b, i));
            if (digits < Long.BYTES) {
                // A word may reach beyond the end.
                return Math.min(i + digits, end);
            }
            i += Long.BYTES;
        }
        while (i < end && b[i] >= '0' && b[i] <= '9') {
            i++;
        }
        return Math.min(i, end);
    }
}
