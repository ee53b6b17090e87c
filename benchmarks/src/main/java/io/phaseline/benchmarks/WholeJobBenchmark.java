package io.phaseline.benchmarks;

import io.phaseline.benchmarks.corpus.Shape;
import io.phaseline.event.Dialect;
import org.openjdk.jmh.annotations.Param;

/**
 * How fast is the whole job: reasoning, content, every change of code, finish, and four counters, from 16 KB inputs?
 *
 * <p>{@code java -jar benchmarks/target/benchmarks.jar WholeJob -p dialect=CHAT -p contender=phaseline,okhttp+gson}
 */
public class WholeJobBenchmark extends CorpusBenchmark {
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

    @Override
    Reading reading() {
        return new Reading(contender, Shape.of(dialect).withBytes(bytes), "16384");
    }
}
