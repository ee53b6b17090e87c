package io.phaseline.template;

import io.phaseline.bytes.Digits;
import io.phaseline.bytes.Runs;
import io.phaseline.bytes.Slice;
import io.phaseline.bytes.StringRuns;
import io.phaseline.bytes.Utf8;
import io.phaseline.json.StringDecoder;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The input at hand, array or buffer, by the caller's own indexes. */
final class Source {
    private static final byte[] NO_BYTES = {};

    byte @Nullable [] array = NO_BYTES;
    private @Nullable ByteBuffer buffer;
    private final Slice checked = new Slice();

    void set(byte @Nullable [] newArray, @Nullable ByteBuffer newBuffer) {
        array = newArray;
        buffer = newBuffer;
    }

    boolean isSet() {
        return array != NO_BYTES;
    }

    void clear() {
        if (array == null) {
            checked.clear();
        }
        set(NO_BYTES, null);
    }

    private ByteBuffer buffer() {
        return Objects.requireNonNull(buffer);
    }

    byte at(int i) {
        byte[] bytes = array;
        return bytes != null ? bytes[i] : buffer().get(i);
    }

    /** How many bytes from here are those of an array from there, of which there is a view as well. */
    int same(int i, byte[] other, ByteBuffer view, int position, int length) {
        byte[] bytes = array;
        return bytes != null
                ? Runs.same(bytes, i, other, position, length)
                : Runs.same(buffer(), i, other, view, position, length);
    }

    /** Whether the bytes from here are those of an array from there, of which there is a view as well. */
    boolean areSame(int i, byte[] other, ByteBuffer view, int position, int length) {
        byte[] bytes = array;
        return bytes != null
                ? Runs.areSame(bytes, i, other, position, length)
                : Runs.same(buffer(), i, other, view, position, length) == length;
    }

    /** Eight bytes, the first one lowest. */
    long word(int i) {
        byte[] bytes = array;
        return bytes != null ? Digits.word(bytes, i) : Digits.word(buffer(), i);
    }

    /** As {@link StringRuns#end}. */
    int stringEnd(int i, int end) {
        byte[] bytes = array;
        return bytes != null ? StringRuns.end(bytes, i, end) : StringRuns.end(buffer(), i, end);
    }

    /** As {@link StringDecoder#escapeEnd}. */
    int escapeEnd(int i, int end) {
        byte[] bytes = array;
        return bytes != null ? StringDecoder.escapeEnd(bytes, i, end) : StringDecoder.escapeEnd(buffer(), i, end);
    }

    void unescape(StringDecoder decoder, int from, int to, Slice into) {
        byte[] bytes = array;
        if (bytes != null) {
            decoder.unescape(bytes, from, to, into);
        } else {
            decoder.unescape(buffer(), from, to, into);
        }
    }

    /** As {@link #isWellFormed}, quicker where there are few bytes. */
    boolean isShortTextWellFormed(int from, int to) {
        byte[] bytes = array;
        return bytes != null ? Utf8.isShortTextWellFormed(bytes, from, to) : isWellFormed(from, to);
    }

    boolean isWellFormed(int from, int to) {
        byte[] bytes = array;
        return bytes != null
                ? Utf8.illFormedAt(bytes, from, to) == to
                : Utf8.isWellFormed(checked.wrap(buffer(), from, to - from));
    }

    void copy(int from, int to, byte[] target, int at) {
        byte[] bytes = array;
        if (bytes != null) {
            System.arraycopy(bytes, from, target, at, to - from);
        } else {
            buffer().get(from, target, at, to - from);
        }
    }

    void view(int from, int to, Slice into) {
        byte[] bytes = array;
        if (bytes != null) {
            into.wrap(bytes, from, to - from);
        } else {
            into.wrap(buffer(), from, to - from);
        }
    }
}
