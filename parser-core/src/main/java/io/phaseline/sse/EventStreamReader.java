package io.phaseline.sse;

import io.phaseline.bytes.LineEnds;
import io.phaseline.bytes.Slice;
import io.phaseline.state.StateReader;
import io.phaseline.state.StateWriter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A push parser for event streams, exactly by WHATWG: feed it bytes cut anywhere, hear frames.
 *
 * <p><b>How it works.</b> Each input is searched for line ends once. A line that lies whole in the input is handled
 * where it lies. What an input leaves unfinished is carried over when {@code feed} returns: the bytes of the unfinished
 * line go to the end of a line buffer, values of finished lines of an unfinished frame to buffers of their own. So each
 * byte is copied once if it straddles two inputs (twice if its payload has several {@code data} lines), and else not at
 * all; {@link #bytesCopied()} counts them.
 *
 * <p><b>Memory.</b> Bounded by about three times {@code maxFrameBytes}: the line buffer, the joined data, and the other
 * fields.
 *
 * <p><b>Threads.</b> One at a time. <b>Errors.</b> None: every byte sequence is an event stream. What a listener throws
 * travels to the caller; the reader must then be {@link #reset() reset}.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation">Interpreting
 *     an event stream</a>
 */
public final class EventStreamReader {
    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] NO_BYTES = {};

    /** A line may be longer than the payload in it by the name, the colon and the space of {@code data: }. */
    private static final int FIELD_OVERHEAD = 6;

    /** What the line that is being carried over turned out to be. */
    private enum LineState {
        KEPT,
        TOO_LONG_DATA,
        TOO_LONG
    }

    private final FrameListener listener;
    private final int maxFrameBytes;

    private final Frame frame = new Frame();
    private final Held data = new Held(frame.data);
    private final Held event = new Held(frame.event);
    private final Held id = new Held(frame.id);
    private final Held comment = new Held(frame.comment);

    /** The frame that is being built. */
    private boolean frameBegun;

    private boolean frameTooLong;
    private boolean frameEnded;

    /** The line that is being carried over. */
    private byte[] lineBuffer = NO_BYTES;

    private int lineLength;
    private long lineOffset;
    private boolean lineBegun;
    private LineState lineState = LineState.KEPT;

    private int bomBytes;
    private boolean afterCr;
    private boolean sawField;
    private boolean finished;

    private long inputOffset;
    private long copied;

    /** The input of the current feed. */
    private final Slice input = new Slice();

    private final Slice line = new Slice();
    private final Slice scratch = new Slice();

    /**
     * A reader.
     *
     * @param listener who hears what stands in the stream
     * @param maxFrameBytes the longest payload of a frame, in bytes, and about the longest line
     * @throws IllegalArgumentException if the limit is not positive or above 1 GiB
     */
    public EventStreamReader(FrameListener listener, int maxFrameBytes) {
        if (maxFrameBytes <= 0 || maxFrameBytes > 1 << 30) {
            throw new IllegalArgumentException("maxFrameBytes must be 1 to " + (1 << 30) + ": " + maxFrameBytes);
        }
        this.listener = listener;
        this.maxFrameBytes = maxFrameBytes;
    }

    /**
     * Reads on.
     *
     * @param bytes holds the next bytes; borrowed until this method returns
     * @param offset the first one
     * @param length how many
     * @throws IndexOutOfBoundsException if the range does not lie in the array
     * @throws IllegalStateException after {@link #finish()}
     */
    public void feed(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        checkOpen();
        read(bytes, null, offset, offset + length, false);
    }

    /**
     * Reads the remaining bytes of a buffer, where they lie; its position moves to its limit.
     *
     * @param bytes heap, direct or read-only; borrowed until this method returns
     * @throws IllegalStateException after {@link #finish()}
     */
    public void feed(ByteBuffer bytes) {
        checkOpen();
        int start = bytes.position();
        int length = bytes.remaining();
        bytes.position(bytes.limit());
        if (bytes.hasArray()) {
            feed(bytes.array(), bytes.arrayOffset() + start, length);
            return;
        }
        read(null, bytes, start, start + length, false);
    }

    /**
     * Reads on, but not beyond the end of the frame.
     *
     * @param bytes holds the next bytes; borrowed until this method returns
     * @param offset the first one
     * @param length how many there are
     * @return how many were read: up to the end of the line that ends a frame, or all
     * @throws IndexOutOfBoundsException if the range does not lie in the array
     * @throws IllegalStateException after {@link #finish()}
     */
    public int feedFrame(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        checkOpen();
        return read(bytes, null, offset, offset + length, true) - offset;
    }

    /**
     * Reads on, but not beyond the end of the frame.
     *
     * @param bytes holds the next bytes; its position and limit play no part
     * @param offset the first one, by absolute index
     * @param length how many there are
     * @return how many were read: up to the end of the line that ends a frame, or all
     * @throws IndexOutOfBoundsException if the range does not lie in the buffer's capacity
     * @throws IllegalStateException after {@link #finish()}
     */
    public int feedFrame(ByteBuffer bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.capacity());
        checkOpen();
        if (bytes.hasArray()) {
            return feedFrame(bytes.array(), bytes.arrayOffset() + offset, length);
        }
        return read(null, bytes, offset, offset + length, true) - offset;
    }

    /**
     * Tells whether a frame begins with the next byte, if that byte is not the LF of a line end whose CR was read.
     *
     * @return true between two frames and at the start, once it is known whether there is a BOM
     */
    public boolean isBetweenFrames() {
        return !frameBegun && !lineBegun && bomBytes == BOM.length;
    }

    /**
     * Tells whether an LF that comes next belongs to a line end whose CR was read.
     *
     * @return true if so
     */
    public boolean isAfterCr() {
        return afterCr;
    }

    /**
     * Passes over frames that somebody else has read. Their ids are not remembered.
     *
     * @param bytes how many, between two frames
     * @param endInCr whether the last of them is a CR, so that an LF may follow that belongs to it
     */
    public void skip(int bytes, boolean endInCr) {
        inputOffset += bytes;
        afterCr = endInCr;
    }

    private void checkOpen() {
        if (finished) {
            throw new IllegalStateException("the input was finished; reset() begins a new one");
        }
    }

    private int read(byte @Nullable [] array, @Nullable ByteBuffer buffer, int start, int end, boolean oneFrame) {
        if (array != null) {
            input.wrap(array, start, end - start);
        } else if (buffer != null) {
            input.wrap(buffer, start, end - start);
        }
        frameEnded = false;
        int i = start;
        if (bomBytes < BOM.length) {
            i = skipBom(i, start, end);
        }
        if (afterCr && i < end) {
            i = resumeAfterCr(i, start);
        }
        int lineStart = i;
        while (true) {
            int lineEnd = array != null ? LineEnds.find(array, i, end) : LineEnds.find(buffer, i, end);
            if (lineEnd == end) {
                break;
            }
            byte terminator = input.byteAt(lineEnd - start);
            endLine(lineStart - start, lineEnd - start);
            i = lineEnd + 1;
            if (terminator == '\r') {
                afterCr = true;
                if (i < end) {
                    i = resumeAfterCr(i, start);
                }
            }
            if (frameEnded && oneFrame) {
                if (lineBuffer.length > Held.KEPT_CAPACITY) {
                    lineBuffer = NO_BYTES;
                }
                line.clear();
                // The id outlives its frame; somebody else may read the rest of this input.
                copied += id.keep();
                inputOffset += i - start;
                input.clear();
                return i;
            }
            lineStart = i;
        }
        carryOver(lineStart - start, end - start);
        inputOffset += end - start;
        input.clear();
        return end;
    }

    /** A leading BOM may come in pieces; bytes that only looked like one are the beginning of the first line. */
    private int skipBom(int from, int start, int end) {
        int i = from;
        while (i < end && bomBytes < BOM.length) {
            if (input.byteAt(i - start) != BOM[bomBytes]) {
                beginWithBomBytes();
                return i;
            }
            bomBytes++;
            i++;
        }
        return i;
    }

    private void beginWithBomBytes() {
        int looked = bomBytes;
        bomBytes = BOM.length;
        if (looked > 0) {
            lineBegun = true;
            lineOffset = 0;
            lineBuffer = Arrays.copyOf(BOM, 64);
            lineLength = looked;
            copied += looked;
        }
    }

    private int resumeAfterCr(int i, int start) {
        afterCr = false;
        return input.byteAt(i - start) == '\n' ? i + 1 : i;
    }

    /** The line is whole: the carried beginning, if there is one, and this part of the input. */
    private void endLine(int from, int to) {
        if (!lineBegun) {
            lineOffset = inputOffset + from;
            line.wrap(input, from, to - from);
            readLine(line);
            return;
        }
        carryLine(from, to);
        endCarriedLine();
    }

    private void endCarriedLine() {
        LineState state = lineState;
        lineBegun = false;
        lineState = LineState.KEPT;
        if (state == LineState.KEPT) {
            line.wrap(lineBuffer, 0, lineLength);
            readLine(line);
        } else {
            readTooLongLine(state == LineState.TOO_LONG_DATA);
        }
    }

    /** The input ends within a frame or a line: whatever views point into it must own their bytes now. */
    private void carryOver(int from, int to) {
        if (data.isIn(lineBuffer) && lineBuffer.length > 0) {
            // The line buffer itself becomes the data's buffer: no second copy of a payload that was carried over.
            lineBuffer = data.exchange(lineBuffer);
        }
        copied += data.keep() + event.keep() + id.keep() + comment.keep();
        if (from < to || lineBegun) {
            if (!lineBegun) {
                lineBegun = true;
                lineLength = 0;
                lineOffset = inputOffset + from;
                if (lineBuffer.length > Held.KEPT_CAPACITY) {
                    lineBuffer = NO_BYTES;
                }
            }
            carryLine(from, to);
        } else if (lineBuffer.length > Held.KEPT_CAPACITY) {
            lineBuffer = NO_BYTES;
        }
    }

    private void carryLine(int from, int to) {
        int more = to - from;
        if (lineState != LineState.KEPT || more == 0) {
            return;
        }
        long needed = (long) lineLength + more;
        if (needed > (long) maxFrameBytes + FIELD_OVERHEAD) {
            // As much as tells the field's name is enough to know what is being dropped.
            int head = Math.min(FIELD_OVERHEAD - Math.min(lineLength, FIELD_OVERHEAD), more);
            carry(from, head);
            line.wrap(lineBuffer, 0, lineLength);
            lineState = isDataField(line) ? LineState.TOO_LONG_DATA : LineState.TOO_LONG;
            lineLength = 0;
            lineBuffer = NO_BYTES;
            return;
        }
        carry(from, more);
    }

    private void carry(int from, int count) {
        int needed = lineLength + count;
        if (needed > lineBuffer.length) {
            int roomy = Math.max(256, lineLength * 2);
            boolean mayBeKept = needed <= Held.KEPT_CAPACITY;
            int capacity = mayBeKept ? Math.min(roomy, Held.KEPT_CAPACITY) : roomy;
            lineBuffer = Arrays.copyOf(lineBuffer, Math.max(needed, capacity));
        }
        scratch.wrap(input, from, count).copyTo(lineBuffer, lineLength);
        lineLength = needed;
        copied += count;
    }

    private static boolean isDataField(Slice line) {
        return line.length() >= 5
                && line.byteAt(0) == 'd'
                && line.byteAt(1) == 'a'
                && line.byteAt(2) == 't'
                && line.byteAt(3) == 'a'
                && line.byteAt(4) == ':';
    }

    private void readLine(Slice text) {
        int length = text.length();
        if (length == 0) {
            endFrame();
            return;
        }
        if (length > (long) maxFrameBytes + FIELD_OVERHEAD) {
            readTooLongLine(isDataField(text));
            return;
        }
        beginFrame();
        if (isDataField(text)) {
            sawField = true;
            readData(text, valueStart(text, 4));
            return;
        }
        if (text.byteAt(0) == ':') {
            comment.borrow(text, 1, length - 1);
            if (!finished) {
                listener.onComment(frame.comment);
            }
            return;
        }
        int colon = colonOf(text);
        int value = valueStart(text, colon);
        FieldName name = FieldName.of(text, colon);
        if (name == null) {
            listener.onIgnoredLine(text, lineOffset);
            return;
        }
        sawField = true;
        switch (name) {
            case DATA -> readData(text, value);
            case EVENT -> event.borrow(text, value, length - value);
            case ID -> readId(text, value);
            case RETRY -> readRetry(text, value);
        }
    }

    private void beginFrame() {
        if (!frameBegun) {
            frameBegun = true;
            frame.offset = lineOffset;
        }
    }

    /** Where the field name ends: the first colon, or the end of the line. */
    private static int colonOf(Slice text) {
        int length = text.length();
        // Longer names than these are no names of the standard, wherever their colon is.
        for (int i = 0; i < length && i <= FieldName.LONGEST; i++) {
            if (text.byteAt(i) == ':') {
                return i;
            }
        }
        return length;
    }

    private static int valueStart(Slice text, int colon) {
        int value = colon + 1;
        if (value >= text.length()) {
            return text.length();
        }
        return text.byteAt(value) == ' ' ? value + 1 : value;
    }

    private void readData(Slice text, int value) {
        int length = text.length() - value;
        long joined = frame.dataLines == 0 ? length : (long) frame.data.length() + 1 + length;
        frame.dataLines++;
        if (frameTooLong || joined > maxFrameBytes) {
            frameTooLong = true;
            data.clear();
        } else if (frame.dataLines == 1) {
            data.borrow(text, value, length);
        } else {
            copied += data.appendLine(text, value, length, scratch);
        }
    }

    private void readId(Slice text, int value) {
        for (int i = value; i < text.length(); i++) {
            if (text.byteAt(i) == 0) {
                return;
            }
        }
        id.borrow(text, value, text.length() - value);
        frame.idIsOwn = true;
    }

    private void readRetry(Slice text, int value) {
        int length = text.length();
        if (value == length) {
            return;
        }
        long millis = 0;
        for (int i = value; i < length; i++) {
            int digit = text.byteAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return;
            }
            millis = millis > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : millis * 10 + digit;
        }
        if (!finished) {
            // A last line without its end may be half a number.
            listener.onRetry(millis);
        }
    }

    private void readTooLongLine(boolean isData) {
        beginFrame();
        if (isData) {
            sawField = true;
            frame.dataLines++;
            frameTooLong = true;
            data.clear();
        } else {
            listener.onOversizedLine(lineOffset);
        }
    }

    private void endFrame() {
        if (!frameBegun) {
            return;
        }
        frameEnded = true;
        if (frame.dataLines > 0) {
            if (frameTooLong) {
                listener.onOversizedFrame(frame.offset);
            } else {
                listener.onFrame(frame);
            }
        }
        clearFrame();
    }

    private void clearFrame() {
        frameBegun = false;
        frameTooLong = false;
        frame.dataLines = 0;
        frame.idIsOwn = false;
        data.clear();
        event.clear();
        comment.clear();
    }

    /**
     * Ends the input. An unterminated last line counts as a line; a frame without its blank line is heard by
     * {@link FrameListener#onPendingFrame}. Does nothing the second time.
     */
    public void finish() {
        if (finished) {
            return;
        }
        finished = true;
        if (bomBytes < BOM.length) {
            beginWithBomBytes();
        }
        if (lineBegun) {
            endCarriedLine();
        }
        if (frameBegun && frame.dataLines > 0) {
            if (frameTooLong) {
                listener.onOversizedFrame(frame.offset);
            } else {
                listener.onPendingFrame(frame);
            }
        }
        clearFrame();
    }

    /** Begins a new input, as if new. */
    public void reset() {
        clearFrame();
        id.clear();
        if (lineBuffer.length > Held.KEPT_CAPACITY) {
            lineBuffer = NO_BYTES;
        }
        lineLength = 0;
        lineOffset = 0;
        lineBegun = false;
        lineState = LineState.KEPT;
        bomBytes = 0;
        afterCr = false;
        sawField = false;
        finished = false;
        inputOffset = 0;
        copied = 0;
        input.clear();
    }

    /**
     * How many bytes had to be copied because they straddled two inputs or had to be joined.
     *
     * @return bytes since the start of the input
     */
    public long bytesCopied() {
        return copied;
    }

    /**
     * Tells whether any field of the standard has been seen: whether the input looks like an event stream at all.
     *
     * @return true if so
     */
    public boolean sawField() {
        return sawField;
    }

    /**
     * How many bytes were fed.
     *
     * @return bytes since the start of the input; within a callback, up to the start of the current feed
     */
    public long bytesRead() {
        return inputOffset;
    }

    /**
     * Writes what is kept between two feeds.
     *
     * @param out where to
     */
    public void save(StateWriter out) {
        out.number(inputOffset);
        out.number(bomBytes);
        out.flag(afterCr);
        out.flag(sawField);
        out.flag(finished);
        out.flag(lineBegun);
        out.constant(lineState);
        out.number(lineOffset);
        out.bytes(lineBuffer, 0, lineBegun ? lineLength : 0);
        out.flag(frameBegun);
        out.flag(frameTooLong);
        out.number(frame.offset);
        out.number(frame.dataLines);
        out.flag(frame.idIsOwn);
        data.save(out);
        event.save(out);
        id.save(out);
        comment.save(out);
    }

    /**
     * Reads what {@link #save} wrote.
     *
     * @param in where from
     * @throws IllegalArgumentException if that is no state
     */
    public void load(StateReader in) {
        reset();
        inputOffset = in.number();
        bomBytes = in.number(0, BOM.length);
        afterCr = in.flag();
        sawField = in.flag();
        finished = in.flag();
        lineBegun = in.flag();
        LineState state = in.constant(LineState.class);
        lineState = state == null ? LineState.KEPT : state;
        lineOffset = in.number();
        lineBuffer = in.bytes();
        lineLength = lineBuffer.length;
        frameBegun = in.flag();
        frameTooLong = in.flag();
        frame.offset = in.number();
        frame.dataLines = in.number(0, Integer.MAX_VALUE);
        frame.idIsOwn = in.flag();
        data.load(in);
        event.load(in);
        id.load(in);
        comment.load(in);
    }
}
