package io.phaseline.netty.client;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.phaseline.ParserOptions;
import io.phaseline.event.ResultAccumulator;
import io.phaseline.event.StreamEvent;
import io.phaseline.event.StreamListener;
import io.phaseline.event.StreamResult;
import io.phaseline.netty.wire.EventLoops;
import java.net.URI;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Asks one server for streams, and lets them be heard by a listener, as a publisher of events, or as a future of the
 * result.
 *
 * <pre>{@code
 * try (ModelClient client = ModelClient.builder(URI.create("https://dashscope-intl.aliyuncs.com"))
 *         .apiKey(System.getenv("DASHSCOPE_API_KEY"))
 *         .build()) {
 *     ModelRequest request = ModelRequest.codeInterpreter(Dialect.DASHSCOPE, "qwen3-max-2026-01-23", "123**21?");
 *     System.out.println(client.result(request).join().content());
 * }
 * }</pre>
 *
 * <p>What is heard comes from the bytes alone: an error body is a reply whose outcome is failed, not an exception. An
 * exception tells that there was no response, or that it broke off; then the listener has heard the stream end if it had
 * begun. Redirects are not followed, for they would carry the key elsewhere.
 *
 * <p>The key is sent in the header {@code Authorization} and stands in no text that the client makes.
 *
 * <p><b>Threads.</b> Safe for use by many threads. Listeners, subscribers and what depends on futures run on the client's
 * event loops and must not block them.
 */
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for sockets to be closed
public final class ModelClient implements AutoCloseable {
    private final URI server;
    private final String host;
    private final @Nullable String authorization;
    private final ParserOptions options;
    private final Timeouts timeouts;
    private final RetryPolicy retries;
    private final EventLoopGroup loops;
    private final ChannelGroup channels;
    private final Connections connections;

    private final Set<Exchange> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private ModelClient(Builder builder) throws SSLException {
        this.server = builder.server;
        this.host = builder.server.getRawAuthority();
        this.authorization = builder.apiKey == null ? null : "Bearer " + builder.apiKey;
        this.options = builder.options;
        this.timeouts = builder.timeouts;
        this.retries = builder.retries;
        this.loops = EventLoops.nio("phaseline-client", builder.threads);
        this.channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
        boolean secure = isSecure(server);
        Connector connector = new Connector(
                loops,
                channels,
                server.getHost(),
                server.getPort() >= 0 ? server.getPort() : secure ? 443 : 80,
                secure,
                builder.trusted,
                Math.toIntExact(timeouts.connect().toMillis()));
        try {
            this.connections = connections(connector, builder);
        } catch (SSLException e) {
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw e;
        }
    }

    private static Connections connections(Connector connector, Builder builder) throws SSLException {
        if (builder.transport == Transport.HTTP_2) {
            return new MultiplexedConnection(connector, null, builder.maxWaitingRequests);
        }
        Connections pool = new PooledConnections(connector, builder.maxConnections, builder.maxWaitingRequests);
        boolean byNegotiation = builder.transport == Transport.AUTO && connector.secure();
        return byNegotiation ? new MultiplexedConnection(connector, pool, builder.maxWaitingRequests) : pool;
    }

    private static boolean isSecure(URI server) {
        return "https".equalsIgnoreCase(server.getScheme());
    }

    /**
     * Begins to describe a client.
     *
     * @param server scheme ({@code http} or {@code https}), host, and port if it is not the usual one
     * @return a builder with the defaults
     * @throws IllegalArgumentException if the URI is of another kind, or has a path, a query or a user in it
     */
    public static Builder builder(URI server) {
        return new Builder(server);
    }

    /** Describes a client. Not safe for use by many threads. */
    public static final class Builder {
        private final URI server;
        private @Nullable String apiKey;
        private ParserOptions options = ParserOptions.DEFAULT;
        private Timeouts timeouts = Timeouts.DEFAULT;
        private RetryPolicy retries = RetryPolicy.DEFAULT;
        private Transport transport = Transport.AUTO;
        private @Nullable TrustManagerFactory trusted;
        private int maxConnections = 64;
        private int maxWaitingRequests = 10_000;
        private int threads = 1;

        private Builder(URI server) {
            boolean http = "http".equalsIgnoreCase(server.getScheme()) || isSecure(server);
            boolean bare = (server.getRawPath() == null
                            || server.getRawPath().isEmpty()
                            || server.getRawPath().equals("/"))
                    && server.getRawQuery() == null
                    && server.getRawFragment() == null
                    && server.getRawUserInfo() == null;
            if (!http || !bare || server.getHost() == null) {
                throw new IllegalArgumentException(
                        "a server is http:// or https:// with a host and maybe a port, and nothing else");
            }
            this.server = server;
        }

        /**
         * The key, sent as {@code Authorization: Bearer}; none by default.
         *
         * @param key visible ASCII characters; null for none
         * @return this builder
         * @throws IllegalArgumentException if it is something else; does not quote it
         */
        public Builder apiKey(@Nullable String key) {
            if (key != null && (key.isEmpty() || key.chars().anyMatch(c -> c <= ' ' || c >= 0x7F))) {
                throw new IllegalArgumentException("an API key has visible ASCII characters only");
            }
            apiKey = key;
            return this;
        }

        /**
         * How replies are read; by default their dialect is told by the content.
         *
         * @param options for one response
         * @return this builder
         * @throws IllegalArgumentException if the options allow for many streams
         */
        public Builder parserOptions(ParserOptions options) {
            if (options.manyStreams()) {
                throw new IllegalArgumentException("one reply, but the options allow for many streams");
            }
            this.options = options;
            return this;
        }

        /**
         * How long a request may take; {@link Timeouts#DEFAULT} by default.
         *
         * @param timeouts the time-outs
         * @return this builder
         */
        public Builder timeouts(Timeouts timeouts) {
            this.timeouts = Objects.requireNonNull(timeouts, "timeouts");
            return this;
        }

        /**
         * When a request is made again; {@link RetryPolicy#DEFAULT} by default.
         *
         * @param retries the policy
         * @return this builder
         */
        public Builder retries(RetryPolicy retries) {
            this.retries = Objects.requireNonNull(retries, "retries");
            return this;
        }

        /**
         * Which HTTP is spoken; {@link Transport#AUTO} by default.
         *
         * @param transport the kind
         * @return this builder
         */
        public Builder transport(Transport transport) {
            this.transport = Objects.requireNonNull(transport, "transport");
            return this;
        }

        /**
         * Whose certificates are believed; those that the JDK believes by default.
         *
         * @param trusted what tells it; null for the default
         * @return this builder
         */
        public Builder trusted(@Nullable TrustManagerFactory trusted) {
            this.trusted = trusted;
            return this;
        }

        /**
         * How many connections of HTTP/1.1 may be open at once, as a count; 64 by default. So many streams can run at
         * once.
         *
         * @param count 1 or more
         * @return this builder
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder maxConnections(int count) {
            maxConnections = positive("maxConnections", count);
            return this;
        }

        /**
         * How many requests may wait for a connection of HTTP/1.1, or a stream of HTTP/2, as a count; 10,000 by default.
         * Further ones fail at once.
         *
         * @param count 1 or more
         * @return this builder
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder maxWaitingRequests(int count) {
            maxWaitingRequests = positive("maxWaitingRequests", count);
            return this;
        }

        /**
         * How many event loops there are, as a count of threads; 1 by default.
         *
         * @param count 1 or more
         * @return this builder
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder threads(int count) {
            threads = positive("threads", count);
            return this;
        }

        private static int positive(String name, int count) {
            if (count < 1) {
                throw new IllegalArgumentException(name + " must be positive: " + count);
            }
            return count;
        }

        /**
         * Makes the client. Nothing is connected yet.
         *
         * @return a client, to be closed
         * @throws SSLException if the trusted certificates cannot be used
         */
        public ModelClient build() throws SSLException {
            return new ModelClient(this);
        }
    }

    // Requests.

    /**
     * Sends a request and lets a listener hear the reply, on an event loop.
     *
     * @param request what to ask
     * @param listener hears the reply
     * @return completes with null when the listener has heard the end; exceptionally if there was no response or it
     *     broke off, or with what the listener threw. Completing it from outside, by {@link CompletableFuture#cancel} or
     *     otherwise, gives the request up: the connection is closed (HTTP/2: the stream is reset), and nothing more is
     *     heard
     * @throws IllegalStateException if the client is closed
     */
    public CompletableFuture<@Nullable Void> listen(ModelRequest request, StreamListener listener) {
        return listen(request, listener, null);
    }

    /**
     * Sends a request, and lets a listener hear the reply and a tap its bytes; as {@link #listen(ModelRequest,
     * StreamListener)}, but what is returned completes when the body is over, even if the reply was before.
     *
     * @param request what to ask
     * @param listener hears the reply
     * @param tap hears the bytes of the body; null if nobody is to
     * @return as there
     * @throws IllegalStateException if the client is closed
     */
    public CompletableFuture<@Nullable Void> listen(
            ModelRequest request, StreamListener listener, @Nullable BodyTap tap) {
        CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
        ListenerReply reply =
                new ListenerReply(options, Objects.requireNonNull(listener, "listener"), ended, tap != null);
        Exchange exchange = exchange(request, reply, tap);
        var unused = ended.whenComplete((nothing, failure) -> {
            if (!reply.isTold()) {
                exchange.cancel();
            }
        });
        start(exchange);
        return ended;
    }

    /**
     * Sends a request and joins the reply.
     *
     * @param request what to ask
     * @return completes with the result, whatever its outcome; exceptionally if there was no response or it broke off.
     *     Completing it from outside gives the request up
     * @throws IllegalStateException if the client is closed
     */
    public CompletableFuture<StreamResult> result(ModelRequest request) {
        CompletableFuture<StreamResult> result = new CompletableFuture<>();
        AtomicReference<@Nullable StreamResult> heard = new AtomicReference<>();
        CompletableFuture<@Nullable Void> ended = listen(request, new ResultAccumulator(heard::set));
        var unused = ended.whenComplete((nothing, failure) -> {
            if (failure == null) {
                result.complete(Objects.requireNonNull(heard.get()));
            } else {
                result.completeExceptionally(failure);
            }
        });
        var unusedToo = result.whenComplete((nothing, failure) -> ended.cancel(false));
        return result;
    }

    /**
     * A publisher of the reply's events. Each subscription sends the request anew, and has events at the pace it asks for
     * them; at most one network read is kept for it, and the server is not read meanwhile.
     *
     * <p>Follows the rules of {@link Flow} (Reactive Streams 1.0). After the last event, {@link StreamEvent.Ended}, comes
     * {@code onComplete}; {@code onError} if there was no response, or after the events so far if it broke off.
     * {@code cancel} gives the request up. A closed client gives {@code onError} with an {@link IllegalStateException}.
     *
     * @param request what to ask
     * @return a publisher
     */
    public Flow.Publisher<StreamEvent> publish(ModelRequest request) {
        Objects.requireNonNull(request, "request");
        return subscriber -> {
            AtomicReference<@Nullable Exchange> sent = new AtomicReference<>();
            PublisherReply reply = new PublisherReply(
                    options, Objects.requireNonNull(subscriber, "subscriber"), () -> cancel(sent.get()));
            Exchange exchange = exchange(request, reply, null);
            sent.set(exchange);
            try {
                reply.subscribe();
                start(exchange);
            } catch (RuntimeException e) {
                reply.fail(e);
            }
        };
    }

    private static void cancel(@Nullable Exchange exchange) {
        if (exchange != null) {
            exchange.cancel();
        }
    }

    private Exchange exchange(ModelRequest request, Reply reply, @Nullable BodyTap tap) {
        Exchange.HttpCall call = new Exchange.HttpCall(request, headers(request));
        return new Exchange(connections, loops, call, timeouts, retries, reply, tap);
    }

    private HttpHeaders headers(ModelRequest request) {
        HttpHeaders headers = new DefaultHttpHeaders()
                .set(HttpHeaderNames.HOST, host)
                .set(HttpHeaderNames.ACCEPT, "text/event-stream")
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .set(HttpHeaderNames.CONTENT_LENGTH, request.bytes().length)
                .set(HttpHeaderNames.USER_AGENT, "phaseline");
        request.headers().forEach(headers::set);
        if (authorization != null) {
            headers.set(HttpHeaderNames.AUTHORIZATION, authorization);
        }
        return headers;
    }

    private void start(Exchange exchange) {
        running.add(exchange);
        var unused = exchange.done().whenComplete((nothing, failure) -> running.remove(exchange));
        if (closed) {
            running.remove(exchange);
            throw new IllegalStateException("the client is closed");
        }
        exchange.start();
    }

    // Ends.

    /**
     * Takes no more requests, waits until those that were made are over, and lets all connections go. If the thread is
     * interrupted, does not wait any longer, as {@link #closeNow()}.
     *
     * @throws IllegalStateException on one of the client's own event loops, which would wait for itself
     */
    @Override
    public void close() {
        for (EventExecutor loop : loops) {
            if (loop.inEventLoop()) {
                throw new IllegalStateException("a listener cannot close its client; closeNow() can");
            }
        }
        closed = true;
        try {
            CompletableFuture.allOf(running.stream().map(Exchange::done).toArray(CompletableFuture<?>[]::new))
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new AssertionError("nobody completes it so", e);
        }
        closeNow();
        if (!Thread.currentThread().isInterrupted()) {
            loops.terminationFuture().awaitUninterruptibly();
        }
    }

    /** Gives up all requests, and lets all connections go; does not wait for that. May be called by a listener. */
    public void closeNow() {
        closed = true;
        running.forEach(Exchange::cancel);
        channels.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    /** The server's address; never the key. */
    @Override
    public String toString() {
        return "ModelClient[" + server + "]";
    }
}
