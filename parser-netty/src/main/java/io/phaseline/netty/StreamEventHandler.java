package io.phaseline.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.phaseline.ParserOptions;
import io.phaseline.StreamParser;
import io.phaseline.event.EventRecorder;
import io.phaseline.event.StreamEvent;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Fires what a response means as {@link StreamEvent} messages to the next handler, which may keep them.
 *
 * <p>The last one is {@link StreamEvent.Ended}; then a {@link ResponseSignal} tells whether something broke. See the
 * {@linkplain io.phaseline.netty package} for the messages that are read, and for ends, failures and reads.
 */
public final class StreamEventHandler extends PacedHandler {
    private final StreamParser parser;
    private final Queue<StreamEvent> heard = new ArrayDeque<>();

    /** A handler with default options. */
    public StreamEventHandler() {
        this(ParserOptions.DEFAULT);
    }

    /**
     * A handler that keeps at most 16 MiB of the body.
     *
     * @param options how to read
     */
    public StreamEventHandler(ParserOptions options) {
        this(options, DEFAULT_MAX_PENDING_BYTES);
    }

    /**
     * A handler.
     *
     * @param options how to read
     * @param maxPendingBytes how much of the body may wait with auto-read off, in bytes, before the response fails: what
     *     one network read brings, and what a decompressor makes of it
     * @throws IllegalArgumentException if it is not positive
     */
    public StreamEventHandler(ParserOptions options, int maxPendingBytes) {
        super(maxPendingBytes);
        parser = new StreamParser(options, new EventRecorder(heard::add));
    }

    /**
     * How many bytes of the response had to be copied; see {@link StreamParser#bytesCopied()}.
     *
     * @return bytes; to be asked for on the event loop
     */
    public long bytesCopied() {
        return parser.bytesCopied();
    }

    @Override
    void lookAtHead(Object message, int status, Queue<Object> into) {
        if (status > 0) {
            parser.httpStatus(status);
        }
    }

    @Override
    void lookAt(ChannelHandlerContext context, ByteBuf bytes, Queue<Object> into) {
        Buffers.feed(parser, bytes);
        moveHeard(into);
    }

    @Override
    void finish(@Nullable Object last, Queue<Object> into) {
        parser.finish();
        moveHeard(into);
    }

    private void moveHeard(Queue<Object> into) {
        into.addAll(heard);
        heard.clear();
    }

    @Override
    boolean isDone() {
        return parser.isDone();
    }

    @Override
    void release() {
        heard.clear();
    }
}
