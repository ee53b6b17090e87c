package io.phaseline.replay;

import io.phaseline.replay.flow.Progress;
import java.util.function.Consumer;

/** Shows how far a run is. One thread at a time. */
interface ProgressDisplay extends Consumer<Progress.State> {
    /** Shows nothing. */
    ProgressDisplay NONE = state -> {};

    /** Makes room for something else to be said. */
    default void clear() {}

    /** Hears the last state. */
    default void end(Progress.State last) {}
}
