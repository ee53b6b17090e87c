package io.phaseline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.phaseline.ParserOptions;
import io.phaseline.StreamParser;
import io.phaseline.event.Dialect;
import io.phaseline.event.Outcome;
import io.phaseline.event.Phase;
import io.phaseline.event.ResultAccumulator;
import io.phaseline.event.StreamResult;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DemoCommandTest {
    private static StreamResult result(Dialect dialect) throws IOException {
        List<StreamResult> results = new ArrayList<>();
        StreamParser parser = new StreamParser(ParserOptions.DEFAULT, new ResultAccumulator(results::add));
        try (InputStream in = DemoCommand.capture(dialect).opener().open()) {
            parser.feed(in.readAllBytes());
        }
        parser.finish();
        assertThat(results).hasSize(1);
        return results.get(0);
    }

    @ParameterizedTest
    @EnumSource
    void everyCaptureIsAWholeStreamOfItsDialect(Dialect dialect) throws IOException {
        StreamResult result = result(dialect);

        assertThat(result.dialect()).isEqualTo(dialect);
        assertThat(result.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(result.errors()).isEmpty();
        assertThat(result.frames()).isBetween(40L, 70L);
        assertThat(result.usage()).isNotNull();
    }

    @Test
    void theCodeRunsTwice() throws IOException {
        List<Phase> native_ = result(Dialect.DASHSCOPE).phases();
        assertThat(native_)
                .containsExactly(
                        Phase.THINKING,
                        Phase.CODE_EXECUTION,
                        Phase.RESULT_INTEGRATION,
                        Phase.CODE_EXECUTION,
                        Phase.RESULT_INTEGRATION,
                        Phase.RESPONSE,
                        Phase.COMPLETED);
        assertThat(result(Dialect.RESPONSES).phases()).isEqualTo(native_);
        assertThat(result(Dialect.CHAT).phases()).containsExactly(Phase.THINKING, Phase.RESPONSE, Phase.COMPLETED);
        assertThat(result(Dialect.RESPONSES).toolCalls())
                .extracting(StreamResult.ToolCall::output)
                .containsExactly("15511210043330985984000000\n", "26 6\n");
    }

    @Test
    void theArithmeticIsRight() throws IOException {
        int[] primes = IntStream.range(2, 1000)
                .filter(n -> IntStream.range(2, n).noneMatch(d -> n % d == 0))
                .toArray();
        int sum = IntStream.of(primes).sum();
        assertThat(result(Dialect.DASHSCOPE).content())
                .contains(
                        "**" + primes.length + "**", "**" + sum + "**", "%.4f".formatted((double) sum / primes.length));

        String power = BigInteger.valueOf(37).pow(13).toString();
        assertThat(result(Dialect.CHAT).content())
                .contains(
                        "**" + power + "**",
                        power.length() + " 位数",
                        "**" + power.chars().map(c -> c - '0').sum() + "**");

        String factorial = IntStream.rangeClosed(1, 25)
                .mapToObj(BigInteger::valueOf)
                .reduce(BigInteger.ONE, BigInteger::multiply)
                .toString();
        assertThat(result(Dialect.RESPONSES).content())
                .contains("**" + factorial + "**", factorial.length() + " 桁", "末尾の 0：6 個");
        assertThat(factorial).matches(".*[1-9]0{6}");
    }

    @Test
    void allThreeAreShownByDefault() {
        Run run = Run.of("demo");

        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("==> dashscope <==", "==> chat <==", "==> responses <==");
        assertThat(run.out().lines().filter("== Thinking Process =="::equals)).hasSize(7);
        assertThat(run.out().lines().filter("== Tool Information =="::equals)).hasSize(4);
        assertThat(run.out().lines().filter("== Complete Response =="::equals)).hasSize(3);
    }

    @Test
    void oneCanBeChosen() {
        Run run = Run.of("demo", "chat", "--chunk", "1");

        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("== Thinking Process ==\n用户").doesNotContain("==>");
    }
}
