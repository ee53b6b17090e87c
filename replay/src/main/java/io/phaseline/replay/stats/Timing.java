package io.phaseline.replay.stats;

/**
 * The times of one stream, where arrivals were recorded; docs/metrics.md defines them. All in nanoseconds; -1 where one
 * is not known: those from the request, where the moment of the request was not recorded.
 *
 * @param toFirstFrame from the request to the first frame
 * @param toFirstReasoning from the request to the first reasoning text
 * @param toFirstToken from the request to the first text of any kind
 * @param toFirstAnswer from the request to the first text that is no reasoning
 * @param requestLatency from the request to the last text
 * @param generation from the first text to the last
 * @param duration from the first frame to the last
 * @param gaps between texts that follow each other in different frames
 */
public record Timing(
        long toFirstFrame,
        long toFirstReasoning,
        long toFirstToken,
        long toFirstAnswer,
        long requestLatency,
        long generation,
        long duration,
        Distribution gaps) {
    /** Stands where a time is not known. */
    public static final long UNKNOWN = -1;

    static final Timing NONE =
            new Timing(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, new Distribution());
}
