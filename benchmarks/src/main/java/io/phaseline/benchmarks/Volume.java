package io.phaseline.benchmarks;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** How much was read, so that every result also tells bytes and frames per second. */
@AuxCounters(AuxCounters.Type.OPERATIONS)
@State(Scope.Thread)
public class Volume {
    /** Bytes read. */
    public long bytes;

    /** Frames read. */
    public long frames;
}
