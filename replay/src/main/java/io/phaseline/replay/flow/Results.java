package io.phaseline.replay.flow;

import io.phaseline.replay.input.Complaints;
import io.phaseline.replay.stats.StreamRecord;

/** Where everything ends up, in an order that does not depend on the number of threads. One thread calls. */
public interface Results extends Complaints {
    /**
     * Takes a stream.
     *
     * @param record placed
     */
    void add(StreamRecord record);

    /**
     * Hears that something of an input was lost, though the rest could be read.
     *
     * @param source the input's name
     * @param what in words
     */
    void flawed(String source, String what);

    /**
     * Hears how far the run has come.
     *
     * @param position everything before it was taken
     */
    void reached(Position position);
}
