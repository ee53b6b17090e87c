package io.phaseline.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Fires what it makes of a response as messages to the next handler: as they come with auto-read on, one for each read
 * with auto-read off.
 *
 * <p><b>How it works.</b> What came waits in {@code inputs}, what was made of the input looked at last in
 * {@code outputs}. An input is looked at when no output is left; so what waits is what one network read brought, most of
 * it as bytes. A read takes an output, and becomes one of the network when there is none to take.
 *
 * <p><b>Memory.</b> One network read brings little by itself, but a decompressor may make much of it: bounded by
 * {@code maxPendingBytes}.
 */
abstract sealed class PacedHandler extends ResponseHandler permits StreamEventHandler, EventStreamFrameHandler {
    /** {@code maxPendingBytes} where none is given: 16 MiB. */
    static final int DEFAULT_MAX_PENDING_BYTES = 16 << 20;

    /** Among the inputs: the response begins. */
    private record Head(Object message, int status) {}

    /** Among the inputs and the outputs: nothing follows. */
    private record End(@Nullable Object last, @Nullable Throwable failure) {}

    private final int maxPendingBytes;
    private final Queue<Object> inputs = new ArrayDeque<>();
    private final Queue<Object> outputs = new ArrayDeque<>();
    private long pendingBytes;

    private boolean replyOver;
    private boolean passingOn;
    private boolean connectionOver;

    PacedHandler(int maxPendingBytes) {
        if (maxPendingBytes <= 0) {
            throw new IllegalArgumentException("maxPendingBytes must be positive: " + maxPendingBytes);
        }
        this.maxPendingBytes = maxPendingBytes;
    }

    // What is made of the response; everything that is to be fired goes to the outputs.

    /** The response begins; its head may be fired. */
    abstract void lookAtHead(Object message, int status, Queue<Object> into);

    /** The body goes on; the bytes are lent. */
    abstract void lookAt(ChannelHandlerContext context, ByteBuf bytes, Queue<Object> into);

    /** The body is over or, where there is no last message, broke off, or the reply is over before it. */
    abstract void finish(@Nullable Object last, Queue<Object> into);

    /** Whether the reply is known to be over though the body is not. */
    abstract boolean isDone();

    /** Releases what is kept. */
    abstract void release();

    // What comes.

    @Override
    final void begin(ChannelHandlerContext context, Object message, int status) {
        inputs.add(new Head(message, status));
        passOn(context);
    }

    @Override
    final void read(ChannelHandlerContext context, ByteBuf bytes) {
        if (!inputs.isEmpty() && pendingBytes + bytes.readableBytes() > maxPendingBytes) {
            bytes.release();
            fail(context, ResponseFailure.flooded(maxPendingBytes));
            return;
        }
        pendingBytes += bytes.readableBytes();
        inputs.add(bytes);
        passOn(context);
    }

    @Override
    final void end(ChannelHandlerContext context, @Nullable Object last, @Nullable Throwable failure) {
        inputs.add(new End(last, failure));
        passOn(context);
    }

    @Override
    public final void channelInactive(ChannelHandlerContext context) {
        connectionOver = true; // the next handlers are about to be torn down: now or never
        passOn(context);
        super.channelInactive(context);
    }

    @Override
    final void abandon(ChannelHandlerContext context) {
        replyOver = true;
        inputs.forEach(ReferenceCountUtil::release);
        inputs.clear();
        outputs.forEach(ReferenceCountUtil::release);
        outputs.clear();
        pendingBytes = 0;
        release();
    }

    @Override
    final boolean isReplyOver() {
        return replyOver;
    }

    // What is wanted.

    @Override
    public final void read(ChannelHandlerContext context) {
        wantRead();
        if (passingOn) {
            return; // who is at it sees that more is wanted, and does not make the stack deeper
        }
        passOn(context);
        if (isReadWanted() || isReplyOver() || context.channel().config().isAutoRead()) {
            readNetwork(context);
        }
    }

    private void passOn(ChannelHandlerContext context) {
        if (passingOn) {
            return;
        }
        passingOn = true;
        try {
            while (passOnNext(context)) {
                // as long as there is something, and it is wanted
            }
        } finally {
            passingOn = false;
        }
    }

    private boolean passOnNext(ChannelHandlerContext context) {
        Object output = outputs.peek();
        if (output == null) {
            Object input = inputs.poll();
            if (input == null) {
                return false;
            }
            lookAt(context, input);
        } else if (output instanceof ResponseSignal) {
            outputs.remove();
            context.fireUserEventTriggered(output);
        } else if (output instanceof End end) {
            outputs.remove();
            if (end.failure == null) {
                context.fireUserEventTriggered(new ResponseSignal.BodyOver());
            } else {
                close(context);
            }
        } else if (isReadWanted()
                || connectionOver
                || context.channel().config().isAutoRead()) {
            outputs.remove();
            readBrought();
            context.fireChannelRead(output);
            if (!isReading()) {
                context.fireChannelReadComplete();
            }
        } else {
            return false;
        }
        return true;
    }

    private void lookAt(ChannelHandlerContext context, Object input) {
        if (input instanceof ByteBuf bytes) {
            pendingBytes -= bytes.readableBytes();
            try {
                if (!replyOver) {
                    lookAt(context, bytes, outputs);
                }
            } finally {
                bytes.release();
            }
            if (isDone()) {
                endReply(null, null);
            }
        } else if (input instanceof Head head) {
            lookAtHead(head.message, head.status, outputs);
        } else if (input instanceof End end) {
            endReply(end.last, end.failure);
            outputs.add(end);
        }
    }

    private void endReply(@Nullable Object last, @Nullable Throwable failure) {
        if (!replyOver) {
            replyOver = true;
            finish(last, outputs);
            outputs.add(new ResponseSignal.ReplyOver(failure));
        }
    }
}
