package io.phaseline.replay.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.phaseline.replay.Captures;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Wherever a file is cut, what is found in it is the same. */
class CutsTest {
    private static final int SMALL_BYTES = 1_500;

    private static final int WHOLE = Integer.MAX_VALUE;

    @TempDir
    Path folder;

    private static String chat(String id, String text) {
        return """
                data: {"id":"%1$s","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"%2$s"},"finish_reason":null}]}

                data: {"id":"%1$s","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{"content":"%2$s"},"finish_reason":"stop"}]}

                data: [DONE]

                """.formatted(id, text);
    }

    private static String tiny(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append("data: {\"id\":\"t")
                    .append(i)
                    .append("\",\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"")
                    .append(i)
                    .append("\"},\"finish_reason\":\"stop\"}]}\n\n");
        }
        return text.toString();
    }

    private static String lines(String frames) {
        return frames.lines()
                .filter(line -> line.startsWith("data:"))
                .map(line -> line.substring("data:".length()).strip() + "\n")
                .reduce("", String::concat);
    }

    static Map<String, String> contents() {
        String all =
                Captures.NATIVE + Captures.CHAT + Captures.CALL + Captures.CUT + Captures.RESPONSES + Captures.REFUSED;
        String small = chat("a", "x") + chat("b", "y") + chat("c", "z");
        return Map.ofEntries(
                Map.entry("all dialects", all),
                Map.entry("lines of JSON", lines(Captures.CHAT + Captures.CALL + Captures.NATIVE)),
                Map.entry("CRLF", small.replace("\n", "\r\n")),
                Map.entry("CR", small.replace("\n", "\r")),
                Map.entry("tiny streams", tiny(20)),
                Map.entry("no [DONE]", small.replace("data: [DONE]\n\n", "")),
                Map.entry(
                        "never finished", small.replace("data: [DONE]\n\n", "").replace("\"stop\"", "null")),
                Map.entry("comments and blank lines between", small.replace("[DONE]\n\n", "[DONE]\n\n\n: beat\n\n\n")),
                Map.entry("the same id again", chat("a", "x") + chat("a", "y") + chat("b", "z") + chat("a", "w")),
                Map.entry("another id in every chunk", tiny(3).replace("\"role\":\"assistant\",", "") + small),
                Map.entry("lines, then frames, then lines", lines(small) + "\n" + chat("d", "v") + lines(small)),
                Map.entry("frames, then lines, then frames", chat("d", "v") + lines(small) + small),
                Map.entry(
                        "lines of JSON within frames",
                        small.replace("data: {\"id\":\"b\"", "{\"id\":\"q\",\"choices\":[]}\ndata: {\"id\":\"b\"")),
                Map.entry(
                        "broken JSON",
                        small.replace("\"index\":0,\"delta\":{\"content\"", "\"index\"\"delta\":{\"content\"")),
                Map.entry("text that looks like frames", small.replace("x", "\\ndata: {\\\"id\\\":\\\"q\\\"}\\n\\n")),
                Map.entry("forgotten blank lines", small.replace("[DONE]\n\n", "[DONE]\n")),
                Map.entry("torn at the end", (small + chat("d", "v")).substring(0, small.length() + 220)),
                Map.entry("no stream", "To be, or not to be:\n\nthat is the question.\n".repeat(20)),
                Map.entry("a body", "{\n\"error\": {\n\"message\": \"no\"\n}\n}\n"),
                Map.entry("no line end", "x".repeat(500)));
    }

    static Stream<String> names() {
        return contents().keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyOffsetMayBeACut(String name) {
        byte[] bytes = String.valueOf(contents().get(name)).getBytes(StandardCharsets.UTF_8);
        Path file = Captures.write(folder, "capture", bytes);
        Collected whole = Collected.of(Collected.options(1, WHOLE), file);
        // Ranges of one byte are cuts at all offsets at once; of the others those that leave few cuts beside their own.
        IntStream ranges = IntStream.concat(IntStream.range(1, 4), IntStream.range(bytes.length / 4, bytes.length));
        // At every offset of a small file; of a larger one, which has the same kinds of places, at some.
        int step = bytes.length > SMALL_BYTES ? 11 : 1;
        for (int range : ranges.filter(size -> size < 4 || size % step == 0).toArray()) {
            Collected cut = Collected.of(Collected.options(2, range), file);
            assertThat(cut.records).as("cut every %d bytes", range).isEqualTo(whole.records);
            assertThat(cut.said).isEqualTo(whole.said);
        }
    }

    @Test
    void aRunMayGoOnFromEveryPositionItReached() {
        Path file = Captures.write(folder, "capture", contents().get("all dialects") + tiny(10));
        Path other = Captures.write(folder, "other", Captures.gzip(Captures.bytes(Captures.CHAT)));
        FlowOptions options = Collected.options(2, 300);
        Collected whole = Collected.of(options, file, other, file);

        assertThat(whole.positions.size()).isGreaterThan(20);
        for (Position position : whole.positions) {
            Collected rest = Collected.from(position, options, file, other, file);
            List<?> expected = whole.records.subList((int) position.allStreams(), whole.records.size());
            assertThat(rest.records).as("from %s", position).isEqualTo(expected);
        }
    }

    @Test
    void moreThanOneRangeIsReadWhereThereIsMoreThanOneStream() {
        Path file = Captures.write(folder, "capture", tiny(20));

        assertThat(Collected.of(Collected.options(2, 200), file).positions.size())
                .isGreaterThan(5);
    }

    @Test
    void rangesBecomeShorterTowardsTheEndSoThatAllWorkersEndTogether() {
        long size = 1_000_000_000;
        Cuts cuts = new Cuts(folder.resolve("large"), size, Collected.options(2, FlowOptions.RANGE_BYTES));

        assertThat(IntStream.range(0, cuts.count()).mapToLong(cuts::length).sum())
                .isEqualTo(size);
        assertThat(cuts.length(0)).isEqualTo(FlowOptions.RANGE_BYTES);
        assertThat(cuts.length(cuts.count() - 1)).isLessThan(size / 200);
        assertThat(cuts.count()).isLessThan(50);
    }

    @Test
    void aStreamLongerThanManyRangesIsOne() {
        String longOne = chat("a", "x".repeat(3_000_000));
        Path file = Captures.write(folder, "capture", chat("b", "y") + longOne + chat("c", "z"));
        Collected whole = Collected.of(Collected.options(1, WHOLE), file);

        assertThat(Collected.of(Collected.options(2, 100_000), file).records).isEqualTo(whole.records);
        assertThat(whole.records).hasSize(3);
    }
}
