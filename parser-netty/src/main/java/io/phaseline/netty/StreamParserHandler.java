package io.phaseline.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.phaseline.ParserOptions;
import io.phaseline.StreamParser;
import io.phaseline.event.StreamListener;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Tells a listener what a response means, on the event loop, while its bytes are being read. Nothing is retained.
 *
 * <pre>{@code
 * StreamParserHandler reply = new StreamParserHandler(listener);
 * channel.pipeline().addLast(reply);                    // behind an HttpClientCodec
 * channel.writeAndFlush(request);
 * reply.ended().whenComplete((nothing, failure) -> ...);
 * }</pre>
 *
 * <p>The listener must not block: it is called by the thread that serves the channel. What it needs longer than a call it
 * copies. See the {@linkplain io.phaseline.netty package} for the messages that are read, and for ends and failures.
 *
 * <p>With auto-read off, each read is one to the network; it is repeated until the listener has heard something.
 */
public final class StreamParserHandler extends ResponseHandler {
    private final Relay listener;
    private final StreamParser parser;
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

    private volatile @Nullable ChannelHandlerContext added;
    private boolean replyOver;
    private boolean feeding;
    private boolean readAgain;

    /**
     * A handler with default options.
     *
     * @param listener hears the response
     */
    public StreamParserHandler(StreamListener listener) {
        this(ParserOptions.DEFAULT, listener);
    }

    /**
     * A handler.
     *
     * @param options how to read
     * @param listener hears the response
     */
    public StreamParserHandler(ParserOptions options, StreamListener listener) {
        this.listener = new Relay(Objects.requireNonNull(listener, "listener"));
        this.parser = new StreamParser(options, this.listener);
        var unused = ended.whenComplete((nothing, failure) -> cancel());
    }

    /**
     * The end of the response, and the handle to end it sooner.
     *
     * <p>Completes with null when the listener has heard the last event: the body is over, or the reply is known to be
     * over before it ({@link StreamParser#isDone()}). Completes exceptionally with what broke the response, after the
     * listener has heard the stream end; with the listener's exception, whatever it is, after which nothing more is
     * heard; with {@link CancellationException} when this side closes the channel or takes the handler out.
     *
     * <p>Completing it from outside, by {@link CompletableFuture#cancel} or otherwise and from any thread, closes the
     * channel; what was read is dropped, and nothing more is heard once the event loop has taken notice, not even the
     * end. An HTTP/2 stream is reset with {@code CANCEL}.
     *
     * @return the same future each time; what depends on it runs on the event loop
     */
    public CompletableFuture<@Nullable Void> ended() {
        return ended;
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
    public void handlerAdded(ChannelHandlerContext context) {
        added = context;
        if (ended.isDone()) {
            cancel();
        } else {
            super.handlerAdded(context);
        }
    }

    private void cancel() {
        ChannelHandlerContext context = added;
        if (context == null) {
            return;
        }
        if (!context.executor().inEventLoop()) {
            try {
                context.executor().execute(this::cancel);
            } catch (RejectedExecutionException closed) {
                // the event loop has ended: nothing comes from this channel any more
            }
        } else if (!replyOver) {
            close(context);
        }
    }

    @Override
    void begin(ChannelHandlerContext context, Object message, int status) {
        if (status > 0) {
            parser.httpStatus(status);
        }
    }

    @Override
    void read(ChannelHandlerContext context, ByteBuf bytes) {
        feeding = true;
        try {
            Buffers.feed(parser, bytes);
        } catch (Throwable thrown) { // the listener's, whatever it is: it belongs to who waits for the end
            endReply(context, thrown);
            close(context);
            return;
        } finally {
            feeding = false;
            bytes.release();
        }
        if (listener.takeHeard()) {
            readBrought();
        }
        if (readAgain) {
            readAgain = false;
            wantRead();
        }
        if (parser.isDone()) {
            finish(context, null);
        }
    }

    /** A read by the listener waits for the end of its call: some channels bring bytes at once, within this one. */
    @Override
    public void read(ChannelHandlerContext context) {
        if (feeding) {
            readAgain = true;
        } else {
            super.read(context);
        }
    }

    @Override
    void end(ChannelHandlerContext context, @Nullable Object last, @Nullable Throwable failure) {
        finish(context, failure);
        if (failure != null) {
            close(context);
        } else if (!listener.isClosed()) {
            context.fireUserEventTriggered(new ResponseSignal.BodyOver());
        }
    }

    /** The listener hears the end, if it has not heard it yet. */
    private void finish(ChannelHandlerContext context, @Nullable Throwable failure) {
        if (replyOver) {
            return;
        }
        try {
            parser.finish();
            endReply(context, failure);
        } catch (Throwable thrown) {
            if (failure != null) {
                failure.addSuppressed(thrown);
            }
            endReply(context, failure != null ? failure : thrown);
            close(context);
        }
    }

    private void endReply(ChannelHandlerContext context, @Nullable Throwable failure) {
        if (replyOver) {
            return; // it was closed by the listener
        }
        replyOver = true;
        if (failure == null) {
            ended.complete(null);
        } else {
            ended.completeExceptionally(failure);
        }
        context.fireUserEventTriggered(new ResponseSignal.ReplyOver(failure));
    }

    @Override
    void abandon(ChannelHandlerContext context) {
        listener.close();
        if (!replyOver) {
            replyOver = true;
            ended.completeExceptionally(new CancellationException("the channel was closed, or the handler taken out"));
        }
    }

    @Override
    boolean isReplyOver() {
        return replyOver;
    }
}
