package io.phaseline.replay.flow;

/**
 * When a stream is closed whose frames stand among those of others.
 *
 * @param maxOpenStreams streams that are open at the same time, as a count; 1,000 by default. One more closes the one
 *     whose last frame is the longest ago
 * @param idleFrames frames of the input since the stream's last one, as a count; 100,000 by default
 */
public record Interleaving(int maxOpenStreams, long idleFrames) {
    /** The defaults named above. */
    public static final Interleaving DEFAULT = new Interleaving(1_000, 100_000);
}
