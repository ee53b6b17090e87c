package io.phaseline.netty.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the handlers that read a response, for one attempt of an {@link Exchange}.
 *
 * <p>It keeps the head back until the first byte of the body has come; until then another attempt may take its place.
 * From then on it watches the clock, and lets the tap hear the bytes. When the body is over it gives the channel back as
 * it was. Belongs to the channel's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel, which is heard
final class ResponseGate extends ChannelDuplexHandler {
    /** How long a body may go on after its reply was over before its connection is given up, in milliseconds. */
    private static final int AFTER_REPLY_MILLIS = 1_000;

    private enum State {
        /** Nothing of the body has come. */
        WAITING,
        /** The reply has it. */
        OPEN,
        /** Nobody wants what comes. */
        SHUT
    }

    private final Exchange exchange;
    private State state = State.WAITING;
    private @Nullable ChannelHandlerContext context;
    private @Nullable HttpResponse head;
    private boolean passesOver;
    private boolean keepAlive;
    private boolean released;

    private @Nullable Future<?> timer;
    private long sentNanos;
    private long progressNanos;
    private boolean readWanted = true;

    private int bytesOfRead;
    private long readNanos;

    ResponseGate(Exchange exchange) {
        this.exchange = exchange;
    }

    // Before the first byte.

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        this.context = context;
        if (exchange.isOver()) {
            shut(context);
        } else if (!context.channel().isOpen()) { // closed between acquiring and this
            Throwable tls = Connector.tlsFailure(context.channel());
            attemptFailed(context, tls != null ? tls : closed());
        }
    }

    /** The request was written, or could not be. */
    void sent(Future<?> written) {
        ChannelHandlerContext open = context;
        if (open == null || state == State.SHUT) {
            return;
        }
        if (!written.isSuccess()) {
            attemptFailed(open, written.cause());
            return;
        }
        sentNanos = System.nanoTime();
        if (state == State.WAITING) {
            Duration firstByte = exchange.timeouts().firstByte();
            timer = open.executor()
                    .schedule(
                            () -> attemptFailed(
                                    open,
                                    new SocketTimeoutException(
                                            "no first byte came within " + firstByte + " (time-out \"firstByte\")")),
                            firstByte.toNanos(),
                            TimeUnit.NANOSECONDS);
        }
    }

    private static IOException closed() {
        return new IOException("the connection was closed before a response came");
    }

    private void attemptFailed(ChannelHandlerContext context, Throwable cause) {
        if (state == State.WAITING) {
            shut(context);
            exchange.attemptFailed(cause);
        }
    }

    /** Whatever comes is dropped, and the channel closed. */
    private void shut(ChannelHandlerContext context) {
        state = State.SHUT;
        letGo(context, false);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        progressNanos = System.nanoTime();
        readWanted = false;
        if (!(message instanceof HttpObject part)) {
            context.fireChannelRead(message);
        } else if (state == State.SHUT) {
            ReferenceCountUtil.release(message);
        } else if (state == State.OPEN) {
            pass(context, part);
        } else {
            readBeforeBody(context, part);
        }
    }

    private void readBeforeBody(ChannelHandlerContext context, HttpObject part) {
        if (part.decoderResult().isFailure()) {
            ReferenceCountUtil.release(part);
            attemptFailed(
                    context,
                    new IOException(
                            "the response is not HTTP", part.decoderResult().cause()));
            return;
        }
        if (part instanceof HttpResponse response) {
            passesOver = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            if (!passesOver) {
                keepAlive = HttpUtil.isKeepAlive(response);
                head = response;
                if (exchange.dropsStatus(
                        response.status().code(), RetryAfter.read(response.headers(), Instant.now()))) {
                    ReferenceCountUtil.release(part);
                    shut(context);
                    return;
                }
            }
        }
        HttpResponse response = head;
        boolean hasBody = part instanceof HttpContent content
                && (content.content().isReadable() || content instanceof LastHttpContent);
        if (passesOver || response == null || !hasBody) {
            if (part != response) {
                ReferenceCountUtil.release(part);
            }
        } else if (exchange.begin()) {
            open(context);
            if (part != response) {
                context.fireChannelRead(response);
            }
            pass(context, part);
        } else {
            ReferenceCountUtil.release(part);
            shut(context);
        }
    }

    private void open(ChannelHandlerContext context) {
        state = State.OPEN;
        cancelTimer();
        watchIdle(context, exchange.timeouts().idle().toNanos());
        ChannelPipeline pipeline = context.pipeline();
        exchange.reply().begin(pipeline);
        pipeline.addLast(new ReplyWatch(this));
    }

    // The body.

    private void pass(ChannelHandlerContext context, HttpObject part) {
        if (part instanceof HttpContent content && exchange.tap() != null) {
            try {
                tap(exchange.tap(), content.content());
            } catch (IOException | RuntimeException e) {
                ReferenceCountUtil.release(part);
                context.fireExceptionCaught(e);
                return;
            }
        }
        context.fireChannelRead(part);
    }

    private void tap(BodyTap tap, ByteBuf bytes) throws IOException {
        if (bytes.isReadable()) {
            if (bytesOfRead == 0) {
                readNanos = progressNanos - sentNanos;
            }
            bytesOfRead += bytes.readableBytes();
            for (ByteBuffer buffer : bytes.nioBuffers()) {
                tap.onBytes(buffer);
            }
        }
    }

    private void endRead(ChannelHandlerContext context) {
        int length = bytesOfRead;
        bytesOfRead = 0;
        BodyTap tap = exchange.tap();
        if (length > 0 && tap != null) {
            try {
                tap.onRead(readNanos, length);
            } catch (IOException | RuntimeException e) {
                context.fireExceptionCaught(e);
            }
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        endRead(context);
        context.fireChannelReadComplete();
    }

    @Override
    public void read(ChannelHandlerContext context) {
        if (!readWanted) {
            readWanted = true;
            progressNanos = System.nanoTime(); // silence counts from when somebody listens
        }
        context.read();
    }

    private void watchIdle(ChannelHandlerContext context, long nanos) {
        timer = context.executor().schedule(() -> checkIdle(context), nanos, TimeUnit.NANOSECONDS);
    }

    private void checkIdle(ChannelHandlerContext context) {
        Duration idle = exchange.timeouts().idle();
        long left = readWanted ? idle.toNanos() - (System.nanoTime() - progressNanos) : idle.toNanos();
        if (left > 0) {
            watchIdle(context, left);
        } else {
            context.fireExceptionCaught(
                    new SocketTimeoutException("nothing came for " + idle + " (time-out \"idle\")"));
        }
    }

    // Ends.

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof Http2ResetFrame reset && state == State.WAITING) {
            Http2Error error = Http2Error.valueOf(reset.errorCode());
            attemptFailed(
                    context,
                    Http2Exception.streamError(
                            reset.stream().id(),
                            error == null ? Http2Error.INTERNAL_ERROR : error,
                            "the server reset the HTTP/2 stream before a response came"));
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        attemptFailed(context, closed());
        context.fireChannelInactive();
        letGo(context, false);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (state == State.WAITING) {
            attemptFailed(context, cause.getCause() instanceof SSLException tls ? tls : cause);
        } else if (state == State.OPEN) {
            context.fireExceptionCaught(cause);
        }
    }

    /** The reply is over; the rest of the body has a moment to come. */
    void replyOver() {
        ChannelHandlerContext open = context;
        cancelTimer();
        if (open != null && !released) {
            timer = open.executor().schedule(() -> letGo(open, false), AFTER_REPLY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** The body is over: the channel is free, once whoever said so is through. */
    void bodyOver() {
        ChannelHandlerContext open = context;
        if (open != null) {
            open.executor().execute(() -> letGo(open, keepAlive));
        }
    }

    /** Gives the channel back as it was; only once. */
    private void letGo(ChannelHandlerContext context, boolean reusable) {
        if (released) {
            return;
        }
        released = true;
        cancelTimer();
        boolean hadResponse = state == State.OPEN;
        if (hadResponse) {
            endRead(context);
        }
        state = State.SHUT;
        Channel channel = context.channel();
        boolean goesOn = reusable && channel.isActive();
        if (goesOn) {
            takeHandlersOut(context);
            channel.config().setAutoRead(true);
        }
        exchange.released(channel, goesOn);
        if (hadResponse) {
            if (channel.isOpen() && !goesOn) {
                channel.closeFuture().addListener(closed -> responseDone());
            } else {
                responseDone();
            }
        } else if (exchange.isOver()) {
            exchange.finish();
        }
    }

    private void responseDone() {
        exchange.reply().bodyOver();
        exchange.finish();
    }

    private void takeHandlersOut(ChannelHandlerContext context) {
        ChannelPipeline pipeline = context.pipeline();
        while (pipeline.last() != this) {
            pipeline.removeLast();
        }
        pipeline.removeLast();
    }

    private void cancelTimer() {
        Future<?> set = timer;
        if (set != null) {
            set.cancel(false);
        }
    }

    // From any thread.

    /** Closes the channel; the reply hears nothing more. */
    void close() {
        onLoop(open -> {
            if (state == State.WAITING) {
                shut(open);
            } else {
                open.pipeline().close();
            }
        });
    }

    /** Breaks the response off, so that the reply hears its end and why. */
    void breakOff(Throwable why) {
        onLoop(open -> {
            if (state == State.WAITING) {
                shut(open);
            } else {
                open.fireExceptionCaught(why);
            }
        });
    }

    private void onLoop(Consumer<ChannelHandlerContext> action) {
        ChannelHandlerContext open = context;
        if (open == null) {
            return; // handlerAdded looks whether the exchange is over
        }
        try {
            open.executor().execute(() -> {
                if (!released) {
                    action.accept(open);
                }
            });
        } catch (RejectedExecutionException loopIsGone) {
            exchange.finish();
        }
    }
}
