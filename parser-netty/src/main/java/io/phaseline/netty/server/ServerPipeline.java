package io.phaseline.netty.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerUpgradeHandler;
import io.netty.handler.codec.http2.CleartextHttp2ServerUpgradeHandler;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ServerUpgradeCodec;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Sets up the connections of a server. Whichever way HTTP/2 begins, each of its streams gets the same handlers as a
 * connection of HTTP/1.1.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a channel that cannot be closed is closed
final class ServerPipeline extends ChannelInitializer<Channel> {
    private final ReplayService service;
    private final ChannelGroup connections;
    private final int maxRequestBytes;
    private final int maxStreams;
    private final @Nullable SslContext tls;

    ServerPipeline(
            ReplayService service,
            ChannelGroup connections,
            int maxRequestBytes,
            int maxStreams,
            @Nullable SslContext tls) {
        this.service = service;
        this.connections = connections;
        this.maxRequestBytes = maxRequestBytes;
        this.maxStreams = maxStreams;
        this.tls = tls;
    }

    @Override
    protected void initChannel(Channel channel) {
        connections.add(channel);
        service.connectionMade();
        ChannelPipeline pipeline = channel.pipeline();
        if (tls == null) {
            HttpServerCodec http = new HttpServerCodec();
            HttpServerUpgradeHandler upgrade = new HttpServerUpgradeHandler(http, this::upgradeTo, maxRequestBytes);
            pipeline.addLast(new CleartextHttp2ServerUpgradeHandler(http, upgrade, new Http2Setup()));
            pipeline.addLast(new Http1Setup());
        } else {
            pipeline.addLast(tls.newHandler(channel.alloc()));
            pipeline.addLast(new ByNegotiation());
        }
    }

    private HttpServerUpgradeHandler.@Nullable UpgradeCodec upgradeTo(CharSequence protocol) {
        return AsciiString.contentEquals(Http2CodecUtil.HTTP_UPGRADE_PROTOCOL_NAME, protocol)
                ? new Http2ServerUpgradeCodec(frames(), streams(), new ConnectionEnd())
                : null;
    }

    private Http2FrameCodec frames() {
        Http2Settings settings = Http2Settings.defaultSettings().maxConcurrentStreams(maxStreams);
        return Http2FrameCodecBuilder.forServer().initialSettings(settings).build();
    }

    private Http2MultiplexHandler streams() {
        return new Http2MultiplexHandler(new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel stream) {
                stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(true));
                addService(stream.pipeline());
            }
        });
    }

    private void addService(ChannelPipeline pipeline) {
        pipeline.addLast(new HttpObjectAggregator(maxRequestBytes), new ReplayHandler(service));
    }

    /** A client that knows beforehand that this server speaks HTTP/2. */
    private final class Http2Setup extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            channel.pipeline().addLast(frames(), streams(), new ConnectionEnd());
        }
    }

    /** The first HTTP/1.1 message that is no upgrade tells that there will be none. */
    private final class Http1Setup extends SimpleChannelInboundHandler<HttpMessage> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpMessage message) {
            ChannelPipeline pipeline = context.pipeline();
            removeIfThere(pipeline, HttpServerUpgradeHandler.class);
            addService(pipeline);
            context.fireChannelRead(ReferenceCountUtil.retain(message));
            pipeline.remove(this);
        }

        private static void removeIfThere(ChannelPipeline pipeline, Class<? extends ChannelHandler> handler) {
            if (pipeline.get(handler) != null) {
                pipeline.remove(handler);
            }
        }
    }

    /** A client that has gone is nothing to log; its streams hear that the connection is closed. */
    private static final class ConnectionEnd extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    private final class ByNegotiation extends ApplicationProtocolNegotiationHandler {
        ByNegotiation() {
            super(ApplicationProtocolNames.HTTP_1_1);
        }

        @Override
        protected void configurePipeline(ChannelHandlerContext context, String protocol) {
            if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
                context.pipeline().addLast(frames(), streams(), new ConnectionEnd());
            } else {
                context.pipeline().addLast(new HttpServerCodec());
                addService(context.pipeline());
            }
        }

        @Override
        protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
            context.close(); // the client has heard why, by TLS's own alert
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
