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
 * How fast is the whole job: reasoning, content, every change of code, finish, and four counters, from 16 KB inputs?
 *
 * <p>{@code java -jar benchmarks/target/benchmarks.jar WholeJob -p dialect=CHAT -p contender=phaseline,okhttp+gson}
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
public class WholeJobBenchmark {
    /** The wire format. */
    @Param
    public Dialect dialect;

    /** Who reads. */
    @Param({
        "phaseline",
        "hand+jackson-streaming",
        "hand+jackson-pojo",
        "hand+fastjson2-pojo",
        "hand+dsl-json",
        "hand+gson",
        "okhttp+jackson-streaming",
        "spring+jackson-pojo",
        "launchdarkly+jackson-streaming",
        "langchain4j+jackson-pojo",
        "netty+jackson-streaming",
        "openai-java",
        "dashscope-sdk"
    })
    public String contender;

    /** How much, in bytes. */
    @Param("" + Shape.SMALL)
    public int bytes;

    private Reading reading;

    /** Makes the corpus. */
    @Setup
    public void prepare() {
        reading = new Reading(contender, Shape.of(dialect).withBytes(bytes), "16384");
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
