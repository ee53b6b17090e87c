package io.phaseline.benchmarks;

import io.phaseline.benchmarks.corpus.Shape;
import io.phaseline.event.Dialect;
import org.openjdk.jmh.annotations.Param;

/**
 * What does a longer {@code tool_info} cost, which every later frame repeats?
 *
 * <p>{@code java -jar benchmarks/target/benchmarks.jar ToolInfoGrowth}
 */
public class ToolInfoGrowthBenchmark extends CorpusBenchmark {
    /** Who reads. */
    @Param({"phaseline", "hand+jackson-streaming", "hand+fastjson2-pojo"})
    public String contender;

    /** How long the code is, in characters. */
    @Param({"1024", "4096", "16384", "65536"})
    public int code;

    /** Whether the code is sent as it is written, growing from frame to frame. */
    @Param("false")
    public boolean growing;

    @Override
    Reading reading() {
        return new Reading(contender, growing ? shape().withGrowingCode() : shape(), "16384");
    }

    private Shape shape() {
        return Shape.of(Dialect.DASHSCOPE).withCode(code);
    }
}
