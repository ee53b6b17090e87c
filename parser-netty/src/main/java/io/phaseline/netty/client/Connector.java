package io.phaseline.netty.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import io.phaseline.netty.wire.Tls;
import java.net.InetSocketAddress;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections to one server.
 *
 * @param loops who serves them
 * @param all every connection that is open
 * @param host the server's name or address
 * @param port the server's port
 * @param secure whether over TLS
 * @param trusted whose certificates are believed; null for those that the JDK believes
 * @param connectMillis the time-out, in milliseconds, and again for the TLS handshake
 */
record Connector(
        EventLoopGroup loops,
        ChannelGroup all,
        String host,
        int port,
        boolean secure,
        @Nullable TrustManagerFactory trusted,
        int connectMillis) {

    private static final AttributeKey<Throwable> TLS_FAILURE = AttributeKey.valueOf(Connector.class, "tlsFailure");

    /** A bootstrap without a handler. */
    Bootstrap bootstrap(EventLoopGroup group) {
        return new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectMillis)
                .remoteAddress(InetSocketAddress.createUnresolved(host, port));
    }

    /** What TLS needs; null in cleartext. */
    @Nullable
    SslContext tls(List<String> protocols) throws SSLException {
        return secure ? Tls.forClient(trusted, protocols) : null;
    }

    /** The first thing to do with a new channel. */
    void begin(Channel channel, @Nullable SslContext tls) {
        all.add(channel);
        if (tls != null) {
            SslHandler handler = tls.newHandler(channel.alloc(), host, port);
            SSLParameters parameters = handler.engine().getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS"); // Netty 4.1 does not by itself
            handler.engine().setSSLParameters(parameters);
            handler.setHandshakeTimeoutMillis(connectMillis);
            channel.pipeline().addLast(handler);
            handler.handshakeFuture()
                    .addListener(agreed -> channel.attr(TLS_FAILURE).set(agreed.cause()));
        }
    }

    /** Why TLS was not agreed on, also when the channel has closed since; null if that did not fail. */
    static @Nullable Throwable tlsFailure(Channel channel) {
        return channel.attr(TLS_FAILURE).get();
    }
}
