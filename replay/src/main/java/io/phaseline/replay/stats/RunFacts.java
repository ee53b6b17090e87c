package io.phaseline.replay.stats;

import java.util.List;

/**
 * What is known of a run beside its streams. Only what is the same whenever it is run again.
 *
 * @param inputs inputs that were read
 * @param unreadable inputs that could not be read, or not to their end
 * @param rawBytes bytes of all inputs as they lie there, before decompression
 * @param problems what was said about inputs, in words; at most as many as the caller cares to keep
 */
public record RunFacts(long inputs, long unreadable, long rawBytes, List<String> problems) {}
