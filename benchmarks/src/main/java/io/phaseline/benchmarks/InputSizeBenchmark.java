package io.phaseline.benchmarks;

import io.phaseline.benchmarks.corpus.Shape;
import io.phaseline.event.Dialect;
import org.openjdk.jmh.annotations.Param;

/**
 * What does it cost when bytes come in small inputs, one frame at a time, or all at once?
 *
 * <p>{@code java -jar benchmarks/target/benchmarks.jar InputSize}
 */
public class InputSizeBenchmark extends CorpusBenchmark {
    /** The wire format. */
    @Param
    public Dialect dialect;

    /** Who reads. */
    @Param({"phaseline", "hand+jackson-streaming"})
    public String contender;

    /** How long each input is, in bytes. */
    @Param({"16", "64", "256", "1024", "4096", "16384", "65536", "frame", "whole"})
    public String input;

    @Override
    Reading reading() {
        return new Reading(contender, Shape.of(dialect), input);
    }
}
