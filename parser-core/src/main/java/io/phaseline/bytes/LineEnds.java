package io.phaseline.bytes;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Finds LF or CR, eight bytes at a time. */
public final class LineEnds {
    private static final long LF = Swar.pattern('\n');
    private static final long CR = Swar.pattern('\r');

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
        int lastWord = end - Long.BYTES;
        while (i <= lastWord) {
            long word = Swar.longAt(bytes, i);
            long found = Swar.matches(word, LF) | Swar.matches(word, CR);
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
            i += Long.BYTES;
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
        int lastWord = end - Long.BYTES;
        while (i <= lastWord) {
            long word = Swar.longAt(bytes, i);
            long found = Swar.matches(word, LF) | Swar.matches(word, CR);
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
            i += Long.BYTES;
        }
        while (i < end && bytes.get(i) != '\n' && bytes.get(i) != '\r') {
            i++;
        }
        return i;
    }
}
