package io.phaseline.netty.client;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request and its reply, over as many attempts as that takes.
 *
 * <p>An attempt gets a channel, sends the request, and waits for the first byte of a body in a {@link ResponseGate}. If
 * it fails before that, another one may follow; from then on there is one response, and the {@link Reply} has it.
 *
 * <p>Safe for use by many threads: its state is guarded by its monitor, and nobody else is called meanwhile.
 */
final class Exchange {
    private final Connections connections;
    private final EventLoopGroup loops;
    private final HttpCall call;
    private final Timeouts timeouts;
    private final RetryPolicy retries;
    private final Reply reply;
    private final @Nullable BodyTap tap;

    /** Completes when the exchange holds no channel any more, and will not take another. */
    private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();

    private int retriesMade;
    private boolean over;
    private boolean begun;
    private @Nullable ResponseGate gate;
    private @Nullable Future<?> wholeTimer;
    private @Nullable Future<?> retryTimer;

    Exchange(
            Connections connections,
            EventLoopGroup loops,
            HttpCall call,
            Timeouts timeouts,
            RetryPolicy retries,
            Reply reply,
            @Nullable BodyTap tap) {
        this.connections = connections;
        this.loops = loops;
        this.call = call;
        this.timeouts = timeouts;
        this.retries = retries;
        this.reply = reply;
        this.tap = tap;
    }

    /**
     * What is sent.
     *
     * @param request the caller's
     * @param headers all headers, the key's among them
     */
    record HttpCall(ModelRequest request, HttpHeaders headers) {
        FullHttpRequest message() {
            return new DefaultFullHttpRequest(
                    HttpVersion.HTTP_1_1,
                    HttpMethod.POST,
                    request.path(),
                    Unpooled.wrappedBuffer(request.bytes()),
                    headers,
                    EmptyHttpHeaders.INSTANCE);
        }

        /** Headers may be secret. */
        @Override
        public String toString() {
            return request.toString();
        }
    }

    CompletableFuture<@Nullable Void> done() {
        return done;
    }

    Timeouts timeouts() {
        return timeouts;
    }

    @Nullable
    BodyTap tap() {
        return tap;
    }

    Reply reply() {
        return reply;
    }

    void start() {
        synchronized (this) {
            if (over) {
                return;
            }
            wholeTimer =
                    loops.next().schedule(this::wholeTimedOut, timeouts.whole().toNanos(), TimeUnit.NANOSECONDS);
        }
        attempt();
    }

    private void attempt() {
        connections.acquire().addListener((Future<Channel> acquired) -> {
            if (acquired.isSuccess()) {
                connected(acquired.getNow());
            } else {
                Throwable cause = acquired.cause();
                attemptFailed(
                        cause instanceof IllegalStateException ? new IOException(cause.getMessage(), cause) : cause);
            }
        });
    }

    private void connected(Channel channel) {
        ResponseGate next = new ResponseGate(this);
        synchronized (this) {
            if (!over) {
                gate = next;
            }
        }
        if (isOver()) {
            connections.release(channel, false);
            done.complete(null);
            return;
        }
        channel.eventLoop().execute(() -> {
            channel.pipeline().addLast(next);
            channel.writeAndFlush(call.message()).addListener(next::sent);
        });
    }

    synchronized boolean isOver() {
        return over;
    }

    // What a gate tells, on its event loop.

    /** The first byte is here; false if nobody wants it any more. */
    synchronized boolean begin() {
        begun = !over;
        return begun;
    }

    /** Whether a response of this status is dropped in favour of another attempt, which then begins. */
    boolean dropsStatus(int status, @Nullable Duration retryAfter) {
        if (!retries.retriesStatus(status)) {
            return false;
        }
        if (retryAfter != null && retryAfter.compareTo(retries.maxRetryAfter()) > 0) {
            return false;
        }
        return retry(retryAfter);
    }

    /** An attempt has failed before its first byte. */
    void attemptFailed(Throwable cause) {
        if (retries.retriesFailure(cause) && retry(null)) {
            return;
        }
        boolean first;
        synchronized (this) {
            first = !over && !begun;
            over = true;
        }
        if (first) {
            reply.fail(cause);
        }
        finish();
    }

    private synchronized boolean retry(@Nullable Duration retryAfter) {
        if (over || retriesMade >= retries.maxRetries()) {
            return false;
        }
        retriesMade++;
        gate = null;
        Duration wait = retryAfter != null
                ? retryAfter
                : retries.backoff(retriesMade, ThreadLocalRandom.current().nextDouble());
        retryTimer = loops.next().schedule(this::attempt, wait.toNanos(), TimeUnit.NANOSECONDS);
        return true;
    }

    /** The gate of the response has let its channel go. */
    void released(Channel channel, boolean reusable) {
        connections.release(channel, reusable);
    }

    /** Nothing of the exchange goes on. */
    void finish() {
        synchronized (this) {
            over = true;
            cancel(wholeTimer);
            cancel(retryTimer);
        }
        done.complete(null);
    }

    private static void cancel(@Nullable Future<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    // What the caller does, or the clock.

    /** Gives the exchange up. */
    void cancel() {
        giveUp(new CancellationException("the request was cancelled"), ResponseGate::close);
    }

    private void wholeTimedOut() {
        SocketTimeoutException timeout = new SocketTimeoutException(
                "the reply was not over after " + timeouts.whole() + " (time-out \"whole\")");
        giveUp(timeout, open -> open.breakOff(timeout));
    }

    private void giveUp(Throwable why, Consumer<ResponseGate> end) {
        ResponseGate open;
        boolean hasNoResponse;
        synchronized (this) {
            if (over && !begun) {
                return;
            }
            over = true;
            hasNoResponse = !begun;
            open = gate;
            cancel(retryTimer);
        }
        if (hasNoResponse) {
            reply.fail(why);
        }
        if (open != null) {
            end.accept(open);
        } else {
            finish();
        }
    }
}
