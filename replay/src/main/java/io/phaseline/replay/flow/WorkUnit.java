package io.phaseline.replay.flow;

import io.phaseline.replay.input.Input;
import org.jspecify.annotations.Nullable;

/**
 * What one worker reads at a time.
 *
 * @param number index of the input in the run, from 0
 * @param input the input
 * @param cuts where the input is cut; null if it is read as a whole
 * @param range which range of it, from 0
 */
record WorkUnit(int number, Input input, @Nullable Cuts cuts, int range) {
    /** About how many bytes it has; -1 where that is not known. */
    long bytes() {
        return cuts == null ? input.size() : cuts.length(range);
    }
}
