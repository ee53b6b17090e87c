package io.phaseline.benchmarks;

import io.phaseline.benchmarks.corpus.Shape;
import io.phaseline.event.Dialect;
import org.openjdk.jmh.annotations.Param;

/**
 * What do strings, records, or a whole result cost on top of views?
 *
 * <p>{@code java -jar benchmarks/target/benchmarks.jar Results}
 */
public class ResultsBenchmark extends CorpusBenchmark {
    /** The wire format. */
    @Param
    public Dialect dialect;

    /** Who reads. */
    @Param({"phaseline", "phaseline-strings", "phaseline-records", "phaseline-result"})
    public String contender;

    @Override
    Reading reading() {
        return new Reading(contender, Shape.of(dialect), "16384");
    }
}
