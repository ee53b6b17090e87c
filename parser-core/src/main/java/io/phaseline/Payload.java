package io.phaseline;

import io.phaseline.bytes.Slice;
import io.phaseline.bytes.Utf8;

/** The data of a frame, or a line, made ready to be read: well-formed UTF-8 without blanks around it. */
final class Payload {
    private final Slice text = new Slice();
    private final Slice repaired = new Slice();

    /** Lets go of the bytes. */
    void clear() {
        text.clear();
        repaired.clear();
    }

    /** Takes raw bytes, where they lie unless they are ill-formed. */
    void set(Slice raw) {
        trim(wellFormed(raw), text);
    }

    /** Takes a line of a well-formed text; answers where the next one begins. */
    int setLine(Slice lines, int from) {
        int to = from;
        while (to < lines.length() && lines.byteAt(to) != '\n') {
            to++;
        }
        trim(repaired.wrap(lines, from, to - from), text);
        return to + 1;
    }

    private Slice wellFormed(Slice bytes) {
        if (Utf8.isWellFormed(bytes)) {
            return bytes;
        }
        byte[] copy = bytes.toByteArray();
        byte[] replaced = Utf8.repair(copy, 0, copy.length);
        return repaired.wrap(replaced, 0, replaced.length);
    }

    /** Points a slice at bytes without the blanks around them. */
    static void trim(Slice bytes, Slice into) {
        int start = 0;
        int end = bytes.length();
        while (start < end && isBlank(bytes.byteAt(start))) {
            start++;
        }
        while (end > start && isBlank(bytes.byteAt(end - 1))) {
            end--;
        }
        into.wrap(bytes, start, end - start);
    }

    static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    Slice text() {
        return text;
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    byte first() {
        return text.byteAt(0);
    }

    /** Whether it is only dots and dashes, as people write where they left something out. */
    boolean isElision() {
        for (int i = 0; i < text.length(); i++) {
            byte b = text.byteAt(i);
            boolean ofEllipsis = b == (byte) 0xE2 || b == (byte) 0x80 || b == (byte) 0xA6;
            if (b != '.' && b != '-' && b != ' ' && !ofEllipsis) {
                return false;
            }
        }
        return true;
    }

    boolean isEndMarker() {
        return text.contentEquals("[DONE]");
    }

    /** Keep-alives: nothing, {@code null}, an empty string or object, a comment wrapped in data. */
    boolean saysNothing() {
        return text.isEmpty() || first() == ':' || isEmptyValue();
    }

    private boolean isEmptyValue() {
        return text.contentEquals("null") || text.contentEquals("\"\"") || isEmptyObject();
    }

    private boolean isEmptyObject() {
        int last = text.length() - 1;
        if (last < 1 || first() != '{' || text.byteAt(last) != '}') {
            return false;
        }
        int i = 1;
        while (i < last && isBlank(text.byteAt(i))) {
            i++;
        }
        return i == last;
    }

    /** Whether it is a keep-alive that is JSON. */
    boolean isEmptyJson() {
        return !text.isEmpty() && isEmptyValue();
    }
}
