package io.phaseline.replay.stats;

/**
 * Tells when the bytes that are being fed to a parser arrived, where that was recorded.
 *
 * <p>Used on the thread that feeds the parser. Times are nanoseconds on any one clock: only differences are used.
 */
public interface ArrivalClock {
    /** No time was recorded. */
    long UNKNOWN = Long.MIN_VALUE;

    /** Nothing was recorded. */
    ArrivalClock NONE = () -> UNKNOWN;

    /**
     * When the network read arrived that is being fed now.
     *
     * @return nanoseconds, never falling; {@link #UNKNOWN} where it was not recorded
     */
    long nanos();

    /**
     * When the request was sent whose response is being fed now.
     *
     * @return nanoseconds on the same clock; {@link #UNKNOWN} where it was not recorded
     */
    default long requestNanos() {
        return UNKNOWN;
    }
}
