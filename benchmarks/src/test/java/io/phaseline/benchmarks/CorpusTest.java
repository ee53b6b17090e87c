package io.phaseline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.phaseline.benchmarks.corpus.Corpus;
import io.phaseline.benchmarks.corpus.Cuts;
import io.phaseline.benchmarks.corpus.Shape;
import io.phaseline.event.Dialect;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Corpora are what they claim to be, and the same on every machine. */
class CorpusTest {
    private static final int BYTES = 400_000;

    private static Corpus corpus(Dialect dialect) {
        return Corpus.of(Shape.of(dialect).withBytes(BYTES));
    }

    @ParameterizedTest
    @CsvSource({"DASHSCOPE, 3478544561", "CHAT, 3554762914", "RESPONSES, 1227708633"})
    void theSameBytesEverywhere(Dialect dialect, long crc) {
        CRC32 sum = new CRC32();
        corpus(dialect).bodies().forEach(sum::update);
        assertThat(sum.getValue()).isEqualTo(crc);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aBitLongerThanAsked(Dialect dialect) {
        assertThat(corpus(dialect).bytes()).isBetween((long) BYTES, BYTES * 3L);
    }

    @ParameterizedTest
    @CsvSource({"DASHSCOPE, 0.90, 0.99", "CHAT, 0.97, 1.0", "RESPONSES, 0.80, 0.86"})
    void mostFramesCarryAPieceOfText(Dialect dialect, double least, double most) {
        Corpus corpus = Corpus.of(Shape.of(dialect));
        assertThat((double) corpus.deltas() / corpus.totals().frames()).isBetween(least, most);
    }

    @ParameterizedTest
    @CsvSource({"1.0", "0.75", "0.5", "0.25", "0.0"})
    void theShareOfFramesThatRepeatIsAsAsked(double similarity) {
        Corpus corpus = Corpus.of(Shape.of(Dialect.CHAT).withSimilarity(similarity));
        double noisy = (double) corpus.noisy() / corpus.totals().frames();
        assertThat(1 - noisy).isCloseTo(similarity, within(0.03));
    }

    @ParameterizedTest
    @CsvSource({"1024", "65536"})
    void codesAreAsLongAsAsked(int length) {
        Corpus corpus = Corpus.of(Shape.of(Dialect.DASHSCOPE).withBytes(BYTES).withCode(length));
        assertThat(corpus.totals().codeChars() / corpus.totals().toolCalls()).isBetween(length - 1L, (long) length);
    }

    @Test
    void everyLanguageAndEveryWayToEscapeIsThere() {
        String text = String.join(
                "",
                Corpus.of(Shape.of(Dialect.CHAT)).bodies().stream()
                        .map(body -> new String(body, StandardCharsets.UTF_8))
                        .toList());
        assertThat(text).contains("的", " the", "\\n", "\\\"", "\\\\", "\\u", "\\ud83d\\ude00", "😀");
    }

    @Test
    void bothMemberOrdersOfAChoiceAreThere() {
        String text = new String(corpus(Dialect.CHAT).bodies().get(0), StandardCharsets.UTF_8);
        int first = text.split("\\[\\{\"delta\"", -1).length - 1;
        int second = text.split("\\[\\{\"finish_reason\"", -1).length - 1;
        assertThat((double) first / (first + second)).isCloseTo(0.5, within(0.1));
    }

    @ParameterizedTest
    @CsvSource({"16", "4096", "frame", "whole"})
    void cutsLoseNothing(String size) {
        Corpus corpus = corpus(Dialect.CHAT);
        for (Cuts body : Cuts.of(corpus, size)) {
            int last = 0;
            for (int end : body.ends()) {
                assertThat(end).isGreaterThan(last);
                last = end;
            }
            assertThat(last).isEqualTo(body.bytes().length);
        }
    }
}
