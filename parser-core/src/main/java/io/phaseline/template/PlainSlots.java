package io.phaseline.template;

import io.phaseline.bytes.Digits;
import io.phaseline.bytes.StringRuns;
import io.phaseline.bytes.Utf8;
import io.phaseline.json.StringDecoder;

/** Reads what nearly all slots are: a few digits, or a short string, whole in an array. */
final class PlainSlots {
    /** Something else, which may be all right. */
    static final int NOT_PLAIN = -4;

    /** Longer strings with escapes are read elsewhere. */
    static final int LONGEST = 4 * KnownStrings.MIN_LENGTH;

    private final StringDecoder decoder;

    PlainSlots(StringDecoder decoder) {
        this.decoder = decoder;
    }

    /** Reads a value; answers where it ends. */
    int read(Span span, byte[] array, int i, int to) {
        if (span.isString) {
            int end = StringRuns.end(array, i, to);
            if (end < 0) {
                end = ~end;
                if (!Utf8.isShortTextWellFormed(array, i, end)) {
                    return NOT_PLAIN;
                }
            }
            if (end == to || end - i >= KnownStrings.MIN_LENGTH) {
                return NOT_PLAIN;
            }
            if (array[end] != '"') {
                return readEscaped(span, array, i, to);
            }
            if (span.text != null) {
                span.unescaped = false;
                span.text.present().wrap(array, i, end - i);
            }
            return end;
        }
        if (!span.isNumber || to - i < Long.BYTES) {
            return NOT_PLAIN;
        }
        long word = Digits.word(array, i);
        int digits = Digits.count(word);
        // No zero in front; 1 may be an event id that means something.
        if (digits == 0 || digits == Long.BYTES || array[i] <= (digits == 1 ? '1' : '0')) {
            return NOT_PLAIN;
        }
        if (span.number != null) {
            span.number.set(Digits.value(word, digits));
        }
        return i + digits;
    }

    private int readEscaped(Span span, byte[] array, int i, int to) {
        if (span.text == null) {
            return NOT_PLAIN;
        }
        int end = decoder.readQuickly(array, i, Math.min(to, i + LONGEST), span.text.present()) - 1;
        if (end < 0 || !Utf8.isShortTextWellFormed(array, i, end)) {
            return NOT_PLAIN;
        }
        span.unescaped = true;
        return end;
    }
}
