package io.phaseline.replay.stats;

/**
 * What totals keep apart. The rest is added up under "other", whatever the order in which it comes: the first names in
 * alphabetical order are the ones kept.
 *
 * @param maxModels pairs of dialect and model, as a count; 32 by default
 * @param maxNames names of one sort in each of them: types of tools, finish reasons, error codes, anomalies; as a count;
 *     64 by default
 * @param maxNameChars how much of a name is looked at, in UTF-16 units; 120 by default
 * @param maxSlots points of what is drawn in the order of the streams, as a count; 240 by default. Where there are more
 *     streams, a point stands for several
 * @param maxChosen streams of each sort (first, slowest, failed) that are kept to be looked at, as a count; 20 by default
 * @param maxTextChars what is kept of the reasoning, of the answer and of all tool calls of such a stream, in UTF-16
 *     units each; 32,768 by default
 */
public record TotalsLimits(
        int maxModels, int maxNames, int maxNameChars, int maxSlots, int maxChosen, int maxTextChars) {
    /** The defaults named above. */
    public static final TotalsLimits DEFAULT = new TotalsLimits(32, 64, 120, 240, 20, 1 << 15);

    /** As much of a name as is looked at. */
    String cut(String name) {
        return new TextBudget(maxNameChars).take(name);
    }
}
