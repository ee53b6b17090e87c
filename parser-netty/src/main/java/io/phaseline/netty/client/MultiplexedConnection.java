package io.phaseline.netty.client;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.PromiseNotifier;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/2: every request is a stream of one connection, which is made when it is needed, and again when it has gone or is
 * about to go. More streams than the server allows at once wait here: Netty's own way of letting them wait
 * ({@code encoderEnforceMaxConcurrentStreams}) sends them out of order (netty/netty#7207).
 *
 * <p>The state belongs to one event loop, which is also the connection's.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails is heard by promises or as the end of a channel
final class MultiplexedConnection implements Connections {
    /**
     * How much of all bodies together the server may send unasked, in bytes. With the default (64 KiB) one stream whose
     * reader pauses would stop all others.
     */
    private static final int CONNECTION_WINDOW_BYTES = 32 << 20;

    private final Connector connector;
    private final @Nullable Connections otherwise;
    private final int maxWaiting;
    private final @Nullable SslContext tls;
    private final EventLoop loop;

    // Touched on the event loop only.
    private final Queue<Promise<Channel>> waiting = new ArrayDeque<>();
    private boolean connecting;
    private @Nullable Http2FrameCodec connection;
    private int openStreams;
    private boolean speaksHttp1;
    private @Nullable Channel channel;

    /**
     * A connection that is not made yet.
     *
     * @param otherwise where requests go if the server prefers HTTP/1.1; null to insist on HTTP/2
     * @param maxWaiting how many requests may wait for a stream
     */
    MultiplexedConnection(Connector connector, @Nullable Connections otherwise, int maxWaiting) throws SSLException {
        this.maxWaiting = maxWaiting;
        this.connector = connector;
        this.otherwise = otherwise;
        this.tls = connector.tls(
                otherwise == null
                        ? List.of(ApplicationProtocolNames.HTTP_2)
                        : List.of(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1));
        this.loop = connector.loops().next();
    }

    @Override
    public Future<Channel> acquire() {
        Promise<Channel> stream = loop.newPromise();
        loop.execute(() -> {
            waiting.add(stream);
            serve();
            if (waiting.size() > maxWaiting && waiting.remove(stream)) {
                stream.tryFailure(new IllegalStateException("more than " + maxWaiting + " requests wait for a stream"));
            }
        });
        return stream;
    }

    @Override
    public void release(Channel channel, boolean reusable) {
        if (channel instanceof Http2StreamChannel || otherwise == null) {
            channel.close();
        } else {
            otherwise.release(channel, reusable);
        }
    }

    private void serve() {
        Http2FrameCodec open = connection;
        if (speaksHttp1 && otherwise != null) {
            take().forEach(stream -> PromiseNotifier.cascade(otherwise.acquire(), stream));
        } else if (open != null) {
            while (!waiting.isEmpty() && openStreams < open.connection().local().maxActiveStreams()) {
                open(waiting.remove());
            }
        } else if (!connecting && !waiting.isEmpty()) {
            connect();
        }
    }

    private List<Promise<Channel>> take() {
        List<Promise<Channel>> taken = List.copyOf(waiting);
        waiting.clear();
        return taken;
    }

    private void open(Promise<Channel> promise) {
        Channel parent = Objects.requireNonNull(channel);
        openStreams++;
        new Http2StreamChannelBootstrap(parent)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel stream) {
                        stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(false));
                    }
                })
                .open()
                .addListener((Future<Http2StreamChannel> opened) -> {
                    if (!opened.isSuccess()) {
                        closed(parent);
                        promise.tryFailure(new IOException("no HTTP/2 stream could be opened", opened.cause()));
                        return;
                    }
                    opened.getNow().closeFuture().addListener(closed -> closed(parent));
                    if (!promise.trySuccess(opened.getNow())) {
                        opened.getNow().close();
                    }
                });
    }

    /** A stream has gone: another may take its place. */
    private void closed(Channel parent) {
        if (parent == channel) {
            openStreams--;
            serve();
        }
    }

    private void connect() {
        connecting = true;
        connector
                .bootstrap(loop)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        connector.begin(channel, tls);
                        channel.pipeline().addLast(tls == null ? new PriorKnowledge() : new ByNegotiation());
                    }
                })
                .connect()
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        failed(connected.cause());
                    }
                });
    }

    /** The connection is no good any more; whoever waits for its beginning hears why. */
    private void failed(Throwable cause) {
        connection = null;
        channel = null;
        openStreams = 0;
        if (connecting) {
            connecting = false;
            Throwable why = cause.getCause() instanceof SSLException tls ? tls : cause;
            take().forEach(stream -> stream.tryFailure(why));
        }
    }

    private void beginHttp2(Channel channel) throws Http2Exception {
        Http2FrameCodec codec = Http2FrameCodecBuilder.forClient()
                // A key must not be in a table of headers that outlives its request.
                .headerSensitivityDetector(
                        (name, value) -> AsciiString.contentEquals(HttpHeaderNames.AUTHORIZATION, name))
                .build();
        channel.pipeline().addLast(codec, new Http2MultiplexHandler(new Refusing()), new Watch(codec));
        codec.connection()
                .local()
                .flowController()
                .incrementWindowSize(codec.connection().connectionStream(), CONNECTION_WINDOW_BYTES);
        channel.flush();
    }

    /** In cleartext nobody is asked whether HTTP/2 is spoken. */
    private final class PriorKnowledge extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext context) throws Http2Exception {
            beginHttp2(context.channel());
            context.pipeline().remove(this);
        }
    }

    private final class ByNegotiation extends ApplicationProtocolNegotiationHandler {
        ByNegotiation() {
            super(ApplicationProtocolNames.HTTP_1_1);
        }

        @Override
        protected void configurePipeline(ChannelHandlerContext context, String protocol) throws Http2Exception {
            if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
                beginHttp2(context.channel());
            } else if (otherwise != null) {
                speaksHttp1 = true;
                connecting = false;
                context.close();
                serve();
            } else {
                failed(new IOException("the server does not speak HTTP/2"));
                context.close();
            }
        }

        @Override
        protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
            failed(cause);
            context.close();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            failed(cause);
            context.close();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) throws Exception {
            failed(new IOException("the connection was closed before TLS was agreed on"));
            super.channelInactive(context);
        }
    }

    /**
     * Notices that a connection has begun (the server's settings have come, so that it is known how many streams it
     * allows), and that it is about to go: then its streams go on, and new ones get another.
     */
    private final class Watch extends ChannelInboundHandlerAdapter {
        private final Http2FrameCodec codec;
        private @Nullable Future<?> timer;

        Watch(Http2FrameCodec codec) {
            this.codec = codec;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            timer = loop.schedule(
                    () -> end(context, new IOException("no HTTP/2 settings came")),
                    connector.connectMillis(),
                    TimeUnit.MILLISECONDS);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof Http2SettingsFrame && connecting) {
                connecting = false;
                connection = codec;
                channel = context.channel();
                cancelTimer();
                serve();
            } else if (message instanceof Http2GoAwayFrame && connection == codec) {
                failed(new IOException("the server closes the connection"));
                serve();
            }
            ReferenceCountUtil.release(message);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            end(context, new IOException("the HTTP/2 connection was closed"));
        }

        private void end(ChannelHandlerContext context, Throwable cause) {
            cancelTimer();
            if (connection == codec || (connecting && connection == null)) {
                failed(cause);
                serve();
            }
            context.close();
        }

        private void cancelTimer() {
            if (timer != null) {
                timer.cancel(false);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            end(context, cause); // its streams hear that the channel closes
        }
    }

    /** Streams that the server opens: nobody has asked for them. */
    private static final class Refusing extends ChannelInboundHandlerAdapter {
        @Override
        public boolean isSharable() {
            return true;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            context.close();
        }
    }
}
