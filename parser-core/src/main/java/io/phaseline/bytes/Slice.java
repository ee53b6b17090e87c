package io.phaseline.bytes;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A borrowed view of a run of bytes that belongs to somebody else: the caller's input, or one of the parser's buffers.
 *
 * <p><b>Lifetime.</b> A slice handed to a listener is valid until that listener method returns; after that the bytes
 * under it may change. {@link #copy()} or {@link #toString()} make it yours. With assertions enabled ({@code -ea}) a
 * slice that is read after its life throws {@link IllegalStateException}.
 *
 * <p><b>Content.</b> Texts of events are well-formed UTF-8. Raw views (a frame's data, a comment) hold the bytes as they
 * came.
 *
 * <p><b>Threads.</b> None: a slice belongs to the thread that feeds the parser.
 *
 * <p>A slice is a flyweight: {@code wrap} points it elsewhere, so one object serves a whole stream. It lies either over
 * a {@code byte[]} or over a {@link ByteBuffer} (direct or read-only memory that has no array to show); offsets into a
 * buffer are absolute, so its position and limit play no part.
 */
public final class Slice {
    private static final byte[] NO_BYTES = {};

    private byte @Nullable [] array;
    private @Nullable ByteBuffer buffer;
    private int offset;
    private int length;
    private boolean released;

    /** An empty slice. */
    public Slice() {}

    /**
     * A slice over the UTF-8 bytes of a text; it owns those bytes and may be kept.
     *
     * @param text any text; a lone surrogate becomes U+FFFD
     * @return a new slice
     */
    public static Slice of(String text) {
        byte[] bytes = Utf8.encode(text);
        return new Slice().wrap(bytes, 0, bytes.length);
    }

    /**
     * Points this slice at a range of an array.
     *
     * @param bytes the array, borrowed
     * @param offset first byte
     * @param length number of bytes
     * @return this slice
     * @throws IndexOutOfBoundsException if the range does not lie in the array
     */
    public Slice wrap(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        this.array = bytes;
        this.buffer = null;
        this.offset = offset;
        this.length = length;
        this.released = false;
        return this;
    }

    /**
     * Points this slice at a range of a buffer, by absolute index. A buffer with an accessible array is seen as that
     * array.
     *
     * @param bytes the buffer, borrowed; its position and limit are neither read nor changed
     * @param offset absolute index of the first byte
     * @param length number of bytes
     * @return this slice
     * @throws IndexOutOfBoundsException if the range does not lie in the buffer's capacity
     */
    public Slice wrap(ByteBuffer bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.capacity());
        if (bytes.hasArray()) {
            return wrap(bytes.array(), bytes.arrayOffset() + offset, length);
        }
        this.array = null;
        this.buffer = bytes;
        this.offset = offset;
        this.length = length;
        this.released = false;
        return this;
    }

    /**
     * Points this slice where another one points.
     *
     * @param other the slice to follow
     * @return this slice
     */
    public Slice wrap(Slice other) {
        return wrap(other, 0, other.length);
    }

    /**
     * Points this slice at a part of another one.
     *
     * @param other the slice to follow
     * @param offset first byte, counted from the start of {@code other}
     * @param length number of bytes
     * @return this slice
     * @throws IndexOutOfBoundsException if the range does not lie in {@code other}
     */
    public Slice wrap(Slice other, int offset, int length) {
        other.checkAlive();
        Objects.checkFromIndexSize(offset, length, other.length);
        int start = other.offset + offset;
        this.array = other.array;
        this.buffer = other.buffer;
        this.offset = start;
        this.length = length;
        this.released = false;
        return this;
    }

    /**
     * Makes this slice empty and lets go of what it pointed at.
     *
     * @return this slice
     */
    public Slice clear() {
        // Null rather than NO_BYTES: a collector need not be told of it, and this is done for every text.
        this.array = null;
        this.buffer = null;
        this.offset = 0;
        this.length = 0;
        this.released = false;
        return this;
    }

    /** Ends this view's life: until it is wrapped again, reading it throws when assertions are on. */
    public void release() {
        clear();
        this.released = true;
    }

    private void checkAlive() {
        assert !released : "a view was read after the callback that lent it; use copy() to keep";
    }

    /**
     * The number of bytes in view.
     *
     * @return bytes, 0 or more
     */
    public int length() {
        checkAlive();
        return length;
    }

    /**
     * Tells whether there is nothing in view.
     *
     * @return true if the length is 0
     */
    public boolean isEmpty() {
        checkAlive();
        return length == 0;
    }

    /**
     * One byte of the view.
     *
     * @param index from 0 up to the length, exclusive
     * @return the byte
     * @throws IndexOutOfBoundsException if there is no such byte
     */
    public byte byteAt(int index) {
        checkAlive();
        Objects.checkIndex(index, length);
        byte[] bytes = array;
        return bytes != null ? bytes[offset + index] : buffer().get(offset + index);
    }

    /**
     * The array under this view, for readers that want to loop over it themselves.
     *
     * @return the array, or null where the view lies over memory that has none
     */
    public byte @Nullable [] array() {
        checkAlive();
        byte[] bytes = array;
        return bytes == null && buffer == null ? NO_BYTES : bytes;
    }

    /**
     * Where the view begins in {@link #array()}, or by absolute index in the buffer.
     *
     * @return an index
     */
    public int offset() {
        return offset;
    }

    /**
     * The buffer under this view.
     *
     * @return the buffer
     * @throws IllegalStateException if the view lies over an array
     */
    public ByteBuffer buffer() {
        ByteBuffer bytes = buffer;
        if (bytes == null) {
            throw new IllegalStateException("the view lies over an array");
        }
        return bytes;
    }

    /**
     * A slice of the same bytes that owns them and may be kept.
     *
     * @return a new slice over a new array
     */
    public Slice copy() {
        byte[] bytes = toByteArray();
        return new Slice().wrap(bytes, 0, bytes.length);
    }

    /**
     * The bytes in view, as an array of their own.
     *
     * @return a new array
     */
    public byte[] toByteArray() {
        byte[] copy = new byte[length()];
        copyTo(copy, 0);
        return copy;
    }

    /**
     * Copies the bytes in view.
     *
     * @param target where to
     * @param at index of the first byte written
     * @throws IndexOutOfBoundsException if the target is too small
     */
    public void copyTo(byte[] target, int at) {
        checkAlive();
        byte[] bytes = array;
        if (bytes != null) {
            System.arraycopy(bytes, offset, target, at, length);
        } else if (length > 0) {
            buffer().get(offset, target, at, length);
        }
    }

    /**
     * Tells whether two views show the same bytes.
     *
     * @param other the other view
     * @return true if the lengths and all bytes are equal
     */
    public boolean contentEquals(Slice other) {
        return length == other.length() && startsWith(other);
    }

    /**
     * Tells whether the view shows exactly this text; quick if that is ASCII.
     *
     * @param text the text
     * @return true if it does
     */
    public boolean contentEquals(String text) {
        int size = length();
        int units = text.length();
        // No text has fewer bytes than UTF-16 units.
        if (size < units) {
            return false;
        }
        byte[] bytes = array;
        int at = offset;
        for (int i = 0; i < units; i++) {
            char unit = text.charAt(i);
            if (unit >= 0x80) {
                return contentEquals(of(text));
            }
            if ((bytes != null ? bytes[at + i] : buffer().get(at + i)) != unit) {
                return false;
            }
        }
        return size == units;
    }

    /**
     * Tells whether the view begins with these bytes.
     *
     * @param prefix the bytes
     * @return true if it does; always for an empty prefix
     */
    public boolean startsWith(Slice prefix) {
        checkAlive();
        prefix.checkAlive();
        int n = prefix.length;
        if (n > length) {
            return false;
        }
        byte[] mine = array;
        byte[] theirs = prefix.array;
        if (mine != null && theirs != null) {
            return Arrays.mismatch(mine, offset, offset + n, theirs, prefix.offset, prefix.offset + n) < 0;
        }
        for (int i = 0; i < n; i++) {
            if (byteAt(i) != prefix.byteAt(i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The view decoded as UTF-8; ill-formed sequences become U+FFFD as the WHATWG Encoding standard counts them.
     *
     * @return a new string, which may be kept
     */
    @Override
    public String toString() {
        if (released) {
            return "(released)";
        }
        byte[] bytes = array;
        if (bytes != null) {
            return Utf8.decode(bytes, offset, length);
        }
        byte[] copy = toByteArray();
        return Utf8.decode(copy, 0, copy.length);
    }
}
