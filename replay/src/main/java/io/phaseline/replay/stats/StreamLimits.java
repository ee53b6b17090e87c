package io.phaseline.replay.stats;

/**
 * What is kept of one stream while it is read. What goes beyond is counted, and the record says so.
 *
 * @param maxPhases phases that are kept in their order, as a count; 1,000 by default. Later ones add up by phase
 * @param maxErrors errors that are kept, as a count; 1,000 by default
 * @param maxTextBytes texts of the model and of its tools that are kept together, in bytes of UTF-8; 256 MiB by default,
 *     none where nobody reads them
 */
public record StreamLimits(int maxPhases, int maxErrors, long maxTextBytes) {
    /** With all texts. */
    public static final StreamLimits WHOLE_TEXTS = new StreamLimits(1_000, 1_000, 256L << 20);

    /** With the beginning of the texts, for a report: more than one stream shows there. */
    public static final StreamLimits EXCERPTS = WHOLE_TEXTS.withMaxTextBytes(4L * TotalsLimits.DEFAULT.maxTextChars());

    /** Without texts. */
    public static final StreamLimits NO_TEXTS = WHOLE_TEXTS.withMaxTextBytes(0);

    /**
     * These limits with another one for texts.
     *
     * @param bytes in bytes
     * @return new limits
     */
    public StreamLimits withMaxTextBytes(long bytes) {
        return new StreamLimits(maxPhases, maxErrors, bytes);
    }
}
