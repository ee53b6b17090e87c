package io.phaseline.netty.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phaseline.event.Dialect;
import io.phaseline.netty.recording.RecordedReads;
import io.phaseline.netty.server.Script.Ending;
import io.phaseline.netty.server.Script.Part;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ScriptWriterTest {
    /** Running totals of output tokens, as DashScope counts: 3, 3, 10. */
    private static final String NATIVE = frame("a", 3) + frame("", 3) + frame("b", 10);

    /** Two texts, and the usage at the end. */
    private static final String CHAT = """
            data: {"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"a"}}]}

            data: {"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"b"}}]}

            data: {"id":"c","object":"chat.completion.chunk","choices":[],"usage":{"completion_tokens":8}}

            data: [DONE]

            """;

    private static String frame(String text, int tokens) {
        return "data:{\"output\":{\"choices\":[{\"message\":{\"content\":\"" + text
                + "\"},\"finish_reason\":\"null\"}]},\"usage\":{\"output_tokens\":" + tokens
                + "},\"request_id\":\"r\"}\n\n";
    }

    private static Capture capture(String body) {
        return Capture.of("x", body.getBytes(StandardCharsets.UTF_8));
    }

    private static Script script(Capture capture, Pace pace, Fault fault) {
        return ScriptWriter.write(capture, new Plan(pace, 0, fault), Dialect.CHAT);
    }

    private static List<Long> seconds(Script script) {
        return script.parts().stream()
                .map(part -> part.atNanos() / 1_000_000_000)
                .toList();
    }

    private static String text(Script script) {
        StringBuilder text = new StringBuilder();
        for (Part part : script.parts()) {
            text.append(StandardCharsets.UTF_8.decode(part.bytes().duplicate()));
        }
        return text.toString();
    }

    @Test
    void tokensAreCountedByTheGrowthOfTheUsage() {
        assertThat(seconds(script(capture(NATIVE), Pace.tokensPerSecond(1), null)))
                .containsExactly(3L, 3L, 10L);
        assertThat(seconds(script(capture(NATIVE), Pace.tokensPerSecond(0.5), null)))
                .containsExactly(6L, 6L, 20L);
    }

    @Test
    void tokensAreSpreadOverTheTextsWhereTheUsageComesOnce() {
        assertThat(seconds(script(capture(CHAT), Pace.tokensPerSecond(1), null)))
                .containsExactly(4L, 8L, 8L, 8L);
    }

    @Test
    void withoutUsageAFrameWithTextIsAToken() {
        String body = CHAT.replace(",\"usage\":{\"completion_tokens\":8}", "");
        assertThat(seconds(script(capture(body), Pace.tokensPerSecond(1), null)))
                .containsExactly(1L, 2L, 2L, 2L);
    }

    @Test
    void recordedReadsComeAtTheirTimes() {
        Capture capture = capture(CHAT);
        int rest = capture.body().length - 150;
        RecordedReads reads = new RecordedReads(
                List.of(new RecordedReads.Read(5_000_000_000L, 150), new RecordedReads.Read(7_000_000_000L, rest)));
        Script script = script(capture.withReads(reads), Pace.RECORDED, null);
        assertThat(seconds(script)).containsExactly(5L, 7L);
        assertThat(script.parts()).extracting(part -> part.bytes().remaining()).containsExactly(150, rest);
        Script failing = script(capture.withReads(reads), Pace.RECORDED, new Fault(Fault.Kind.ERROR, 2));
        assertThat(seconds(failing)).containsExactly(5L, 5L); // the second frame begins in the first read
        assertThatThrownBy(() -> script(capture, Pace.RECORDED, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> capture.withReads(new RecordedReads(List.of())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource
    void whatComesBeforeTheFaultIsSentAsItIs(Fault.Kind kind) {
        Capture capture = capture(CHAT);
        int start = capture.frames().start(2);
        Script script = script(capture, Pace.AT_ONCE, new Fault(kind, 2));
        assertThat(text(script)).startsWith(CHAT.substring(0, start));
        assertThat(script.ending())
                .isEqualTo(
                        switch (kind) {
                            case RESET -> Ending.RESET;
                            case STALL -> Ending.STALL;
                            case ENDLESS -> Ending.ENDLESS;
                            default -> Ending.END;
                        });
        String rest = text(script).substring(start);
        switch (kind) {
            case RESET, STALL, ENDLESS -> assertThat(CHAT.substring(start)).startsWith(rest);
            case ERROR -> assertThat(rest).startsWith("data: {\"error\":{").endsWith("}\n\n");
            case MALFORMED ->
                assertThat(rest).endsWith(CHAT.substring(capture.frames().end(2)));
            case CUT -> assertThat(rest).isEmpty();
            case NO_DONE -> assertThat(rest).isEqualTo(CHAT.substring(start).replace("data: [DONE]\n\n", ""));
            case UNAVAILABLE -> assertThat(rest).isEqualTo(CHAT.substring(start));
        }
    }
}
