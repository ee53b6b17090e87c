package io.phaseline.netty.client;

import io.netty.handler.codec.http2.Http2Exception;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import javax.net.ssl.SSLException;

/**
 * When a request is made again. Only before the first byte of a body was taken: a connection that cannot be made or
 * breaks, an HTTP/2 stream that is reset, and the statuses 429, 500, 502, 503 and 504. Not after a time-out for the first
 * byte, for the model may be at work; not when TLS or a name fails, for that would fail again.
 *
 * <p>Before the n-th retry the client waits {@code firstBackoff} times two to the power of n - 1, at most
 * {@code maxBackoff}, of which a random half is left out; or as long as a {@code Retry-After} header says.
 *
 * @param maxRetries how often, as a count; 2 by default
 * @param firstBackoff the wait before the first retry; 500 ms by default
 * @param maxBackoff the longest wait of its own accord; 8 s by default
 * @param maxRetryAfter the longest wait that a server may ask for; 1 min by default. If it asks for a longer one, its
 *     answer is the reply
 */
public record RetryPolicy(int maxRetries, Duration firstBackoff, Duration maxBackoff, Duration maxRetryAfter) {
    /** The defaults named above. */
    public static final RetryPolicy DEFAULT =
            new RetryPolicy(2, Duration.ofMillis(500), Duration.ofSeconds(8), Duration.ofMinutes(1));

    /** No retries. */
    public static final RetryPolicy NONE = DEFAULT.withMaxRetries(0);

    private static final Set<Integer> STATUSES = Set.of(429, 500, 502, 503, 504);

    /**
     * Checks that nothing is negative.
     *
     * @param maxRetries as above
     * @param firstBackoff as above
     * @param maxBackoff as above
     * @param maxRetryAfter as above
     * @throws IllegalArgumentException if something is
     */
    public RetryPolicy {
        if (maxRetries < 0 || firstBackoff.isNegative() || maxBackoff.isNegative() || maxRetryAfter.isNegative()) {
            throw new IllegalArgumentException("retries and waits must not be negative");
        }
    }

    /**
     * This policy with another number of retries.
     *
     * @param count how often
     * @return a new policy
     */
    public RetryPolicy withMaxRetries(int count) {
        return new RetryPolicy(count, firstBackoff, maxBackoff, maxRetryAfter);
    }

    /**
     * This policy with another wait before the first retry.
     *
     * @param wait how long
     * @return a new policy
     */
    public RetryPolicy withFirstBackoff(Duration wait) {
        return new RetryPolicy(maxRetries, wait, maxBackoff, maxRetryAfter);
    }

    boolean retriesStatus(int status) {
        return STATUSES.contains(status);
    }

    boolean retriesFailure(Throwable failure) {
        boolean ofNoUse = failure instanceof SSLException
                || failure instanceof UnknownHostException
                || failure instanceof SocketTimeoutException;
        return !ofNoUse && (failure instanceof IOException || failure instanceof Http2Exception);
    }

    /**
     * How long to wait before a retry.
     *
     * @param retry which one, from 1
     * @param random 0 to 1
     */
    Duration backoff(int retry, double random) {
        double grown = firstBackoff.toNanos() * Math.pow(2, retry - 1.0);
        double longest = grown < maxBackoff.toNanos() ? grown : maxBackoff.toNanos();
        return Duration.ofNanos((long) (longest * (1 - random / 2)));
    }
}
