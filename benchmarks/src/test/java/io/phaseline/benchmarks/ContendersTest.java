package io.phaseline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.phaseline.benchmarks.contender.Contender;
import io.phaseline.benchmarks.contender.Contenders;
import io.phaseline.benchmarks.corpus.Corpus;
import io.phaseline.benchmarks.corpus.Cuts;
import io.phaseline.benchmarks.corpus.Shape;
import io.phaseline.event.Dialect;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody is timed who does not find what was written. */
class ContendersTest {
    private static final int BYTES = 300_000;
    private static final Map<Shape, Corpus> CORPORA = new ConcurrentHashMap<>();

    static Stream<Arguments> everybody() {
        return Stream.of(Dialect.values())
                .flatMap(dialect -> Contenders.of(dialect).stream()
                        .flatMap(name -> Stream.of("16384", "64").map(size -> Arguments.of(dialect, name, size))));
    }

    @ParameterizedTest(name = "{0} {1} from {2} bytes at a time")
    @MethodSource("everybody")
    void findsTheTotals(Dialect dialect, String name, String size) throws IOException {
        assertFindsTheTotals(Shape.of(dialect).withBytes(BYTES), name, size);
    }

    private static void assertFindsTheTotals(Shape shape, String name, String size) throws IOException {
        Corpus corpus = CORPORA.computeIfAbsent(shape, Corpus::of);
        Contender contender = Contenders.named(name, shape.dialect(), true);
        contender.prepare(corpus);
        for (Cuts body : Cuts.of(corpus, size)) {
            contender.read(body);
        }
        assertThat(contender.tally().totals()).isEqualTo(corpus.totals());
    }
}
