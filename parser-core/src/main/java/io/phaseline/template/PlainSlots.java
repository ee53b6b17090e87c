package io.phaseline.template;

import io.phaseline.bytes.Digits;
import io.phaseline.bytes.StringEnds;
import io.phaseline.bytes.Utf8;
import io.phaseline.json.StringDecoder;

/** Reads what nearly all slots are: a few digits, or a short string, whole in the input at hand. */
final class PlainSlots {
    /** Something else, which may be all right. */
    static final int NOT_PLAIN = -4;

    /** Longer strings with escapes are read elsewhere. */
    static final int LONGEST = 4 * KnownStrings.MIN_LENGTH;

    private final Source source;
    private final StringDecoder decoder;

    PlainSlots(Source source, StringDecoder decoder) {
        this.source = source;
        this.decoder = decoder;
    }

    /** Reads a value; answers where it ends. */
    int read(Span span, int i, int to) {
        return to - i < Long.BYTES ? readAtEnd(span, i, to) : read(span, source.word(i), i, to);
    }

    /** The same, where the input is known to be an array. */
    int read(byte[] array, Span span, int i, int to) {
        return to - i < Long.BYTES ? readAtEnd(span, i, to) : read(span, Digits.word(array, i), i, to);
    }

    private int readAtEnd(Span span, int i, int to) {
        return span.isString && !span.isLong ? readLonger(span, i, to) : NOT_PLAIN;
    }

    private int read(Span span, long word, int i, int to) {
        return span.isNumber
                ? readNumber(span, word, i, to)
                : span.isString && !span.isLong ? readString(span, word, i, to) : NOT_PLAIN;
    }

    private int readString(Span span, long word, int i, int to) {
        long found = StringEnds.in(word);
        if (found == 0) {
            return readLonger(span, i, to);
        }
        int length = Long.numberOfTrailingZeros(found) >>> 3;
        if (!Utf8.isShortTextAscii(word, length)
                && !Utf8.areThrees(word, length)
                && !source.isWellFormed(i, i + length)) {
            return NOT_PLAIN;
        }
        return (byte) (word >>> (length << 3)) == '"' ? show(span, i, i + length) : readEscaped(span, i, to);
    }

    private int readLonger(Span span, int i, int to) {
        int stop = Math.min(to, i + KnownStrings.MIN_LENGTH);
        int end = source.stringEnd(i, stop);
        if (end < 0) {
            end = ~end;
            if (!source.isShortTextWellFormed(i, end)) {
                return NOT_PLAIN;
            }
        }
        if (end == stop) {
            span.isLong = stop < to;
            return NOT_PLAIN;
        }
        return source.at(end) == '"' ? show(span, i, end) : readEscaped(span, i, to);
    }

    private int show(Span span, int i, int end) {
        if (span.text != null) {
            span.unescaped = false;
            source.view(i, end, span.text.present());
        }
        return end;
    }

    private int readEscaped(Span span, int i, int to) {
        byte[] array = source.array;
        if (span.text == null || array == null) {
            return NOT_PLAIN;
        }
        int end = decoder.readQuickly(array, i, Math.min(to, i + LONGEST), span.text.present()) - 1;
        if (end < 0) {
            span.isLong = to - i > LONGEST;
            return NOT_PLAIN;
        }
        if (!Utf8.isShortTextWellFormed(array, i, end)) {
            return NOT_PLAIN;
        }
        span.unescaped = true;
        return end;
    }

    private int readNumber(Span span, long word, int i, int to) {
        int digits = Digits.count(word);
        // No zero in front of others; and an event id may be 1, which means something.
        if (digits == 0 || (byte) word <= '1' && !isPlain(span, (byte) word, digits)) {
            return NOT_PLAIN;
        }
        if (digits == Long.BYTES) {
            return readLongNumber(span, word, i + digits, to);
        }
        if (span.number != null) {
            span.number.set(Digits.value(word, digits));
        }
        return i + digits;
    }

    private static boolean isPlain(Span span, byte first, int digits) {
        return digits == 1 ? span.kind == Span.Kind.NUMBER : first == '1';
    }

    /** A number of at least eight digits, and less than twice as many: a time, as a rule. */
    private int readLongNumber(Span span, long firstDigits, int i, int to) {
        if (to - i < Long.BYTES) {
            return NOT_PLAIN;
        }
        long word = source.word(i);
        int digits = Digits.count(word);
        if (digits == Long.BYTES) {
            return NOT_PLAIN;
        }
        if (span.number != null) {
            long value = Digits.value(firstDigits, Long.BYTES);
            if (digits > 0) {
                value = value * Digits.powerOfTen(digits) + Digits.value(word, digits);
            }
            span.number.set(value);
        }
        return i + digits;
    }
}
