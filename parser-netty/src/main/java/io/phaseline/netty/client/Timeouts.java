package io.phaseline.netty.client;

import java.time.Duration;

/**
 * How long a request may take. What takes longer ends with a {@link java.net.SocketTimeoutException} that names the
 * time-out.
 *
 * @param connect for a connection, and again for its TLS handshake; 10 s by default
 * @param firstByte from when a request was sent to the first byte of the body; 2 min by default
 * @param idle from one network read of the body to the next, while more is wanted; 2 min by default (a Chat Completions
 *     stream is silent while code runs)
 * @param whole from the call to the end of the reply, with all retries; 30 min by default
 */
public record Timeouts(Duration connect, Duration firstByte, Duration idle, Duration whole) {
    private static final Duration MAX = Duration.ofDays(1);

    /** The defaults named above. */
    public static final Timeouts DEFAULT =
            new Timeouts(Duration.ofSeconds(10), Duration.ofMinutes(2), Duration.ofMinutes(2), Duration.ofMinutes(30));

    /**
     * Checks that each is more than nothing, and not more than a day.
     *
     * @param connect as above
     * @param firstByte as above
     * @param idle as above
     * @param whole as above
     * @throws IllegalArgumentException naming the one that is not
     */
    public Timeouts {
        check("connect", connect);
        check("firstByte", firstByte);
        check("idle", idle);
        check("whole", whole);
    }

    private static void check(String name, Duration timeout) {
        if (timeout.toMillis() < 1 || timeout.compareTo(MAX) > 0) {
            throw new IllegalArgumentException(name + " must be 1 ms to 1 day: " + timeout);
        }
    }

    /**
     * These time-outs with another one for connecting.
     *
     * @param timeout 1 ms to 1 day
     * @return new time-outs
     */
    public Timeouts withConnect(Duration timeout) {
        return new Timeouts(timeout, firstByte, idle, whole);
    }

    /**
     * These time-outs with another one for the first byte.
     *
     * @param timeout 1 ms to 1 day
     * @return new time-outs
     */
    public Timeouts withFirstByte(Duration timeout) {
        return new Timeouts(connect, timeout, idle, whole);
    }

    /**
     * These time-outs with another one between network reads.
     *
     * @param timeout 1 ms to 1 day
     * @return new time-outs
     */
    public Timeouts withIdle(Duration timeout) {
        return new Timeouts(connect, firstByte, timeout, whole);
    }

    /**
     * These time-outs with another one for the whole.
     *
     * @param timeout 1 ms to 1 day
     * @return new time-outs
     */
    public Timeouts withWhole(Duration timeout) {
        return new Timeouts(connect, firstByte, idle, timeout);
    }
}
