package io.phaseline.replay.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.phaseline.replay.stats.Series.Curve;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Where in time tokens and errors are put. */
class OverTimeTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private static String frame(int id, String reasoning, String content, int tokens) {
        return """
                id:%d
                event:result
                data:{"output":{"choices":[{"message":{"content":"%s","reasoning_content":"%s"},"finish_reason":"null"}]},\
                "usage":{"input_tokens":7,"output_tokens":%d},"request_id":"r"}

                """.formatted(id, content, reasoning, tokens);
    }

    private static Series of(StreamRecord record) {
        Series series = new Series(TotalsLimits.DEFAULT.maxSlots());
        OverTime.add(series, record);
        return series;
    }

    /** What a curve has from one time to another, in nanoseconds since the first frame. */
    private static long sum(Series series, Curve curve, long from, long to) {
        long sum = 0;
        for (int point = 0; point < series.points(); point++) {
            long start = OverTime.nanos(point * series.perPoint());
            sum += start >= from && start < to ? series.value(point, curve) : 0;
        }
        return sum;
    }

    @Test
    void tokensAreSpreadOverTheirPhasesAndErrorsStandAtTheEnd() {
        Recorded recording = new Recorded()
                .request(0)
                .read(10 * SECOND, frame(1, "think", "", 100))
                .read(12 * SECOND, frame(2, "", "answer", 160))
                .read(
                        13 * SECOND,
                        "id:3\nevent:error\n:HTTP_STATUS/500\ndata:{\"code\":\"X\",\"message\":\"m\",\"request_id\":\"r\"}\n\n");
        Series series = of(recording.records(StreamLimits.NO_TEXTS).get(0));

        assertThat(sum(series, Curve.OUTPUT_TOKENS, 0, SECOND)).isBetween(49L, 52L);
        assertThat(sum(series, Curve.OUTPUT_TOKENS, 0, Long.MAX_VALUE)).isEqualTo(160);
        assertThat(sum(series, Curve.REASONING_TOKENS, 0, Long.MAX_VALUE)).isEqualTo(100);
        assertThat(sum(series, Curve.OUTPUT_TOKENS, 2 * SECOND, Long.MAX_VALUE)).isBetween(58L, 60L);
        assertThat(sum(series, Curve.INPUT_TOKENS, 0, 1)).isEqualTo(7);
        assertThat(sum(series, Curve.ERRORS, 0, 2 * SECOND + SECOND / 2)).isZero();
        assertThat(series.value(series.points() - 1, Curve.FAILED)).isEqualTo(1);
    }

    @Test
    void aClockThatRunsForCenturiesIsNoTrouble() {
        Recorded recording =
                new Recorded().read(0, frame(1, "think", "", 5)).read(Long.MAX_VALUE - 1, frame(2, "", "answer", 9));
        Series series = of(recording.records(StreamLimits.NO_TEXTS).get(0));

        assertThat(sum(series, Curve.OUTPUT_TOKENS, Long.MIN_VALUE, Long.MAX_VALUE))
                .isEqualTo(9);
        assertThat(series.points()).isLessThanOrEqualTo(TotalsLimits.DEFAULT.maxSlots());
    }

    @Test
    void whatHasNoTimesIsNowhere() {
        assertThat(of(Recorded.records(frame(1, "", "answer", 5)).get(0)).points())
                .isZero();
    }
}
