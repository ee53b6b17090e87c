package io.phaseline.benchmarks;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What every benchmark that reads a corpus has in common; each asks one question by its parameters. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {
            "-Xms1g",
            "-Xmx1g",
            "-Xmn512m",
            "-XX:+AlwaysPreTouch",
            "-XX:+UseTransparentHugePages",
            "-XX:+UseSerialGC"
        })
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public abstract class CorpusBenchmark {
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
