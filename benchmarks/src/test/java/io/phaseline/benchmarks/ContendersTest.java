package io.phaseline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.phaseline.benchmarks.contender.Contender;
import io.phaseline.benchmarks.contender.Contenders;
import io.phaseline.benchmarks.corpus.Corpus;
import io.phaseline.benchmarks.corpus.Cuts;
import io.phaseline.benchmarks.corpus.Shape;
import io.phaseline.benchmarks.corpus.Totals;
import io.phaseline.event.Dialect;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody is timed who does not find what was written. */
class ContendersTest {
    private static final int BYTES = 200_000;
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

    /** All but dsl-json, which refuses to take 3.0 for a whole number. */
    static Stream<Arguments> wholeJobs() {
        return Stream.of(Dialect.values())
                .flatMap(dialect -> Stream.concat(
                                Contenders.OURS.stream(),
                                Contenders.JSONS.stream()
                                        .filter(json -> !json.equals("dsl-json"))
                                        .map(json -> "hand+" + json))
                        .map(name -> Arguments.of(dialect, name)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("wholeJobs")
    void findsTheTotalsWhereNothingRepeats(Dialect dialect, String name) throws IOException {
        assertFindsTheTotals(Shape.of(dialect).withBytes(BYTES).withSimilarity(0), name, "1024");
    }

    @ParameterizedTest
    @ValueSource(strings = {"phaseline", "phaseline-records", "hand+jackson-streaming", "hand+fastjson2-pojo"})
    void findsCodeThatGrows(String name) throws IOException {
        Shape shape =
                Shape.of(Dialect.DASHSCOPE).withBytes(BYTES).withCode(65_536).withGrowingCode();
        assertFindsTheTotals(shape, name, "4096");
        assertFindsTheTotals(shape, name, "frame");
    }

    static Stream<Arguments> pipelines() {
        return Stream.of(Dialect.DASHSCOPE, Dialect.CHAT)
                .flatMap(dialect -> Contenders.PIPELINES.stream()
                        .flatMap(name -> Stream.of("8192", "frame").map(size -> Arguments.of(dialect, name, size))));
    }

    @ParameterizedTest(name = "{0} {1} from {2} bytes at a time")
    @MethodSource("pipelines")
    void pipelinesFindTheTotals(Dialect dialect, String name, String size) throws IOException {
        assertFindsTheTotals(Shape.of(dialect).withBytes(BYTES), name, size);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hand", "phaseline", "okhttp", "spring", "launchdarkly", "langchain4j", "netty"})
    void framingAloneFindsEveryFrame(String framing) throws IOException {
        Corpus corpus = Corpus.of(Shape.of(Dialect.CHAT).withBytes(BYTES));
        Contender contender = Contenders.named(framing + "+none", Dialect.CHAT, true);
        for (Cuts body : Cuts.of(corpus, "64")) {
            contender.read(body);
        }
        assertThat(contender.tally().totals().frames())
                .isEqualTo(corpus.totals().frames());
    }

    private static void assertFindsTheTotals(Shape shape, String name, String size) throws IOException {
        Corpus corpus = CORPORA.computeIfAbsent(shape, Corpus::of);
        Contender contender = Contenders.named(name, shape.dialect(), true);
        contender.prepare(corpus);
        for (Cuts body : Cuts.of(corpus, size)) {
            contender.read(body);
        }
        Totals expected = corpus.totals();
        assertThat(contender.tally().totals())
                .isEqualTo(Contenders.lacks(name).isEmpty() ? expected : expected.withoutCode());
    }
}
