package io.phaseline.replay.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.phaseline.ParserOptions;
import io.phaseline.StreamParser;
import io.phaseline.event.Phase;
import io.phaseline.event.ResultAccumulator;
import io.phaseline.event.StreamResult;
import io.phaseline.event.UsageField;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StreamStatsTest {
    static List<Path> goldens() {
        return Recorded.goldens();
    }

    private static List<StreamRecord> whole(byte[] bytes) {
        return Recorded.records(bytes, Math.max(1, bytes.length), StreamLimits.WHOLE_TEXTS);
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void theResultIsTheOneOfTheContract(Path golden) {
        byte[] bytes = Recorded.bytes(golden);
        List<StreamResult> results = new ArrayList<>();
        StreamParser parser =
                new StreamParser(ParserOptions.DEFAULT.withManyStreams(true), new ResultAccumulator(results::add));
        parser.feed(bytes);
        parser.finish();

        assertThat(whole(bytes)).extracting(StreamRecord::result).isEqualTo(results);
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void phasesTakeUpTheWholeStream(Path golden) {
        long offset = 0;
        for (StreamRecord record : whole(Recorded.bytes(golden))) {
            StreamResult result = record.result();
            assertThat(record.spans()).extracting(PhaseSpan::phase).isEqualTo(result.phases());
            assertThat(record.spans().stream().mapToLong(PhaseSpan::frames).sum() + record.unphasedFrames())
                    .isEqualTo(result.frames());
            assertThat(record.spans().stream().mapToLong(PhaseSpan::bytes).sum() + record.unphasedBytes())
                    .isEqualTo(result.bytes());
            assertThat(record.offset()).isEqualTo(offset);
            offset += result.bytes();
            long at = record.offset() + record.unphasedBytes();
            for (PhaseSpan span : record.spans()) {
                assertThat(span.offset()).isEqualTo(at);
                at += span.bytes();
            }
        }
        assertThat(offset).isEqualTo(Recorded.bytes(golden).length);
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void everyOutputTokenIsGivenAwayOnce(Path golden) {
        for (StreamRecord record : whole(Recorded.bytes(golden))) {
            long given = record.spans().stream().mapToLong(PhaseSpan::tokens).sum() + record.unattributedTokens();
            assertThat(given).isEqualTo(Math.max(0, record.usage(UsageField.OUTPUT_TOKENS)));
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void recordsDoNotDependOnHowTheInputIsCut(Path golden) {
        byte[] bytes = Recorded.bytes(golden);
        assertThat(Recorded.records(bytes, 1, StreamLimits.WHOLE_TEXTS)).isEqualTo(whole(bytes));
        assertThat(Recorded.records(bytes, 7, StreamLimits.EXCERPTS))
                .isEqualTo(Recorded.records(bytes, 1, StreamLimits.EXCERPTS));
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void whatIsNotKeptIsNotPrinted(Path golden) {
        byte[] bytes = Recorded.bytes(golden);
        List<StreamRecord> without = Recorded.records(bytes, Math.max(1, bytes.length), StreamLimits.NO_TEXTS);
        assertThat(lines(without)).isEqualTo(lines(whole(bytes)));
    }

    private static String lines(List<StreamRecord> records) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RecordLines lines = new RecordLines(out, false);
        records.forEach(lines::write);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String nativeFrame(int id, String reasoning, String content, String finish, int tokens) {
        return """
                id:%d
                event:result
                data:{"output":{"choices":[{"message":{"content":"%s","reasoning_content":"%s","role":"assistant"},"finish_reason":"%s"}]},"usage":{"input_tokens":5,"output_tokens":%d},"request_id":"r"}

                """.formatted(id, content, reasoning, finish, tokens);
    }

    private static String chat(String delta, String more) {
        return "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":"
                + delta + more + "}]}\n\n";
    }

    private static String chatUsage(String usage) {
        return "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[],\"usage\":"
                + usage + "}\n\ndata: [DONE]\n\n";
    }

    @Test
    void tokensCountedWithEveryFrameBelongToThePhaseOfTheFrame() {
        StreamRecord record = Recorded.records(nativeFrame(1, "hm", "", "null", 3)
                        + nativeFrame(2, "hm", "", "null", 7)
                        + nativeFrame(3, "", "Yes", "null", 9)
                        + nativeFrame(4, "", ".", "stop", 10))
                .get(0);

        assertThat(record.spans())
                .extracting(PhaseSpan::phase, PhaseSpan::tokens, PhaseSpan::estimatedTokens, PhaseSpan::frames)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Phase.THINKING, 7L, 0L, 2L),
                        org.assertj.core.groups.Tuple.tuple(Phase.RESPONSE, 3L, 0L, 2L),
                        org.assertj.core.groups.Tuple.tuple(Phase.COMPLETED, 0L, 0L, 0L));
    }

    private static String thinksAndAnswers(String usage) {
        return chat("{\"reasoning_content\":\"123456\"}", "")
                + chat("{\"content\":\"12\"}", "")
                + chat("{}", ",\"finish_reason\":\"stop\"")
                + chatUsage(usage);
    }

    @Test
    void tokensCountedOnceAreSharedByTextAndSaidToBeEstimated() {
        StreamRecord record = Recorded.records(thinksAndAnswers("{\"prompt_tokens\":1,\"completion_tokens\":16}"))
                .get(0);
        assertThat(record.spans()).extracting(PhaseSpan::tokens).containsExactly(12L, 4L, 0L);
        assertThat(record.spans()).extracting(PhaseSpan::estimatedTokens).containsExactly(12L, 4L, 0L);
        // The chunk that finishes says the last of the answer; usage and [DONE] follow it.
        assertThat(record.spans()).extracting(PhaseSpan::frames).containsExactly(1L, 2L, 2L);
    }

    @Test
    void reasoningTokensThatTheServerCountsAreNoEstimate() {
        StreamRecord record = Recorded.records(thinksAndAnswers(
                        "{\"completion_tokens\":16,\"completion_tokens_details\":{\"reasoning_tokens\":9}}"))
                .get(0);
        assertThat(record.spans()).extracting(PhaseSpan::tokens).containsExactly(9L, 7L, 0L);
        assertThat(record.spans()).extracting(PhaseSpan::estimatedTokens).containsExactly(0L, 0L, 0L);
    }

    @Test
    void reasoningThatIsNotSentBelongsToNoPhase() {
        StreamRecord record = Recorded.records(chat("{\"content\":\"12\"}", "")
                        + chat("{}", ",\"finish_reason\":\"stop\"")
                        + chatUsage(
                                "{\"completion_tokens\":16,\"completion_tokens_details\":{\"reasoning_tokens\":9}}"))
                .get(0);
        assertThat(record.spans()).extracting(PhaseSpan::tokens).containsExactly(7L, 0L);
        assertThat(record.unattributedTokens()).isEqualTo(9);
    }

    @Test
    void timesAreThoseOfTheReadThatEndsTheFrame() {
        String first = nativeFrame(1, "hm", "", "null", 1);
        Recorded recording = new Recorded()
                .request(1_000)
                .read(3_000, first.substring(0, 20))
                .read(5_000, first.substring(20))
                .read(6_000, nativeFrame(2, "hm", "", "null", 2))
                .read(9_000, nativeFrame(3, "", "Yes", "null", 3))
                .read(9_500, nativeFrame(4, "", "", "stop", 3));
        StreamRecord record = recording.records(StreamLimits.NO_TEXTS).get(0);
        Timing timing = record.timingOrUnknown();

        assertThat(timing.toFirstFrame()).isEqualTo(4_000);
        assertThat(timing.toFirstReasoning()).isEqualTo(4_000);
        assertThat(timing.toFirstToken()).isEqualTo(4_000);
        assertThat(timing.toFirstAnswer()).isEqualTo(8_000);
        assertThat(timing.requestLatency()).isEqualTo(8_000);
        assertThat(timing.generation()).isEqualTo(4_000);
        assertThat(timing.duration()).isEqualTo(4_500);
        assertThat(timing.gaps().count()).isEqualTo(2);
        assertThat(timing.gaps().sum()).isEqualTo(1_000 + 3_000);
        assertThat(record.interTokenNanos()).isEqualTo(4_000 / 2);
        assertThat(record.milliTokensPerSecond()).isEqualTo(1_000_000_000L / 2_000 * 1_000);
        assertThat(record.spans()).extracting(PhaseSpan::startNanos).containsExactly(0L, 4_000L, 4_500L);
        assertThat(record.spans()).extracting(PhaseSpan::nanos).containsExactly(4_000L, 500L, 0L);
    }

    @Test
    void withoutTheMomentOfTheRequestWhatCountsFromItIsNotKnown() {
        Timing timing = new Recorded()
                .read(5_000, nativeFrame(1, "", "Yes", "null", 1))
                .read(6_000, nativeFrame(2, "", "!", "stop", 2))
                .records(StreamLimits.NO_TEXTS)
                .get(0)
                .timingOrUnknown();
        assertThat(Stream.of(
                        timing.toFirstFrame(),
                        timing.toFirstReasoning(),
                        timing.toFirstToken(),
                        timing.toFirstAnswer(),
                        timing.requestLatency()))
                .containsOnly(Timing.UNKNOWN);
        assertThat(timing.generation()).isEqualTo(1_000);
    }

    @Test
    void aRequestHasOneResponse() {
        String second = nativeFrame(1, "", "No", "stop", 1).replace("\"r\"", "\"s\"");
        List<StreamRecord> records = new Recorded()
                .request(1_000)
                .read(5_000, nativeFrame(1, "", "Yes", "stop", 1))
                .read(6_000, second)
                .records(StreamLimits.NO_TEXTS);
        assertThat(records)
                .extracting(record -> record.timingOrUnknown().toFirstFrame())
                .containsExactly(4_000L, Timing.UNKNOWN);
        // The first ends when the second begins, and does not last until then.
        assertThat(records.get(0).timingOrUnknown().duration()).isZero();
    }

    @Test
    void aStreamThatNeverComesToRestStaysWithinLimits() {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= 50; i++) {
            text.append(nativeFrame(i, "hm", "", "null", 2 * i - 1));
            text.append(nativeFrame(i, "", "yes", "null", 2 * i));
            text.append("data:{broken\n\n");
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        StreamLimits few = new StreamLimits(10, 3, 8);
        StreamRecord record = Recorded.records(bytes, bytes.length, few).get(0);

        assertThat(record.spans()).hasSize(10);
        assertThat(record.result().phases()).hasSize(10);
        assertThat(record.laterSpans()).hasSize(2);
        assertThat(record.phasesLeftOut()).isEqualTo(90);
        assertThat(record.result().errors()).hasSize(3);
        assertThat(record.errorsLeftOut()).isEqualTo(47);
        assertThat(record.result().reasoning() + record.result().content()).hasSize(8);
        assertThat(record.textsCut()).isTrue();
        long frames = Stream.of(record.spans(), record.laterSpans())
                .flatMap(List::stream)
                .mapToLong(PhaseSpan::frames)
                .sum();
        long tokens = Stream.of(record.spans(), record.laterSpans())
                .flatMap(List::stream)
                .mapToLong(PhaseSpan::tokens)
                .sum();
        assertThat(frames).isEqualTo(150);
        assertThat(tokens).isEqualTo(100);
    }

    @Test
    void textsAreCutBetweenCharacters() {
        byte[] bytes = nativeFrame(1, "", "ab京都", "stop", 1).getBytes(StandardCharsets.UTF_8);
        for (int max = 1; max <= 8; max++) {
            StreamLimits limits = StreamLimits.WHOLE_TEXTS.withMaxTextBytes(max);
            String content = Recorded.records(bytes, bytes.length, limits)
                    .get(0)
                    .result()
                    .content();
            assertThat("ab京都").startsWith(content);
            assertThat(content.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(max - 2, max);
        }
    }

    @Test
    void numbersInAnomaliesDoNotMakeKinds() {
        String start = "data: {\"type\":\"response.created\",\"sequence_number\":0,\"response\":{\"id\":\"r\"}}\n\n";
        String jump =
                "data: {\"type\":\"response.output_text.delta\",\"sequence_number\":%d,\"output_index\":0,\"delta\":\"x\"}\n\n";
        StreamRecord record =
                Recorded.records(start + jump.formatted(5) + jump.formatted(9)).get(0);
        assertThat(record.anomalies()).containsOnly(java.util.Map.entry("sequence_number jumps from N to N", 2L));
    }
}
