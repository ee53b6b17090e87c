package io.phaseline;

import io.phaseline.event.Dialect;
import io.phaseline.state.StateReader;
import io.phaseline.state.StateWriter;
import org.jspecify.annotations.Nullable;

/**
 * How a parser is to read.
 *
 * @param dialect the wire format; null (the default) to tell it by the content
 * @param cumulative whether the texts of native frames repeat what came before ({@code incremental_output=false});
 *     false by default, and without meaning in the other dialects
 * @param manyStreams whether several streams may follow each other in the input, as in a log; false by default: one
 *     parser reads one response
 * @param limits the bounds on what is kept
 */
public record ParserOptions(@Nullable Dialect dialect, boolean cumulative, boolean manyStreams, ParserLimits limits) {
    /** Dialect by content, incremental texts, one stream, default limits. */
    public static final ParserOptions DEFAULT = new ParserOptions(null, false, false, ParserLimits.DEFAULT);

    /**
     * These options with a dialect.
     *
     * @param dialect the wire format, or null to tell it by the content
     * @return new options
     */
    public ParserOptions withDialect(@Nullable Dialect dialect) {
        return new ParserOptions(dialect, cumulative, manyStreams, limits);
    }

    /**
     * These options for native frames whose texts repeat what came before, or not.
     *
     * @param cumulative whether they do
     * @return new options
     */
    public ParserOptions withCumulative(boolean cumulative) {
        return new ParserOptions(dialect, cumulative, manyStreams, limits);
    }

    /**
     * These options for an input that holds many streams, or one.
     *
     * @param manyStreams whether many may follow each other
     * @return new options
     */
    public ParserOptions withManyStreams(boolean manyStreams) {
        return new ParserOptions(dialect, cumulative, manyStreams, limits);
    }

    /**
     * These options with other limits.
     *
     * @param limits the bounds
     * @return new options
     */
    public ParserOptions withLimits(ParserLimits limits) {
        return new ParserOptions(dialect, cumulative, manyStreams, limits);
    }

    void save(StateWriter out) {
        out.constant(dialect);
        out.flag(cumulative);
        out.flag(manyStreams);
        out.number(limits.maxFrameBytes());
        out.number(limits.maxDepth());
        out.number(limits.maxItems());
        out.number(limits.maxChoices());
        out.number(limits.maxToolBytes());
        out.number(limits.maxBodyBytes());
    }

    static ParserOptions load(StateReader in) {
        Dialect dialect = in.constant(Dialect.class);
        boolean cumulative = in.flag();
        boolean manyStreams = in.flag();
        int maxFrameBytes = in.number(1, ParserLimits.MAX_FRAME_BYTES);
        int maxDepth = in.number(1, Integer.MAX_VALUE);
        int maxItems = in.number(1, Integer.MAX_VALUE);
        int maxChoices = in.number(1, Integer.MAX_VALUE);
        long maxToolBytes = Math.max(1, in.number());
        int maxBodyBytes = in.number(1, Integer.MAX_VALUE);
        ParserLimits limits =
                new ParserLimits(maxFrameBytes, maxDepth, maxItems, maxChoices, maxToolBytes, maxBodyBytes);
        return new ParserOptions(dialect, cumulative, manyStreams, limits);
    }
}
