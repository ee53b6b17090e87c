package io.phaseline.template;

import io.phaseline.bytes.Slice;
import io.phaseline.json.StringDecoder;

/** Reads strings of the input at hand, whole ones; remembers the long ones. */
final class StringReader {
    private static final int LONGEST_ESCAPE = 6;

    /** Up to this many bytes a string is unescaped while its end is looked for. */
    private static final int AT_ONCE = 4 << 10;

    private final Source source;
    private final StringDecoder decoder;
    private final KnownStrings known = new KnownStrings();
    private final Slice unescaped = new Slice();

    // Of the string looked at last.
    private boolean escaped;
    private boolean ascii;
    private int cutEscape;
    private boolean isKnown;

    /** Whether it was unescaped on the way. */
    private boolean isUnescaped;

    StringReader(Source source, StringDecoder decoder) {
        this.source = source;
        this.decoder = decoder;
    }

    void nextFrame() {
        known.nextFrame();
    }

    /** Whether the string looked at last has escapes, as far as it was looked at. */
    boolean isEscaped() {
        return escaped;
    }

    /** Whether the string looked at last is ASCII, as far as it was looked at. */
    boolean isAscii() {
        return ascii;
    }

    /** How many bytes there are of the escape in which the input ended. */
    int cutEscape() {
        return cutEscape;
    }

    /**
     * Finds where a string ends.
     *
     * @param isWanted whether somebody reads it: a long one is then unescaped on the way
     * @return where its closing quote is, {@link FrameMatcher#UNFINISHED}, or {@link FrameMatcher#DIFFERENT} if it is
     *     none, or ill-formed
     */
    int findEnd(int begin, int to, boolean isWanted) {
        escaped = false;
        ascii = true;
        isKnown = false;
        isUnescaped = false;
        int i = begin;
        int stop = Math.min(to, begin + KnownStrings.MIN_LENGTH);
        while (true) {
            i = source.stringEnd(i, Math.max(i, stop));
            if (i < 0) {
                ascii = false;
                i = ~i;
            }
            if (i >= stop && stop < to) {
                // It is a long one.
                stop = to;
                int length = known.find(source, begin, to);
                if (length > 0) {
                    isKnown = true;
                    escaped = known.isEscaped();
                    ascii = true;
                    return begin + length;
                }
                int end = isWanted ? readAtOnce(begin, to) : -1;
                if (end >= 0) {
                    return end;
                }
                continue;
            }
            if (i == to) {
                cutEscape = 0;
                return FrameMatcher.UNFINISHED;
            }
            byte b = source.at(i);
            if (b == '"') {
                return ascii || source.isWellFormed(begin, i) ? i : FrameMatcher.DIFFERENT;
            }
            if (b != '\\') {
                return FrameMatcher.DIFFERENT;
            }
            escaped = true;
            int end = source.escapeEnd(i, to);
            if (end < 0) {
                cutEscape = to - i;
                return cutEscape < LONGEST_ESCAPE && !hasControl(i, to)
                        ? FrameMatcher.UNFINISHED
                        : FrameMatcher.DIFFERENT;
            }
            i = end;
        }
    }

    /** Finds the end of a string and unescapes it in one go; negative if it has to be looked at in the ordinary way. */
    private int readAtOnce(int begin, int to) {
        byte[] array = source.array;
        if (array == null) {
            return -1;
        }
        int end = decoder.readQuickly(array, begin, Math.min(to, begin + AT_ONCE), unescaped) - 1;
        if (end < 0 || !source.isWellFormed(begin, end)) {
            return -1;
        }
        escaped = !decoder.wasPlain();
        isUnescaped = escaped;
        return end;
    }

    /** Whether there is a control character: a line end may end the frame, of which the rest will never come. */
    private boolean hasControl(int from, int to) {
        for (int i = from; i < to; i++) {
            byte b = source.at(i);
            if (b >= 0 && b < ' ') {
                return true;
            }
        }
        return false;
    }

    /** Shows the string found last where it lies, or unescaped; good until the next frame. */
    void show(int begin, int end, Slice into) {
        if (!escaped) {
            source.view(begin, end, into);
        } else if (isKnown) {
            known.show(into);
        } else if (!showUnescaped(into)) {
            source.unescape(decoder, begin, end, into);
        }
        // A lone surrogate has to be met whenever the string comes again.
        if (!isKnown && !decoder.sawLoneSurrogate()) {
            known.add(source, begin, end, escaped, into);
        }
    }

    /** Shows the string found last if it is there unescaped; good until the next frame. */
    boolean showUnescaped(Slice into) {
        if (isUnescaped) {
            into.wrap(unescaped);
        }
        return isUnescaped;
    }
}
