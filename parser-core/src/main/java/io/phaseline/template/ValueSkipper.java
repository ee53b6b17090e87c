package io.phaseline.template;

/**
 * Skips a JSON value that nobody reads, but holds it to the grammar. What it is not certain of (deep nesting, numbers
 * that are none) it does not skip.
 */
final class ValueSkipper {
    private static final int NO = FrameMatcher.DIFFERENT;

    /** No value is looked into deeper than this. */
    private static final int MAX_DEPTH = 32;

    private final Source source;
    private final StringReader strings;
    private final int maxDepth;

    /** A skipper of values in texts that must not be nested deeper than this. */
    ValueSkipper(Source source, StringReader strings, int maxDepth) {
        this.source = source;
        this.strings = strings;
        // What is read around a value is nested less deep than that.
        this.maxDepth = maxDepth >= 2 * MAX_DEPTH ? MAX_DEPTH : 0;
    }

    /** Where the value ends that begins here, or {@link FrameMatcher#DIFFERENT}; something must follow it. */
    int end(int begin, int to) {
        long objects = 0;
        int depth = 0;
        int i = begin;
        while (i >= 0 && i < to) {
            byte open = source.at(i);
            if (open == '{' || open == '[') {
                if (depth == maxDepth) {
                    return NO;
                }
                boolean object = open == '{';
                objects = objects << 1 | (object ? 1 : 0);
                depth++;
                i = blanksEnd(i + 1, to);
                if (i == to) {
                    return NO;
                }
                if (source.at(i) != (object ? '}' : ']')) {
                    i = object ? nameEnd(i, to) : i;
                    continue;
                }
                i++;
                objects >>>= 1;
                depth--;
            } else {
                i = scalarEnd(open, i, to);
            }
            // Behind a value: what it stands in ends here, or goes on.
            boolean goesOn = false;
            while (i >= 0 && depth > 0 && !goesOn) {
                i = blanksEnd(i, to);
                if (i == to) {
                    return NO;
                }
                boolean object = (objects & 1) != 0;
                byte b = source.at(i);
                if (b == ',') {
                    i = blanksEnd(i + 1, to);
                    i = object ? nameEnd(i, to) : i;
                    goesOn = true;
                } else if (b == (object ? '}' : ']')) {
                    i++;
                    objects >>>= 1;
                    depth--;
                } else {
                    return NO;
                }
            }
            if (!goesOn) {
                return i < to ? i : NO;
            }
        }
        return NO;
    }

    /** Where the value begins behind a name. */
    private int nameEnd(int from, int to) {
        int i = from;
        if (i >= to || source.at(i) != '"') {
            return NO;
        }
        i = strings.findEnd(i + 1, to, false);
        if (i < 0) {
            return NO;
        }
        i = blanksEnd(i + 1, to);
        return i < to && source.at(i) == ':' ? blanksEnd(i + 1, to) : NO;
    }

    private int scalarEnd(byte first, int i, int to) {
        return switch (first) {
            case '"' -> {
                int end = strings.findEnd(i + 1, to, false);
                yield end < 0 ? NO : end + 1;
            }
            case 't' -> literalEnd("true", i, to);
            case 'f' -> literalEnd("false", i, to);
            case 'n' -> literalEnd("null", i, to);
            default -> numberEnd(i, to);
        };
    }

    private int literalEnd(String literal, int from, int to) {
        int length = literal.length();
        if (to - from <= length) {
            return NO;
        }
        for (int k = 1; k < length; k++) {
            if (source.at(from + k) != literal.charAt(k)) {
                return NO;
            }
        }
        return from + length;
    }

    private int numberEnd(int from, int to) {
        int i = source.at(from) == '-' ? from + 1 : from;
        int digits = digitsEnd(i, to);
        if (digits == i || digits > i + 1 && source.at(i) == '0') {
            return NO;
        }
        i = digits;
        if (i < to && source.at(i) == '.') {
            digits = digitsEnd(i + 1, to);
            if (digits == i + 1) {
                return NO;
            }
            i = digits;
        }
        if (i < to && (source.at(i) | 0x20) == 'e') {
            i++;
            if (i < to && (source.at(i) == '+' || source.at(i) == '-')) {
                i++;
            }
            digits = digitsEnd(i, to);
            if (digits == i) {
                return NO;
            }
            i = digits;
        }
        // Behind a number that ends with the input there may be more of it.
        return i < to ? i : NO;
    }

    private int digitsEnd(int from, int to) {
        int i = from;
        while (i < to && source.at(i) >= '0' && source.at(i) <= '9') {
            i++;
        }
        return i;
    }

    private int blanksEnd(int from, int to) {
        int i = from;
        while (i < to && isBlank(source.at(i))) {
            i++;
        }
        return i;
    }

    /** A line end is a blank to JSON; but it ends the line that the value stands in. */
    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }
}
