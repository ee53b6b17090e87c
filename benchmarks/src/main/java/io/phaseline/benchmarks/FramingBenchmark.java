package io.phaseline.benchmarks;

import io.phaseline.benchmarks.corpus.Shape;
import io.phaseline.event.Dialect;
import org.openjdk.jmh.annotations.Param;

/**
 * How fast does each framing find the payloads, with no JSON behind it?
 *
 * <p>{@code java -jar benchmarks/target/benchmarks.jar Framing}
 */
public class FramingBenchmark extends CorpusBenchmark {
    /** The wire format. */
    @Param
    public Dialect dialect;

    /** Who reads. */
    @Param({
        "phaseline+none",
        "hand+none",
        "okhttp+none",
        "spring+none",
        "launchdarkly+none",
        "langchain4j+none",
        "netty+none"
    })
    public String contender;

    @Override
    Reading reading() {
        return new Reading(contender, Shape.of(dialect), "16384");
    }
}
