package io.phaseline.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.phaseline.ParserLimits;
import java.nio.ByteBuffer;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Fires the frames of a response as {@link RawFrame} messages to the next handler, unread: for proxies that only look.
 *
 * <p>The contents of all of them, joined, are the body, byte for byte. What is not content goes on, too, each in its
 * place: the head of the response ({@code HttpResponse}, {@code Http2HeadersFrame}) and its last message
 * ({@code LastHttpContent}, an empty {@code Http2DataFrame} or the trailers) unless it broke off.
 *
 * <p>A frame that lies inside one buffer is a slice of it. What a buffer leaves unfinished is copied, once, when its end
 * is reached: so a frame that came in many small pieces holds its own bytes, not all the buffers they came in.
 *
 * <p>See the {@linkplain io.phaseline.netty package} for the messages that are read, and for ends, failures and reads.
 */
public final class EventStreamFrameHandler extends PacedHandler {
    private final int maxFrameBytes;
    private final FrameEnds frameEnds = new FrameEnds();

    /** The beginning of a frame that goes on in the next buffer. */
    private @Nullable ByteBuf kept;

    private boolean tooLong;
    private long offset;
    private long copied;

    /** A handler for frames of up to 64 MiB that keeps at most 16 MiB beside them. */
    public EventStreamFrameHandler() {
        this(ParserLimits.DEFAULT.maxFrameBytes(), DEFAULT_MAX_PENDING_BYTES);
    }

    /**
     * A handler.
     *
     * @param maxFrameBytes the longest frame that is fired as a whole, in bytes, with its line ends and names of fields;
     *     a longer one is fired in pieces
     * @param maxPendingBytes how much of the body may wait with auto-read off, in bytes, before the response fails: what
     *     one network read brings, and what a decompressor makes of it
     * @throws IllegalArgumentException if one of them is not positive
     */
    public EventStreamFrameHandler(int maxFrameBytes, int maxPendingBytes) {
        super(maxPendingBytes);
        if (maxFrameBytes <= 0) {
            throw new IllegalArgumentException("maxFrameBytes must be positive: " + maxFrameBytes);
        }
        this.maxFrameBytes = maxFrameBytes;
    }

    /**
     * How many bytes of the response had to be copied because their frame did not lie inside one buffer.
     *
     * @return bytes; to be asked for on the event loop
     */
    public long bytesCopied() {
        return copied;
    }

    @Override
    void lookAtHead(Object message, int status, Queue<Object> into) {
        into.add(message);
    }

    @Override
    void lookAt(ChannelHandlerContext context, ByteBuf bytes, Queue<Object> into) {
        int frameStart = bytes.readerIndex();
        int partStart = frameStart;
        for (ByteBuffer part : Buffers.parts(bytes)) {
            int shift = partStart - part.position();
            int found = frameEnds.find(part, part.position(), part.limit());
            while (found >= 0) {
                endFrame(bytes, frameStart, found + shift, into);
                frameStart = found + shift;
                found = frameEnds.find(part, found, part.limit());
            }
            partStart += part.remaining();
        }
        if (frameStart < bytes.writerIndex()) {
            carryOver(context, bytes, frameStart, bytes.writerIndex(), into);
        }
    }

    private void endFrame(ByteBuf bytes, int start, int end, Queue<Object> into) {
        ByteBuf beginning = kept;
        if (isTooLongWith(end - start)) {
            firePieces(bytes, start, end, into);
        } else if (beginning == null) {
            fire(bytes.retainedSlice(start, end - start), true, into);
        } else {
            keep(beginning, bytes, start, end);
            kept = null;
            fire(beginning, true, into);
        }
        tooLong = false;
    }

    private void carryOver(ChannelHandlerContext context, ByteBuf bytes, int start, int end, Queue<Object> into) {
        if (isTooLongWith(end - start)) {
            tooLong = true;
            firePieces(bytes, start, end, into);
            return;
        }
        ByteBuf beginning = kept;
        if (beginning == null) {
            beginning = context.alloc().buffer(end - start);
            kept = beginning;
        }
        keep(beginning, bytes, start, end);
    }

    private boolean isTooLongWith(int more) {
        ByteBuf beginning = kept;
        return tooLong || (beginning == null ? 0L : beginning.readableBytes()) + more > maxFrameBytes;
    }

    private void keep(ByteBuf beginning, ByteBuf bytes, int start, int end) {
        beginning.writeBytes(bytes, start, end - start);
        copied += end - start;
    }

    private void firePieces(ByteBuf bytes, int start, int end, Queue<Object> into) {
        fireKept(into);
        fire(bytes.retainedSlice(start, end - start), false, into);
    }

    private void fireKept(Queue<Object> into) {
        ByteBuf beginning = kept;
        if (beginning != null) {
            kept = null;
            fire(beginning, false, into);
        }
    }

    private void fire(ByteBuf content, boolean isWhole, Queue<Object> into) {
        into.add(new RawFrame(content, offset, isWhole));
        offset += content.readableBytes();
    }

    @Override
    void finish(@Nullable Object last, Queue<Object> into) {
        fireKept(into);
        if (last != null) {
            into.add(last);
        }
    }

    @Override
    boolean isDone() {
        return false;
    }

    @Override
    void release() {
        ByteBuf beginning = kept;
        if (beginning != null) {
            kept = null;
            beginning.release();
        }
    }
}
