package io.phaseline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phaseline.event.ErrorKind;
import io.phaseline.event.EventRecorder;
import io.phaseline.event.Outcome;
import io.phaseline.event.ResultAccumulator;
import io.phaseline.event.StreamEvent;
import io.phaseline.event.StreamResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Each limit: at it nothing is said, one past it is reported with its place, and the neighbours are read. */
class ParserLimitsTest {
    private static final ParserLimits SMALL = new ParserLimits(1_000, 10, 3, 2, 100, 200);

    private static StreamResult read(ParserLimits limits, String input) {
        List<StreamResult> results = new ArrayList<>();
        StreamParser parser =
                new StreamParser(ParserOptions.DEFAULT.withLimits(limits), new ResultAccumulator(results::add));
        parser.feed(input.getBytes(UTF_8));
        parser.finish();
        assertThat(results).hasSize(1);
        return results.get(0);
    }

    private static List<ErrorKind> kinds(StreamResult result) {
        return result.errors().stream().map(placed -> placed.error().kind()).toList();
    }

    private static String chat(String content) {
        return "data: {\"choices\":[{\"delta\":{\"content\":\"" + content + "\"}}]}\n\n";
    }

    @Test
    void maxFrameBytes() {
        int overhead = "{\"choices\":[{\"delta\":{\"content\":\"\"}}]}".length();
        String atLimit = chat("x".repeat(1_000 - overhead));
        StreamResult within = read(SMALL, atLimit + chat("y"));
        assertThat(within.errors()).isEmpty();
        StreamResult beyond = read(SMALL, chat("a") + chat("x".repeat(1_001 - overhead)) + chat("b"));
        assertThat(kinds(beyond)).containsExactly(ErrorKind.LIMIT);
        assertThat(beyond.errors().get(0).frame()).isEqualTo(2);
        assertThat(beyond.errors().get(0).offset()).isEqualTo(chat("a").length());
        assertThat(beyond.content()).isEqualTo("ab");
        assertThat(beyond.frames()).isEqualTo(3);
    }

    @Test
    void maxDepth() {
        // The payload is the first level.
        String within = "data: {\"choices\":[],\"x\":" + "[".repeat(9) + "]".repeat(9) + "}\n\n";
        String beyond = "data: {\"choices\":[],\"x\":" + "[".repeat(10) + "]".repeat(10) + "}\n\n";
        assertThat(read(SMALL, within + chat("a")).errors()).isEmpty();
        StreamResult result = read(SMALL, beyond + chat("a"));
        assertThat(kinds(result)).containsExactly(ErrorKind.MALFORMED);
        assertThat(result.content()).isEqualTo("a");
    }

    @Test
    void theDefaultDepthIsAThousand() {
        String within = "data: {\"choices\":[],\"x\":" + "[".repeat(999) + "]".repeat(999) + "}\n\n";
        String beyond = "data: {\"choices\":[],\"x\":" + "[".repeat(1_000) + "]".repeat(1_000) + "}\n\n";
        String far = "data: {\"choices\":[],\"x\":" + "[".repeat(100_000) + "\n\n";
        assertThat(read(ParserLimits.DEFAULT, within + chat("a")).errors()).isEmpty();
        assertThat(kinds(read(ParserLimits.DEFAULT, beyond + far + chat("a"))))
                .containsExactly(ErrorKind.MALFORMED, ErrorKind.MALFORMED);
    }

    @Test
    void maxItems() {
        StringBuilder calls = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            calls.append(
                    "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":%d,\"id\":\"c%d\",\"function\":{\"name\":\"f\"}}]}}]}\n\n"
                            .formatted(i, i));
        }
        StreamResult result = read(SMALL, calls + chat("a"));
        assertThat(result.toolCalls()).hasSize(3);
        // Said once a stream.
        assertThat(kinds(result)).containsExactly(ErrorKind.LIMIT);
        assertThat(result.content()).isEqualTo("a");
    }

    @Test
    void maxItemsOfOneList() {
        String entry = "{\"type\":\"code_interpreter\",\"code_interpreter\":{\"code\":\"1\"}}";
        String frame = "data: {\"output\":{\"tool_info\":[" + (entry + ",").repeat(4) + entry
                + "],\"text\":\"t\"},\"request_id\":\"r\"}\n\n";
        StreamResult result = read(SMALL, frame);
        assertThat(result.toolCalls()).hasSize(3);
        assertThat(kinds(result)).containsExactly(ErrorKind.LIMIT);
        assertThat(result.content()).isEqualTo("t");
    }

    @Test
    void maxChoices() {
        StringBuilder chunks = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            chunks.append("data: {\"choices\":[{\"index\":%d,\"delta\":{\"content\":\"%d\"}}]}\n\n".formatted(i, i));
        }
        StreamResult result = read(SMALL, chunks.toString());
        assertThat(result.choices()).extracting(StreamResult.Choice::content).containsExactly("0", "1");
        assertThat(kinds(result)).containsExactly(ErrorKind.LIMIT);
    }

    @Test
    void maxToolBytes() {
        String frame =
                "data: {\"output\":{\"tool_info\":[{\"type\":\"code_interpreter\",\"code_interpreter\":{\"code\":\"%s\"}}]},"
                        + "\"request_id\":\"r\"}\n\n";
        StreamResult within = read(SMALL, frame.formatted("x".repeat(100)));
        assertThat(within.errors()).isEmpty();
        StreamResult beyond =
                read(SMALL, frame.formatted("x".repeat(90)) + frame.formatted("x".repeat(101)) + chat("-"));
        assertThat(beyond.toolCalls().get(0).code()).isEqualTo("x".repeat(90));
        assertThat(kinds(beyond)).containsExactly(ErrorKind.LIMIT);
    }

    @Test
    void maxBodyBytes() {
        String body = "{\n\"error\":{\"message\":\"%s\",\"code\":\"c\"}\n}\n";
        StreamResult within = read(SMALL, body.formatted("m"));
        assertThat(within.errors().get(0).error().code()).isEqualTo("c");
        StreamResult beyond = read(SMALL, body.formatted("m".repeat(300)));
        assertThat(beyond.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(kinds(beyond)).containsExactly(ErrorKind.NOT_A_STREAM);
        assertThat(beyond.errors().get(0).error().code()).isNull();
    }

    @Test
    void everyLimitIsPositive() {
        for (Consumer<Integer> make : List.<Consumer<Integer>>of(
                n -> new ParserLimits(n, 1, 1, 1, 1, 1),
                n -> new ParserLimits(1, n, 1, 1, 1, 1),
                n -> new ParserLimits(1, 1, n, 1, 1, 1),
                n -> new ParserLimits(1, 1, 1, n, 1, 1),
                n -> new ParserLimits(1, 1, 1, 1, n, 1),
                n -> new ParserLimits(1, 1, 1, 1, 1, n))) {
            make.accept(1);
            assertThatThrownBy(() -> make.accept(0)).hasMessageContaining("must be positive");
        }
        assertThatThrownBy(() -> ParserLimits.DEFAULT.withMaxFrameBytes(Integer.MAX_VALUE))
                .hasMessageContaining("maxFrameBytes");
    }

    @Test
    void oddSizesOfTextAreNoLimit() {
        String digits = "9".repeat(1_000_000);
        String name = "n".repeat(1_000_000);
        String input = "data: {\"choices\":[{\"delta\":{\"content\":" + digits + "}}],\"" + name + "\":1}\n\n" + ":"
                + "c".repeat(1_000_000) + "\n" + "\n".repeat(1_000_000) + chat("z");
        StreamResult result = read(ParserLimits.DEFAULT, input);
        assertThat(result.errors()).isEmpty();
        assertThat(result.content()).isEqualTo(digits + "z");
    }

    @Test
    void newNamesInEveryFrameLeaveNoTrace() {
        List<StreamEvent> errors = new ArrayList<>();
        StreamParser parser = new StreamParser(new EventRecorder(event -> {
            if (event instanceof StreamEvent.Failed) {
                errors.add(event);
            }
        }));
        // With every name kept these frames would need 1 GB.
        for (int i = 0; i < 10_000; i++) {
            String name = i + "x".repeat(50_000);
            parser.feed(("data: {\"choices\":[],\"" + name + "\":1}\n\n").getBytes(UTF_8));
        }
        parser.finish();
        assertThat(errors).isEmpty();
    }
}
