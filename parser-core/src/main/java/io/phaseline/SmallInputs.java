package io.phaseline;

import io.phaseline.bytes.LineEnds;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Joins inputs of a few bytes until a frame is over: stopping and going on within a frame costs more than these bytes do.
 * Hardly anything is heard later for it: before a frame is over only of lines that are too long.
 */
final class SmallInputs {
    /** Longer inputs are read where they lie, in bytes. */
    static final int MAX_INPUT = 64;

    /** A frame that is longer is passed on in parts, in bytes. */
    private static final int CAPACITY = 4 << 10;

    private static final byte[] NO_BYTES = {};

    private byte[] bytes = NO_BYTES;
    private int length;

    /** Where the last frame ends that is over, or the last part that has to be passed on. */
    private int end;

    /** Whether a line end that comes next ends a frame, as far as is known. */
    private boolean isLineEmpty = true;

    private boolean isAfterCr;
    private boolean used;
    private long bytesCopied;

    boolean isEmpty() {
        return length == 0;
    }

    /** Whether anything came since {@link #clear}. */
    boolean isUsed() {
        return used;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** How many bytes were joined. */
    long bytesCopied() {
        return bytesCopied;
    }

    /** Whether an input ends with an empty line, so that it need not wait for others. */
    static boolean endsFrame(byte @Nullable [] array, @Nullable ByteBuffer buffer, int from, int to) {
        if (to - from < 2) {
            return false;
        }
        byte last = at(array, buffer, to - 1);
        byte before = at(array, buffer, to - 2);
        boolean isCrLf = last == '\n' && before == '\r';
        return isCrLf
                ? to - from >= 3 && at(array, buffer, to - 3) == '\n'
                : last == before && (last == '\n' || last == '\r');
    }

    private static byte at(byte @Nullable [] array, @Nullable ByteBuffer buffer, int i) {
        return array != null ? array[i] : buffer != null ? buffer.get(i) : 0;
    }

    /** Appends an input; answers how many of all bytes are to be read now. */
    int append(byte @Nullable [] array, @Nullable ByteBuffer buffer, int from, int to) {
        int size = to - from;
        if (length + size > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, 8 * MAX_INPUT));
        }
        if (array != null) {
            System.arraycopy(array, from, bytes, length, size);
        } else if (buffer != null) {
            buffer.get(from, bytes, length, size);
        }
        bytesCopied += size;
        used = true;
        int start = length;
        length += size;
        findEnd(start);
        return length + MAX_INPUT > CAPACITY ? length : end;
    }

    private void findEnd(int from) {
        int i = from;
        while (true) {
            int lineEnd = LineEnds.find(bytes, i, length);
            if (lineEnd > i) {
                isLineEmpty = false;
                isAfterCr = false;
            }
            if (lineEnd == length) {
                return;
            }
            boolean isLf = bytes[lineEnd] == '\n';
            boolean isRestOfCrLf = isLf && isAfterCr;
            i = lineEnd + 1;
            if (isRestOfCrLf ? end == lineEnd : isLineEmpty) {
                end = i;
            }
            isLineEmpty = true;
            isAfterCr = !isLf;
        }
    }

    /** Forgets what was read. */
    void remove(int count) {
        length -= count;
        System.arraycopy(bytes, count, bytes, 0, length);
        end = 0;
    }

    /** Forgets everything. */
    void clear() {
        used = false;
        length = 0;
        end = 0;
        isLineEmpty = true;
        isAfterCr = false;
        if (bytes.length > CAPACITY) {
            bytes = NO_BYTES;
        }
    }

    void reset() {
        clear();
        bytesCopied = 0;
    }
}
