package io.phaseline.benchmarks;

import io.phaseline.benchmarks.corpus.Shape;
import io.phaseline.event.Dialect;
import org.openjdk.jmh.annotations.Param;

/**
 * What is lost when frames are less and less like each other?
 *
 * <p>{@code java -jar benchmarks/target/benchmarks.jar Similarity}
 */
public class SimilarityBenchmark extends CorpusBenchmark {
    /** The wire format. */
    @Param
    public Dialect dialect;

    /** Who reads. */
    @Param({"phaseline", "hand+jackson-streaming", "hand+fastjson2-pojo"})
    public String contender;

    /** Share of frames that are written as always; the others have other member orders, white space and spellings. */
    @Param({"1.0", "0.75", "0.5", "0.25", "0.0"})
    public double similarity;

    @Override
    Reading reading() {
        return new Reading(contender, Shape.of(dialect).withSimilarity(similarity), "16384");
    }
}
