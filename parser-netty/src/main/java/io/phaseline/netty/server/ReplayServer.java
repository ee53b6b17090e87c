package io.phaseline.netty.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.phaseline.netty.wire.EventLoops;
import io.phaseline.netty.wire.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Serves captures as if it were the real endpoint; see the package for its paths, and what a request may choose.
 *
 * <pre>{@code
 * try (ReplayServer server = ReplayServer.builder()
 *         .capture(Capture.read(Path.of("reply.sse")))
 *         .cutBytes(7)
 *         .fault(new Fault(Fault.Kind.RESET, 3))
 *         .start()) {
 *     … talk to server.uri() …
 * }
 * }</pre>
 *
 * <p>What it holds for a slow client is bounded: a channel's write buffer (64 KiB) and one piece of a capture, which is
 * not copied. Its threads are its own, and daemons. Safe for use by many threads.
 */
public final class ReplayServer implements AutoCloseable {
    private final EventLoopGroup loops;
    private final ChannelGroup connections;
    private final ReplayService service;
    private final Channel listening;
    private final boolean secure;

    private ReplayServer(
            EventLoopGroup loops, ChannelGroup connections, ReplayService service, Channel listening, boolean secure) {
        this.service = service;
        this.loops = loops;
        this.connections = connections;
        this.listening = listening;
        this.secure = secure;
    }

    /**
     * Begins to describe a server.
     *
     * @return a builder with the defaults
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Describes a server. Not safe for use by many threads. */
    public static final class Builder {
        private static final int BACKLOG = 4_096;

        private final List<Capture> captures = new ArrayList<>();
        private InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        private Plan plan = Plan.DEFAULT;
        private @Nullable String apiKey;
        private @Nullable KeyManagerFactory keys;
        private int maxRequestBytes = 16 << 20;
        private int maxStreams = 20_000;
        private int threads = 1;

        private Builder() {}

        /**
         * Adds a capture.
         *
         * @param capture what to serve
         * @return this builder
         */
        public Builder capture(Capture capture) {
            captures.add(Objects.requireNonNull(capture, "capture"));
            return this;
        }

        /**
         * Adds captures.
         *
         * @param more what to serve
         * @return this builder
         */
        public Builder captures(Collection<Capture> more) {
            more.forEach(this::capture);
            return this;
        }

        /**
         * Where to listen; a free port of the loopback interface by default. Whoever can reach the address is served.
         *
         * @param where address and port; port 0 for a free one
         * @return this builder
         */
        public Builder address(InetSocketAddress where) {
            address = Objects.requireNonNull(where, "where");
            return this;
        }

        /**
         * When bytes are sent; {@link Pace#AT_ONCE} by default.
         *
         * @param pace the pace of requests that do not choose one
         * @return this builder
         */
        public Builder pace(Pace pace) {
            plan = plan.withPace(pace);
            return this;
        }

        /**
         * The size of network writes; whole frames by default, or what was read at once where the pace is as recorded.
         *
         * @param bytes at most so many bytes of the body in one write, each sent on its way before the next; 0 for the
         *     default
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder cutBytes(int bytes) {
            plan = plan.withCutBytes(bytes);
            return this;
        }

        /**
         * What goes wrong in each reply; nothing by default.
         *
         * @param fault what and where; null for nothing
         * @return this builder
         */
        public Builder fault(@Nullable Fault fault) {
            plan = plan.withFault(fault);
            return this;
        }

        /**
         * The only key that is let in; by default everybody is.
         *
         * @param key what has to follow {@code Authorization: Bearer}; null for everybody
         * @return this builder
         */
        public Builder apiKey(@Nullable String key) {
            apiKey = key;
            return this;
        }

        /**
         * Serves over TLS, with HTTP/2 by ALPN.
         *
         * @param keys the server's certificate and its key; null for cleartext, the default
         * @return this builder
         */
        public Builder tls(@Nullable KeyManagerFactory keys) {
            this.keys = keys;
            return this;
        }

        /**
         * The longest body of a request, in bytes; 16 MiB by default. A longer one is refused with status 413.
         *
         * @param bytes 1 or more
         * @return this builder
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder maxRequestBytes(int bytes) {
            maxRequestBytes = positive("maxRequestBytes", bytes);
            return this;
        }

        /**
         * How many streams a connection of HTTP/2 may have open at once, as a count; 20,000 by default.
         *
         * @param count 1 or more
         * @return this builder
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder maxConcurrentStreams(int count) {
            maxStreams = positive("maxConcurrentStreams", count);
            return this;
        }

        /**
         * How many threads serve; 1 by default.
         *
         * @param count 1 or more
         * @return this builder
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder threads(int count) {
            threads = positive("threads", count);
            return this;
        }

        private static int positive(String name, int value) {
            if (value < 1) {
                throw new IllegalArgumentException(name + " must be positive: " + value);
            }
            return value;
        }

        /**
         * Starts to listen.
         *
         * @return a server, to be closed
         * @throws IllegalArgumentException if captures are to be served as recorded that have no times
         * @throws IOException if the address cannot be listened at, or the TLS keys cannot be used
         */
        public ReplayServer start() throws IOException {
            if (plan.pace().kind() == Pace.Kind.RECORDED) {
                captures.stream()
                        .filter(capture -> !capture.hasTimes())
                        .findFirst()
                        .ifPresent(capture -> {
                            throw new IllegalArgumentException(
                                    "no times were recorded with the capture " + capture.name());
                        });
            }
            ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
            ReplayService service = new ReplayService(new Repertoire(captures), plan, apiKey);
            ServerPipeline pipeline = new ServerPipeline(
                    service, connections, maxRequestBytes, maxStreams, keys == null ? null : Tls.forServer(keys));
            EventLoopGroup loops = EventLoops.nio("phaseline-server", threads);
            ChannelFuture bound = new ServerBootstrap()
                    .group(loops)
                    .channel(NioServerSocketChannel.class)
                    .option(ChannelOption.SO_BACKLOG, BACKLOG)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childHandler(pipeline)
                    .bind(address)
                    .awaitUninterruptibly();
            Throwable failure = bound.cause();
            if (failure != null) {
                loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
                throw new IOException("cannot listen at " + address + ": " + failure.getMessage(), failure);
            }
            return new ReplayServer(loops, connections, service, bound.channel(), keys != null);
        }
    }

    /**
     * Where it listens.
     *
     * @return the port
     */
    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /**
     * Where it listens.
     *
     * @return scheme, address and port, without a path
     */
    public URI uri() {
        String host =
                ((InetSocketAddress) listening.localAddress()).getAddress().getHostAddress();
        String literal = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return URI.create((secure ? "https" : "http") + "://" + literal + ":" + port());
    }

    /**
     * How many connections are open now.
     *
     * @return a count
     */
    public int openConnections() {
        return connections.size();
    }

    /**
     * How many connections were made since the start.
     *
     * @return a count
     */
    public int connectionsMade() {
        return service.connectionsMade();
    }

    /**
     * How many replies are being sent now.
     *
     * @return a count
     */
    public int repliesInPlay() {
        return service.repliesInPlay();
    }

    /** The connections, for tests. */
    ChannelGroup connections() {
        return connections;
    }

    /** Closes every connection, whatever is being sent on it, and waits until that is done. */
    @Override
    public void close() {
        listening.close().awaitUninterruptibly();
        connections.close().awaitUninterruptibly();
        loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
