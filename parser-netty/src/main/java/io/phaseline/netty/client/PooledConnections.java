package io.phaseline.netty.client;

import io.netty.channel.Channel;
import io.netty.channel.pool.AbstractChannelPoolHandler;
import io.netty.channel.pool.ChannelHealthChecker;
import io.netty.channel.pool.FixedChannelPool;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.Future;
import java.util.List;
import javax.net.ssl.SSLException;

/** HTTP/1.1: a request has a connection for itself, and leaves it to another one when it is done. */
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for a connection to be given back
final class PooledConnections implements Connections {
    private static final int NO_TIMEOUT = -1;

    private final FixedChannelPool pool;

    /**
     * A pool.
     *
     * @param maxConnections how many connections may be open at once
     * @param maxWaiting how many requests may wait for one
     */
    PooledConnections(Connector connector, int maxConnections, int maxWaiting) throws SSLException {
        SslContext tls = connector.tls(List.of(ApplicationProtocolNames.HTTP_1_1));
        this.pool = new FixedChannelPool(
                connector.bootstrap(connector.loops()),
                new AbstractChannelPoolHandler() {
                    @Override
                    public void channelCreated(Channel channel) {
                        connector.begin(channel, tls);
                        channel.pipeline().addLast(new HttpClientCodec());
                    }
                },
                ChannelHealthChecker.ACTIVE,
                null, // a request has a time-out of its own for the whole
                NO_TIMEOUT,
                maxConnections,
                maxWaiting);
    }

    @Override
    public Future<Channel> acquire() {
        return pool.acquire();
    }

    @Override
    public void release(Channel channel, boolean reusable) {
        if (reusable) {
            pool.release(channel);
        } else {
            channel.close().addListener(closed -> pool.release(channel));
        }
    }
}
