package io.phaseline.replay.stats;

/** What {@code replay} can print. */
public enum Format {
    /** Totals for people. */
    summary,
    /** Totals as one JSON object. */
    json,
    /** A JSON object for each stream. */
    jsonl,
    /** A row for each stream. */
    csv;

    /**
     * Whether each stream is printed by itself, as soon as it is known.
     *
     * @return true if so; false where the totals are printed in the end
     */
    public boolean isPerStream() {
        return switch (this) {
            case summary, json -> false;
            case jsonl, csv -> true;
        };
    }

    /**
     * What has to be kept of a stream.
     *
     * @param texts whether texts are printed, where they can be
     * @param report whether a report is made
     * @return limits
     */
    public StreamLimits limits(boolean texts, boolean report) {
        if (this == jsonl && texts) {
            return StreamLimits.WHOLE_TEXTS;
        }
        return report ? StreamLimits.EXCERPTS : StreamLimits.NO_TEXTS;
    }
}
