package io.phaseline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.phaseline.benchmarks.contender.Contender;
import io.phaseline.benchmarks.contender.Contenders;
import io.phaseline.benchmarks.corpus.Corpus;
import io.phaseline.benchmarks.corpus.Cuts;
import io.phaseline.benchmarks.corpus.Shape;
import io.phaseline.event.Dialect;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole replies cost no memory either, once the parser has seen such: neither where they begin and end, nor calls, nor
 * long strings. Only where a frame has to be learnt anew, because what was learnt turned out to be wrong, memory is
 * taken; none of these corpora has such a place.
 */
class CorpusAllocationTest {
    private static final int BYTES = 1_000_000;
    private static final int ROUNDS = 400;

    /** Bytes per frame. What the compilers have not seen often enough may still allocate; a leak would be far more. */
    private static final double MOST = 0.5;

    static Stream<Arguments> corpora() {
        return Stream.of(Dialect.values())
                .flatMap(dialect -> Stream.of("16384", "frame").map(inputs -> Arguments.of(dialect, inputs)));
    }

    @ParameterizedTest(name = "{0}, inputs of {1}")
    @MethodSource("corpora")
    void whatWasSeenBeforeAllocatesNothing(Dialect dialect, String inputs) throws IOException {
        Corpus corpus = Corpus.of(Shape.of(dialect).withBytes(BYTES));
        Contender parser = Contenders.named("phaseline", dialect, false);
        parser.prepare(corpus);
        Cuts[] bodies = Cuts.of(corpus, inputs);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        double least = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least > MOST; round++) {
            long before = threads.getThreadAllocatedBytes(thread);
            for (Cuts body : bodies) {
                parser.read(body);
            }
            long allocated = threads.getThreadAllocatedBytes(thread) - before;
            least = Math.min(least, (double) allocated / corpus.totals().frames());
        }
        assertThat(least).as("bytes per frame").isLessThanOrEqualTo(MOST);
    }
}
