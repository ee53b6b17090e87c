package io.phaseline.benchmarks;

import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** What every benchmark that reads a corpus has in common; each asks one question by its parameters. */
public abstract class CorpusBenchmark extends MeasuredBenchmark {
    private Reading reading;

    /** Who reads what, by the parameters. */
    abstract Reading reading();

    /** Makes the corpus. */
    @Setup
    public void prepare() {
        reading = reading();
    }

    /**
     * Reads the corpus once.
     *
     * @param volume how much that was
     * @return depends on all that was heard
     * @throws IOException if it cannot be read
     */
    @Benchmark
    public long read(Volume volume) throws IOException {
        return reading.run(volume);
    }
}
