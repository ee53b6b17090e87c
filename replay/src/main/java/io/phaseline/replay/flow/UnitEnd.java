package io.phaseline.replay.flow;

import java.util.List;

/**
 * How the reading of a unit ended.
 *
 * @param end where the first stream begins that is not of this unit, in bytes; {@link #INPUT_END} if there is none
 * @param nextRange the range that begins there
 * @param rawBytes how long the input is as it lies there, where it ends
 * @param complaints what has to be said about the input, in order
 * @param isWhole false if it was told to stop before its end
 */
record UnitEnd(long end, int nextRange, long rawBytes, List<Complaint> complaints, boolean isWhole) {
    /** Nothing of the input follows. */
    static final long INPUT_END = Long.MAX_VALUE;

    /** All of the input was read, or as much as can be. */
    static UnitEnd ofInput(long rawBytes, List<Complaint> complaints) {
        return new UnitEnd(INPUT_END, 0, rawBytes, complaints, true);
    }

    /** The reader was told to stop. */
    static UnitEnd stopped(List<Complaint> complaints) {
        return new UnitEnd(INPUT_END, 0, 0, complaints, false);
    }

    /**
     * Something to be said about an input.
     *
     * @param source the input's name
     * @param what in words
     * @param severity what it means for the exit status
     */
    record Complaint(String source, String what, Severity severity) {}

    /** What a complaint means. */
    enum Severity {
        /** Nothing. */
        NOTE,
        /** Something was lost in it. */
        FLAW,
        /** The input, or the rest of it, cannot be read. */
        UNREADABLE
    }
}
