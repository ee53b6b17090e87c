package io.phaseline.benchmarks;

import io.phaseline.benchmarks.corpus.Shape;
import io.phaseline.event.Dialect;
import org.openjdk.jmh.annotations.Param;

/**
 * What does reading cost on an event loop: beside a pipeline that only counts the bytes, and beside lines, strings and
 * trees?
 *
 * <p>{@code java -jar benchmarks/target/benchmarks.jar EventLoop}
 */
public class EventLoopBenchmark extends CorpusBenchmark {
    /** The wire format. */
    @Param({"DASHSCOPE", "CHAT"})
    public Dialect dialect;

    /** What stands in the pipeline. */
    @Param({"pipeline-bytes", "pipeline-listener", "pipeline-events", "pipeline-tree"})
    public String contender;

    /** How many bytes a message holds, or {@code frame}. */
    @Param({"8192", "frame"})
    public String size;

    @Override
    Reading reading() {
        return new Reading(contender, Shape.of(dialect), size);
    }
}
