package io.phaseline;

import io.phaseline.dialect.ChunkReader;

/**
 * Every bound on what a parser keeps, in one place. Whatever grows past one is reported as an error of kind
 * {@code limit} with its place, and the stream is read on.
 *
 * @param maxFrameBytes the payload of one frame, and any single line, in bytes; 64 MiB by default. A longer frame is
 *     passed over without being kept
 * @param maxDepth how deep objects and arrays may be nested in a payload, in levels; 1,000 by default. A deeper payload
 *     is reported as malformed
 * @param maxItems tool calls, and items of a Responses stream, that are remembered in one stream, as a count; 1,000 by
 *     default; also the entries of one list in a chunk that are read. Further ones are not heard
 * @param maxChoices choices of one stream that are told apart, as a count; 128 by default. Further ones are not heard
 * @param maxToolBytes the texts of tool calls remembered for comparison in one stream, in bytes of UTF-8; 128 MiB by
 *     default. A text that would pass it is not heard
 * @param maxBodyBytes a JSON or HTML body where an event stream should be, kept to be told apart and reported, in
 *     bytes; 1 MiB by default. The rest of a longer one is not kept
 */
public record ParserLimits(
        int maxFrameBytes, int maxDepth, int maxItems, int maxChoices, long maxToolBytes, int maxBodyBytes) {
    /** The defaults named above. */
    public static final ParserLimits DEFAULT = new ParserLimits(64 << 20, 1_000, 1_000, 128, 128L << 20, 1 << 20);

    /**
     * Checks that every limit is positive, and that a frame fits an array.
     *
     * @param maxFrameBytes as above
     * @param maxDepth as above
     * @param maxItems as above
     * @param maxChoices as above
     * @param maxToolBytes as above
     * @param maxBodyBytes as above
     * @throws IllegalArgumentException naming the limit that is not
     */
    public ParserLimits {
        positive("maxFrameBytes", maxFrameBytes);
        positive("maxDepth", maxDepth);
        positive("maxItems", maxItems);
        positive("maxChoices", maxChoices);
        positive("maxToolBytes", maxToolBytes);
        positive("maxBodyBytes", maxBodyBytes);
        if (maxFrameBytes > MAX_FRAME_BYTES) {
            throw new IllegalArgumentException("maxFrameBytes is at most " + MAX_FRAME_BYTES + ": " + maxFrameBytes);
        }
    }

    /**
     * Ids, types of tools, names of models and finish reasons that are longer than this are not remembered, in bytes:
     * an id is then no id, and a type none.
     */
    public static final int MAX_ID_BYTES = ChunkReader.MAX_ID_BYTES;

    /** The largest frame limit, in bytes: a frame has to fit one array. */
    public static final int MAX_FRAME_BYTES = 1 << 30;

    private static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive: " + value);
        }
    }

    /**
     * These limits with another frame limit.
     *
     * @param maxFrameBytes in bytes
     * @return new limits
     */
    public ParserLimits withMaxFrameBytes(int maxFrameBytes) {
        return new ParserLimits(maxFrameBytes, maxDepth, maxItems, maxChoices, maxToolBytes, maxBodyBytes);
    }
}
