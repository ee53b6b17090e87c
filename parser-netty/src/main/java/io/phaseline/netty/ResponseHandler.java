package io.phaseline.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.ReadTimeoutException;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * Tells from the messages of a channel how a response begins, which bytes it has, and how it ends; whichever transport
 * brings it.
 *
 * <p>To whom it tells it is the business of the handlers that extend it: {@link #begin}, {@link #read(
 * ChannelHandlerContext, ByteBuf)} and {@link #end} are called in this order, the first and the last at most once, and
 * {@link #abandon} instead of whatever has not come yet.
 */
abstract sealed class ResponseHandler extends ChannelDuplexHandler permits StreamParserHandler, PacedHandler {
    /**
     * How much of a body is read on behalf of the connection after the reply was over, in bytes. A server that writes
     * more has its channel closed.
     */
    static final int MAX_BYTES_AFTER_REPLY = 64 << 10;

    private enum Arrival {
        /** The response, or more of it, is to come. */
        EXPECTED,
        /** All has come: further messages are not ours. */
        OVER,
        /** It failed or is not wanted: what still comes of it is dropped. */
        BROKEN
    }

    private Arrival arrival = Arrival.EXPECTED;
    private final ResponseHead head = new ResponseHead();
    private int bytesAfterReply;
    private boolean readWanted;
    private boolean reading;
    private boolean networkAsked;
    private boolean tlsCut;
    private @Nullable Throwable reset;

    // What happens to the response.

    /** The response begins: its head, released by others, and its HTTP status. */
    abstract void begin(ChannelHandlerContext context, Object message, int status);

    /** The body goes on with these bytes, at least one; they are the callee's to release. */
    abstract void read(ChannelHandlerContext context, ByteBuf bytes);

    /** The body is over, or broke off: then the failure says why, and the channel is to be closed. */
    abstract void end(ChannelHandlerContext context, @Nullable Object last, @Nullable Throwable failure);

    /** Nobody wants the rest. Whatever is kept is to be released. */
    abstract void abandon(ChannelHandlerContext context);

    /** Whether what still comes of the body is of no use. */
    abstract boolean isReplyOver();

    final boolean isExpected() {
        return arrival == Arrival.EXPECTED;
    }

    /** Somebody asked for a read, and nothing was heard since. */
    final boolean isReadWanted() {
        return readWanted;
    }

    final void wantRead() {
        readWanted = true;
    }

    /** Something was heard: the read that was asked for has brought what it should. */
    final void readBrought() {
        readWanted = false;
    }

    /** What comes is part of a read whose end is to be told. */
    final boolean isReading() {
        return reading;
    }

    // Messages.

    @Override
    public final void channelRead(ChannelHandlerContext context, Object message) {
        reading = true;
        if (arrival == Arrival.OVER || !isResponse(message)) {
            context.fireChannelRead(message);
        } else if (arrival == Arrival.BROKEN) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof ByteBuf bytes) {
            bytes(context, bytes);
        } else if (message instanceof HttpObject part) {
            http1(context, part);
        } else if (message instanceof Http2HeadersFrame frame) {
            http2Headers(context, frame);
        } else if (message instanceof Http2DataFrame frame) {
            http2Data(context, frame);
        } else if (message instanceof Http2ResetFrame frame) {
            fail(context, ResponseFailure.reset(frame));
        }
    }

    private static boolean isResponse(Object message) {
        return message instanceof ByteBuf
                || message instanceof HttpResponse
                || message instanceof HttpContent
                || message instanceof Http2HeadersFrame
                || message instanceof Http2DataFrame
                || message instanceof Http2ResetFrame;
    }

    private void http1(ChannelHandlerContext context, HttpObject part) {
        try {
            if (part.decoderResult().isFailure()) {
                fail(context, part.decoderResult().cause());
                return;
            }
            if (part instanceof HttpResponse response && head.read(response)) {
                begin(context, ResponseHead.withoutContent(response), head.status());
            }
            if (part instanceof HttpContent content && !head.skipsContent(content)) {
                bytes(context, content.content().retain());
                if (content instanceof LastHttpContent last) {
                    boolean cut = tlsCut && head.isCloseDelimited();
                    over(context, ResponseHead.lastOf(last), cut ? ResponseFailure.tlsCut() : null);
                }
            }
        } finally {
            ReferenceCountUtil.release(part);
        }
    }

    private void http2Headers(ChannelHandlerContext context, Http2HeadersFrame frame) {
        boolean isHead = head.read(frame.headers());
        if (isHead) {
            begin(context, frame, head.status());
        }
        if (frame.isEndStream()) {
            over(context, isHead ? null : frame, null);
        }
    }

    private void http2Data(ChannelHandlerContext context, Http2DataFrame frame) {
        try {
            bytes(context, frame.content().retain());
            if (frame.isEndStream()) {
                over(context, new DefaultHttp2DataFrame(true), null);
            }
        } finally {
            frame.release();
        }
    }

    private void bytes(ChannelHandlerContext context, ByteBuf bytes) {
        if (!bytes.isReadable() || !isExpected()) {
            bytes.release();
            return;
        }
        if (isReplyOver()) {
            bytesAfterReply += bytes.readableBytes();
            bytes.release();
            if (bytesAfterReply > MAX_BYTES_AFTER_REPLY) {
                close(context);
            }
            return;
        }
        String encoding = head.encoding();
        if (encoding != null) {
            bytes.release();
            fail(context, ResponseFailure.encoded(encoding));
            return;
        }
        head.bytesCame();
        read(context, bytes);
    }

    // Ends.

    private void over(ChannelHandlerContext context, @Nullable Object last, @Nullable Throwable failure) {
        if (isExpected()) {
            arrival = failure == null ? Arrival.OVER : Arrival.BROKEN;
            end(context, last, failure);
        }
    }

    final void fail(ChannelHandlerContext context, Throwable failure) {
        over(context, null, failure);
    }

    /** Closes the channel; nothing is told any more. */
    final void close(ChannelHandlerContext context) {
        stop(context);
        var unused = context.close();
    }

    /** Nothing is told any more, and what still comes is dropped. */
    private void stop(ChannelHandlerContext context) {
        if (isExpected()) {
            arrival = Arrival.BROKEN;
        }
        abandon(context);
    }

    private void connectionEnded(ChannelHandlerContext context) {
        Throwable knownReset = reset;
        if (knownReset != null) {
            fail(context, knownReset);
        } else if (tlsCut) {
            fail(context, ResponseFailure.tlsCut());
        } else if (head.isFramed()) {
            fail(context, ResponseFailure.closedTooSoon());
        } else {
            over(context, null, null);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        connectionEnded(context);
        context.fireChannelInactive();
    }

    @Override
    public final void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        switch (arrival) {
            case EXPECTED -> fail(context, cause);
            case BROKEN -> {} // it was told why, and what follows from that is no news
            case OVER -> context.fireExceptionCaught(cause);
        }
    }

    @Override
    public final void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof Http2ResetFrame frame) {
            // It overtakes what waits to be read; the channel closes when that was read.
            reset = ResponseFailure.reset(frame);
        } else if (event instanceof SslCloseCompletionEvent close) {
            tlsCut = !close.isSuccess();
        } else if (event instanceof ChannelInputShutdownEvent) {
            connectionEnded(context);
        } else if (event instanceof IdleStateEvent idle
                && idle.state() == IdleState.READER_IDLE
                && (readWanted || isReplyOver() || context.channel().config().isAutoRead())) {
            fail(context, ReadTimeoutException.INSTANCE);
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public final void close(ChannelHandlerContext context, ChannelPromise promise) throws Exception {
        if (!context.channel().isActive()) {
            fail(context, new ClosedChannelException()); // a bootstrap closes what it could not connect
        }
        stop(context);
        super.close(context, promise);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        if (!context.channel().isOpen()) {
            fail(context, new ClosedChannelException());
        }
    }

    @Override
    public final void handlerRemoved(ChannelHandlerContext context) {
        if (isExpected() && !context.channel().isOpen()) {
            fail(context, new ClosedChannelException()); // it was never active
        }
        stop(context);
    }

    // Reads.

    @Override
    public void read(ChannelHandlerContext context) {
        wantRead();
        readNetwork(context);
    }

    /** Reads, as soon as there is a connection: what is asked for before may get lost in Netty. */
    final void readNetwork(ChannelHandlerContext context) {
        networkAsked = true;
        if (context.channel().isActive()) {
            context.read();
        }
    }

    @Override
    public final void channelActive(ChannelHandlerContext context) {
        context.fireChannelActive();
        if (readWanted) {
            readNetwork(context);
        }
    }

    @Override
    public final void channelReadComplete(ChannelHandlerContext context) {
        reading = false;
        networkAsked = false;
        context.fireChannelReadComplete();
        boolean needsMore = isExpected() && (readWanted || isReplyOver());
        if (needsMore && !networkAsked && !context.channel().config().isAutoRead()) {
            readNetwork(context); // what was read brought nothing to who asked for it
        }
    }
}
