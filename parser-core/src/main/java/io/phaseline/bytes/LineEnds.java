package io.phaseline.bytes;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Finds LF or CR, thirty-two bytes at a time. */
public final class LineEnds {
    /** Four words at a time; which of them holds a line end is found out when one does. */
    private static final int STRIDE = 4 * Long.BYTES;

    private LineEnds() {}

    /**
     * The first LF or CR.
     *
     * @param bytes the array
     * @param start where to begin
     * @param end where to stop
     * @return its index, or {@code end} if there is none
     */
    public static int find(byte[] bytes, int start, int end) {
        int i = start;
        for (int last = end - STRIDE; i <= last; i += STRIDE) {
            long found = Swar.mayEndLine(Swar.longAt(bytes, i))
                    | Swar.mayEndLine(Swar.longAt(bytes, i + 8))
                    | Swar.mayEndLine(Swar.longAt(bytes, i + 16))
                    | Swar.mayEndLine(Swar.longAt(bytes, i + 24));
            if (found != 0) {
                int before = bytesBefore(
                        Swar.lineEnds(Swar.longAt(bytes, i)),
                        Swar.lineEnds(Swar.longAt(bytes, i + 8)),
                        Swar.lineEnds(Swar.longAt(bytes, i + 16)),
                        Swar.lineEnds(Swar.longAt(bytes, i + 24)));
                if (before < STRIDE) {
                    return i + before;
                }
            }
        }
        return findByWords(bytes, i, end);
    }

    /** How many bytes of four words stand before the first mark: 32 if there is none. No branch guesses which word it is. */
    private static int bytesBefore(long marks0, long marks1, long marks2, long marks3) {
        int count = Long.numberOfTrailingZeros(marks0) >>> 3;
        count += Long.numberOfTrailingZeros(marks1) >>> 3 & -(count >>> 3);
        count += Long.numberOfTrailingZeros(marks2) >>> 3 & -(count >>> 4);
        return count + (Long.numberOfTrailingZeros(marks3) >>> 3 & -(count + 8 >>> 5));
    }

    private static int findByWords(byte[] bytes, int start, int end) {
        int i = start;
        for (int last = end - Long.BYTES; i <= last; i += Long.BYTES) {
            long found = Swar.lineEnds(Swar.longAt(bytes, i));
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (i < end && bytes[i] != '\n' && bytes[i] != '\r') {
            i++;
        }
        return i;
    }

    /**
     * The first LF or CR.
     *
     * @param bytes the buffer, read by absolute index
     * @param start where to begin
     * @param end where to stop
     * @return its index, or {@code end} if there is none
     */
    public static int find(@Nullable ByteBuffer bytes, int start, int end) {
        if (bytes == null) {
            return end;
        }
        int i = start;
        for (int last = end - STRIDE; i <= last; i += STRIDE) {
            long found = Swar.mayEndLine(Swar.longAt(bytes, i))
                    | Swar.mayEndLine(Swar.longAt(bytes, i + 8))
                    | Swar.mayEndLine(Swar.longAt(bytes, i + 16))
                    | Swar.mayEndLine(Swar.longAt(bytes, i + 24));
            if (found != 0) {
                int before = bytesBefore(
                        Swar.lineEnds(Swar.longAt(bytes, i)),
                        Swar.lineEnds(Swar.longAt(bytes, i + 8)),
                        Swar.lineEnds(Swar.longAt(bytes, i + 16)),
                        Swar.lineEnds(Swar.longAt(bytes, i + 24)));
                if (before < STRIDE) {
                    return i + before;
                }
            }
        }
        return findByWords(bytes, i, end);
    }

    private static int findByWords(ByteBuffer bytes, int start, int end) {
        int i = start;
        for (int last = end - Long.BYTES; i <= last; i += Long.BYTES) {
            long found = Swar.lineEnds(Swar.longAt(bytes, i));
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (i < end && bytes.get(i) != '\n' && bytes.get(i) != '\r') {
            i++;
        }
        return i;
    }
}
