package io.phaseline.benchmarks;

import io.phaseline.benchmarks.corpus.Shape;
import io.phaseline.event.Dialect;
import org.openjdk.jmh.annotations.Param;

/**
 * Does it matter what memory the bytes lie in?
 *
 * <p>{@code java -jar benchmarks/target/benchmarks.jar BufferKind}
 */
public class BufferKindBenchmark extends CorpusBenchmark {
    /** The wire format. */
    @Param
    public Dialect dialect;

    /** Who reads. */
    @Param({"phaseline", "phaseline-heap", "phaseline-direct"})
    public String contender;

    @Override
    Reading reading() {
        return new Reading(contender, Shape.of(dialect), "16384");
    }
}
