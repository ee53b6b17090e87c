package io.phaseline.netty.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.ReferenceCountUtil;
import io.phaseline.netty.server.Script.Ending;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Answers the requests of one channel, one after the other: a connection of HTTP/1.1, or a stream of HTTP/2.
 *
 * <p>Requests that come while another is answered (pipelining) wait, and as long as one waits the channel is not read:
 * what waits is bounded by one network read.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel, which is heard
final class ReplayHandler extends ChannelInboundHandlerAdapter {
    private static final String TEXT_EVENT_STREAM = "text/event-stream;charset=UTF-8";

    private final ReplayService service;
    private final Queue<FullHttpRequest> waiting = new ArrayDeque<>();
    private boolean answering;
    private boolean keepAlive;
    private @Nullable ScriptPlayer player;

    ReplayHandler(ReplayService service) {
        this.service = service;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof FullHttpRequest request)) {
            ReferenceCountUtil.release(message);
            return;
        }
        waiting.add(request);
        answerNext(context);
        context.channel().config().setAutoRead(waiting.isEmpty());
    }

    private void answerNext(ChannelHandlerContext context) {
        while (!answering && !waiting.isEmpty()) {
            FullHttpRequest request = waiting.remove();
            try {
                answer(context, request);
            } finally {
                request.release();
            }
        }
    }

    private void answer(ChannelHandlerContext context, FullHttpRequest request) {
        answering = true;
        keepAlive = HttpUtil.isKeepAlive(request) && !request.decoderResult().isFailure();
        try {
            ReplayService.Performance performance = service.perform(request);
            begin(context, request.protocolVersion(), performance);
        } catch (Refusal refusal) {
            refuse(context, refusal);
        }
    }

    private void begin(ChannelHandlerContext context, HttpVersion version, ReplayService.Performance performance) {
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, contentType(performance.capture()))
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_CACHE);
        if (version.equals(HttpVersion.HTTP_1_0)) {
            keepAlive = false; // the end of the connection is the end of the body
        } else {
            HttpUtil.setTransferEncodingChunked(response, true);
        }
        HttpUtil.setKeepAlive(response.headers(), HttpVersion.HTTP_1_1, keepAlive);
        context.writeAndFlush(response);
        service.replyBegun();
        player = new ScriptPlayer(
                context.channel(), performance.script(), performance.plan().cutBytes(), ending -> end(context, ending));
        player.play();
    }

    /** A body that is no event stream (an error, a proxy's page) says so, as it did when it was captured. */
    private static String contentType(Capture capture) {
        if (capture.frameCount() > 0) {
            return TEXT_EVENT_STREAM;
        }
        for (byte b : capture.body()) {
            if (b > ' ') {
                return switch (b) {
                    case '{', '[' -> "application/json";
                    case '<' -> "text/html";
                    default -> TEXT_EVENT_STREAM;
                };
            }
        }
        return TEXT_EVENT_STREAM;
    }

    private void end(ChannelHandlerContext context, Ending ending) {
        switch (ending) {
            case END -> endBody(context);
            case RESET -> reset(context.channel());
            case STALL, ENDLESS -> {} // until the client goes away
        }
    }

    private void endBody(ChannelHandlerContext context) {
        context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT).addListener(written -> answered(context));
    }

    private static void reset(Channel channel) {
        if (channel instanceof Http2StreamChannel) {
            channel.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
        } else {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            channel.close();
        }
    }

    private void refuse(ChannelHandlerContext context, Refusal refusal) {
        byte[] body = refusal.body();
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, refusal.status(), Unpooled.wrappedBuffer(body));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        if (refusal.status().equals(HttpResponseStatus.SERVICE_UNAVAILABLE)) {
            response.headers().set(HttpHeaderNames.RETRY_AFTER, "0");
        }
        if (refusal.status().equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
            response.headers().set(HttpHeaderNames.ALLOW, "POST");
        }
        HttpUtil.setContentLength(response, body.length);
        HttpUtil.setKeepAlive(response.headers(), HttpVersion.HTTP_1_1, keepAlive);
        context.writeAndFlush(response).addListener(written -> answered(context));
    }

    private void answered(ChannelHandlerContext context) {
        answering = false;
        stopPlayer();
        if (!keepAlive) {
            context.close();
            return;
        }
        answerNext(context);
        context.channel().config().setAutoRead(waiting.isEmpty());
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (player != null) {
            player.play();
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        letGo();
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        letGo();
    }

    private void letGo() {
        stopPlayer();
        waiting.forEach(FullHttpRequest::release);
        waiting.clear();
    }

    private void stopPlayer() {
        if (player != null) {
            player.stop();
            player = null;
            service.replyOver();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // The client has gone, or sent what is no HTTP: nothing can be said to it.
        if (!(cause instanceof IOException || cause instanceof CodecException)) {
            context.fireExceptionCaught(cause);
        }
        context.close();
    }
}
