package io.phaseline.replay.stats;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Something of which many add up to one. Adding is exact, and in any order and grouping the same.
 *
 * @param <P> what is added
 */
interface Part<P extends Part<P>> {
    /** Adds another part, which stays as it is. */
    void merge(P other);

    void write(DataOutput out) throws IOException;

    /** Fills a new part with what {@link #write} wrote. */
    void read(DataInput in) throws IOException;
}
