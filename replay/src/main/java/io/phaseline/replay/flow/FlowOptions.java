package io.phaseline.replay.flow;

import io.phaseline.ParserOptions;
import io.phaseline.replay.stats.StreamLimits;
import org.jspecify.annotations.Nullable;

/**
 * How a run reads.
 *
 * @param parser how streams are read
 * @param limits what is kept of each
 * @param chunkBytes the parser is fed this many bytes at a time; 0 for as they come
 * @param threads workers, as a count
 * @param rangeBytes a larger uncompressed file is cut into ranges of about this many bytes
 * @param interleaving how frames of many streams are told apart; null if streams follow each other
 * @param followSeconds an input has ended when it has not grown for this many seconds; 0 at its end
 */
public record FlowOptions(
        ParserOptions parser,
        StreamLimits limits,
        int chunkBytes,
        int threads,
        int rangeBytes,
        @Nullable Interleaving interleaving,
        int followSeconds) {
    /** 64 MiB: each range costs a new parser that has learnt nothing yet, and about one stream that is read twice. */
    public static final int RANGE_BYTES = 64 << 20;

    /** How many bytes are read at a time. */
    static final int BLOCK_BYTES = 1 << 18;
}
