package io.phaseline.benchmarks;

import io.phaseline.benchmarks.corpus.Shape;
import io.phaseline.event.Dialect;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does reading cost on an event loop: beside a pipeline that only counts the bytes, and beside lines, strings and
 * trees?
 *
 * <p>{@code java -jar benchmarks/target/benchmarks.jar EventLoop}
 */
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
public class EventLoopBenchmark {
    /** The wire format. */
    @Param({"DASHSCOPE", "CHAT"})
    public Dialect dialect;

    /** What stands in the pipeline. */
    @Param({"pipeline-bytes", "pipeline-listener", "pipeline-events", "pipeline-tree"})
    public String contender;

    /** How many bytes a message holds, or {@code frame}. */
    @Param({"8192", "frame"})
    public String size;

    private Reading reading;

    /** Makes the corpus. */
    @Setup
    public void prepare() {
        reading = new Reading(contender, Shape.of(dialect), size);
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
