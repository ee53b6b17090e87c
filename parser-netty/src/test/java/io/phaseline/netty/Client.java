package io.phaseline.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Connects to a server of a test over a real socket. */
final class Client implements AutoCloseable {
    @SuppressWarnings("deprecation") // 4.2 has another one, which 4.1 has not
    final EventLoopGroup group = new NioEventLoopGroup(1);

    /** What is to be closed before the loop ends: without a quiet period Netty 4.2 may end it with channels open. */
    final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

    private boolean autoRead = true;

    Client withoutAutoRead() {
        autoRead = false;
        return this;
    }

    /** Connects, with these handlers in the pipeline. */
    Channel connect(InetSocketAddress address, Supplier<ChannelHandler[]> handlers) throws Exception {
        Channel connected = new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.AUTO_READ, autoRead)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(handlers.get());
                    }
                })
                .connect(address)
                .sync()
                .channel();
        channels.add(connected);
        return connected;
    }

    /** Sends a request by HTTP/1.1 to a server; the handlers stand behind the codec. */
    Channel get(SocketServer server, ChannelHandler... behindCodec) throws Exception {
        Channel channel = connect(server.address(), () -> {
            ChannelHandler[] all = new ChannelHandler[behindCodec.length + 1];
            all[0] = new HttpClientCodec();
            System.arraycopy(behindCodec, 0, all, 1, behindCodec.length);
            return all;
        });
        request(channel);
        return channel;
    }

    static void request(Channel channel) throws Exception {
        DefaultFullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/services");
        request.headers().set("host", "localhost");
        channel.writeAndFlush(request).sync();
    }

    @Override
    public void close() {
        channels.close().awaitUninterruptibly();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
