package io.phaseline.netty;

import io.phaseline.bytes.LineEnds;
import java.nio.ByteBuffer;

/**
 * Finds where frames end: after the first blank line that follows a line which is not blank. Lines end in LF, CR or
 * CRLF; the LF of a CRLF that is cut in two begins the next frame, which is a blank line more to it.
 */
final class FrameEnds {
    private boolean lineBegun;
    private boolean frameBegun;
    private boolean afterCr;

    /**
     * Looks for the end of the frame at hand.
     *
     * @param bytes read by absolute index, from where the last look left off
     * @param start the first index
     * @param end behind the last index
     * @return the index behind the frame, or -1 if it goes on
     */
    int find(ByteBuffer bytes, int start, int end) {
        int i = start;
        while (i < end) {
            if (afterCr) {
                afterCr = false;
                if (bytes.get(i) == '\n') {
                    i++;
                    continue;
                }
            }
            int lineEnd = LineEnds.find(bytes, i, end);
            lineBegun |= lineEnd > i;
            if (lineEnd == end) {
                return -1;
            }
            i = lineEnd + 1;
            afterCr = bytes.get(lineEnd) == '\r';
            if (endLine()) {
                return afterCr && i < end ? afterCr(bytes, i) : i;
            }
        }
        return -1;
    }

    /** Answers whether the frame ends with this line. */
    private boolean endLine() {
        boolean ends = frameBegun && !lineBegun;
        frameBegun = lineBegun || frameBegun && !ends;
        lineBegun = false;
        return ends;
    }

    private int afterCr(ByteBuffer bytes, int i) {
        afterCr = false;
        return bytes.get(i) == '\n' ? i + 1 : i;
    }

    /** Whether the bytes so far end between two frames. */
    boolean isBetweenFrames() {
        return !frameBegun && !lineBegun;
    }
}
