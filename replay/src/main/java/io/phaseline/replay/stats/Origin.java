package io.phaseline.replay.stats;

/**
 * Where a stream was found.
 *
 * @param input which input of the run, from 0, in the order in which they are listed
 * @param source the input's name as it is printed
 * @param ordinal which stream of the whole run, from 0, in the order in which they are printed
 */
public record Origin(int input, String source, long ordinal) {
    /** Of a record that nobody has placed yet. */
    static final Origin NOWHERE = new Origin(0, "-", 0);
}
