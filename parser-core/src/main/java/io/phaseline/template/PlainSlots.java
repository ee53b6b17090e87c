package io.phaseline.template;

import io.phaseline.bytes.Digits;
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
        return span.isString ? readString(span, i, to) : span.isNumber ? readNumber(span, i, to) : NOT_PLAIN;
    }

    private int readString(Span span, int i, int to) {
        int end = source.stringEnd(i, to);
        if (end < 0) {
            end = ~end;
            if (!source.isShortTextWellFormed(i, end)) {
                return NOT_PLAIN;
            }
        }
        if (end == to || end - i >= KnownStrings.MIN_LENGTH) {
            return NOT_PLAIN;
        }
        if (source.at(end) != '"') {
            return readEscaped(span, i, to);
        }
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
        if (end < 0 || !Utf8.isShortTextWellFormed(array, i, end)) {
            return NOT_PLAIN;
        }
        span.unescaped = true;
        return end;
    }

    private int readNumber(Span span, int i, int to) {
        if (to - i < Long.BYTES) {
            return NOT_PLAIN;
        }
        long word = source.word(i);
        int digits = Digits.count(word);
        // No zero in front; 1 may be an event id that means something.
        if (digits == 0 || (byte) word <= (digits == 1 ? '1' : '0')) {
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
