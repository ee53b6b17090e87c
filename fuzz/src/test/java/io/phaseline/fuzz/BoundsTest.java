package io.phaseline.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.phaseline.ParserLimits;
import io.phaseline.ParserOptions;
import io.phaseline.StreamParser;
import io.phaseline.event.Outcome;
import io.phaseline.event.Place;
import io.phaseline.event.StreamListener;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jol.info.GraphLayout;

/** What a parser holds stays below a function of its limits, whatever comes, and it ends in a result. */
class BoundsTest {
    private static final ParserLimits LIMITS = new ParserLimits(1 << 14, 100, 20, 4, 1 << 16, 1 << 14);

    /** Templates (one may have 1 MiB), known strings and tables of names: bounded by constants, not by options. */
    private static final long FIXED_BYTES = 3L << 19;

    /** How many buffers may hold a frame at once: the lines, what was joined, repaired and unescaped, and their growth. */
    private static final int FRAME_BUFFERS = 6;

    /** Ids, types and names of one item, as strings and as bytes. */
    private static final int TEXTS_OF_AN_ITEM = 4;

    private static final int PIECES = 400;
    private static final String LONG = "x".repeat(20_000);

    /** In bytes, as Java keeps them. */
    private static long bound() {
        return FIXED_BYTES
                + (long) FRAME_BUFFERS * LIMITS.maxFrameBytes()
                + 2 * LIMITS.maxToolBytes()
                + 2L * LIMITS.maxBodyBytes()
                + (long) TEXTS_OF_AN_ITEM * ParserLimits.MAX_ID_BYTES * (LIMITS.maxItems() + LIMITS.maxChoices());
    }

    /** Input that goes on for ever: its beginning, then one piece after the other. */
    private enum Endless {
        NESTING("data: {\"choices\":", i -> "[".repeat(1_000)),
        NUMBER("data: {\"choices\":[{\"delta\":{\"content\":1", i -> "1".repeat(10_000)),
        NAME("data: {\"", i -> LONG),
        NUMBERS_IN_FRAMES("", i -> chat(i + "1".repeat(i * 30))),
        COMMENT(":", i -> LONG),
        COMMENTS("", i -> ": " + LONG.substring(i) + "\n"),
        EMPTY_LINES("", i -> "\n".repeat(25_000)),
        LINE_ENDS("", i -> "\r\n\r".repeat(8_000)),
        EVENT("event:", i -> LONG),
        ID("id:", i -> LONG),
        GROWING_ID("", i -> "id:" + LONG.substring(0, i * 40) + "\ndata:\n\n"),
        FIELD("", i -> LONG),
        DATA("data:", i -> LONG),
        DATA_LINES("", i -> ("data:" + LONG.substring(0, 100) + "\n").repeat(100)),
        FRAMES_AT_THE_LIMIT("", i -> payloadOf(LIMITS.maxFrameBytes(), i)),
        FRAMES_PAST_THE_LIMIT("", i -> payloadOf(LIMITS.maxFrameBytes() + 1, i)),
        NEW_NAMES("", i -> "data: {\"choices\":[],\"" + i + LONG.substring(0, 8_000) + "\":1}\n\n"),
        NEW_FORMS("", i -> "data: {\"choices\":[],\"x\":" + "[".repeat(i % 90) + "]".repeat(i % 90) + "}\n\n"),
        NEW_CHOICES("", i -> chat(i, "\"content\":\"" + LONG.substring(0, 5_000) + "\\ud83d\"")),
        NEW_CALLS("", i -> chat(0, call(i, "c" + i + LONG.substring(0, 4_000), LONG.substring(0, 6_000)))),
        GROWING_CALL("", i -> chat(0, call(0, "c", LONG.substring(0, 9_000)))),
        GROWING_CODE("", i -> tool("x".repeat(i * 40))),
        REPLACED_CODE("", i -> tool(i + "x".repeat(i * 30))),
        NEW_TOOLS(
                "",
                i -> "data: {\"output\":{\"tool_info\":[" + "{\"type\":\"t\"},".repeat(i)
                        + "{}]},\"request_id\":\"r\"}\n\n"),
        NEW_ITEMS(
                "",
                i -> "data: {\"type\":\"response.output_item.added\",\"item\":{\"id\":\"" + i + LONG.substring(0, 4_000)
                        + "\",\"type\":\"" + i + LONG.substring(0, 4_000) + "\"}}\n\n"),
        JSON_BODY("{\n\"a\":[", i -> "\"" + LONG.substring(0, 9_000) + "\",\n"),
        HTML_BODY("<p>\n", i -> LONG + "\n"),
        JSON_LINES("", i -> "{\"choices\":[],\"x\":\"" + LONG.substring(0, 9_000) + i + "\"}\n"),
        TEXT("", i -> "no " + LONG.substring(i) + "\n"),
        ZEROS("", i -> "\0".repeat(20_000));

        final String beginning;
        final IntFunction<String> piece;

        Endless(String beginning, IntFunction<String> piece) {
            this.beginning = beginning;
            this.piece = piece;
        }

        private static String chat(Object content) {
            return chat(0, "\"content\":" + content);
        }

        private static String chat(int choice, String delta) {
            return "data: {\"choices\":[{\"index\":" + choice + ",\"delta\":{" + delta + "}}]}\n\n";
        }

        private static String call(int index, String id, String arguments) {
            return "\"tool_calls\":[{\"index\":" + index + ",\"id\":\"" + id + "\",\"function\":{\"name\":\"" + id
                    + "\",\"arguments\":\"" + arguments + "\"}}]";
        }

        private static String tool(String code) {
            return "data: {\"output\":{\"tool_info\":[{\"type\":\"code_interpreter\",\"code_interpreter\":{\"code\":\""
                    + code + "\"}}]},\"request_id\":\"r\"}\n\n";
        }

        private static String payloadOf(int bytes, int i) {
            String head = "{\"choices\":[],\"x\":\"" + i;
            return "data: " + head + "x".repeat(bytes - head.length() - 2) + "\"}\n\n";
        }
    }

    @ParameterizedTest
    @EnumSource(Endless.class)
    void memoryIsBoundedByTheLimits(Endless input) {
        int[] ended = {0};
        StreamParser parser = new StreamParser(ParserOptions.DEFAULT.withLimits(LIMITS), new StreamListener() {
            @Override
            public void onEnded(Place at, Outcome outcome, long frames, long bytes) {
                ended[0]++;
            }
        });
        parser.feed(input.beginning.getBytes(UTF_8));
        for (int i = 1; i <= PIECES; i++) {
            parser.feed(input.piece.apply(i).getBytes(UTF_8));
            if (i % (PIECES / 4) == 0) {
                assertThat(GraphLayout.parseInstance(parser).totalSize())
                        .as("bytes held after %s pieces", i)
                        .isLessThan(bound());
                assertThat((long) parser.snapshot().length)
                        .as("bytes of a snapshot after %s pieces", i)
                        .isLessThan(bound());
            }
        }
        parser.finish();
        assertThat(ended[0]).isEqualTo(1);
    }
}
