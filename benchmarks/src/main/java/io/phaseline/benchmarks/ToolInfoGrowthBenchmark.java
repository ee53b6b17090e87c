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
 * What does a longer {@code tool_info} cost, which every later frame repeats?
 *
 * <p>{@code java -jar benchmarks/target/benchmarks.jar ToolInfoGrowth}
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
public class ToolInfoGrowthBenchmark {
    /** Who reads. */
    @Param({"phaseline", "hand+jackson-streaming", "hand+fastjson2-pojo"})
    public String contender;

    /** How long the code is, in characters. */
    @Param({"1024", "4096", "16384", "65536"})
    public int code;

    /** Whether the code is sent as it is written, growing from frame to frame. */
    @Param("false")
    public boolean growing;

    private Reading reading;

    /** Makes the corpus. */
    @Setup
    public void prepare() {
        reading = new Reading(contender, growing ? shape().withGrowingCode() : shape(), "16384");
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

    private Shape shape() {
        return Shape.of(Dialect.DASHSCOPE).withCode(code);
    }
}
