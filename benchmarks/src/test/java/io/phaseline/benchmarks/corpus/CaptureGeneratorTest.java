package io.phaseline.benchmarks.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code phaseline replay} finds in generated captures is what was written into them. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class CaptureGeneratorTest {
    private static final long BYTES = 24_000_000;

    @TempDir
    Path folder;

    private JsonNode replay(Object... arguments) throws IOException, InterruptedException {
        Path out = folder.resolve("totals.json");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                "io.phaseline.replay.Phaseline",
                "replay",
                "--format",
                "json",
                "--output",
                out.toString()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Process run = new ProcessBuilder(command).inheritIO().start();
        assertThat(run.waitFor()).as("refusals are flaws").isEqualTo(1);
        return new ObjectMapper().readTree(out.toFile()).get("total");
    }

    private static Map<String, Long> counts(JsonNode list) {
        Map<String, Long> counts = new HashMap<>();
        list.forEach(
                one -> counts.put(one.get("name").asText(), one.get("count").asLong()));
        return counts;
    }

    private static void assertSame(JsonNode found, CaptureGenerator.Written written) {
        Totals totals = written.totals();
        assertThat(found.get("streams").asLong()).isEqualTo(written.streams());
        JsonNode outcomes = found.get("outcomes");
        assertThat(outcomes.get("failed").asLong()).isEqualTo(written.failed()).isPositive();
        assertThat(outcomes.get("truncated").asLong())
                .isEqualTo(written.truncated())
                .isPositive();
        JsonNode sums = found.get("perStream");
        assertThat(sums.get("frames").get("sum").asLong()).isEqualTo(written.frames());
        assertThat(sums.get("bytes").get("sum").asLong()).isEqualTo(written.bytes());
        assertThat(sums.get("inputTokens").get("sum").asLong()).isEqualTo(totals.inputTokens());
        assertThat(sums.get("outputTokens").get("sum").asLong()).isEqualTo(totals.outputTokens());
        assertThat(sums.get("totalTokens").get("sum").asLong()).isEqualTo(totals.totalTokens());
        assertThat(sums.get("reasoningTokens").get("sum").asLong()).isEqualTo(totals.reasoningTokens());
        assertThat(counts(found.get("toolCalls")))
                .isEqualTo(Map.of("code_interpreter", totals.toolCalls(), "function", written.functionCalls()));
        assertThat(counts(found.get("finishReasons"))).isEqualTo(totals.finishes());
        assertThat(counts(found.get("errors"))).isEqualTo(written.errors());
    }

    @Test
    void inOneFileCutIntoRanges() throws Exception {
        Path file = folder.resolve("captures.sse");
        CaptureGenerator.Written written = CaptureGenerator.write(BYTES, file, 1);

        assertThat(Files.size(file)).isEqualTo(written.bytes());
        assertSame(replay("--range-bytes", 1_000_000, "--threads", 2, file), written);
    }

    @Test
    void inAFolderOfFiles() throws Exception {
        Path captures = Files.createDirectory(folder.resolve("captures"));
        CaptureGenerator.Written written = CaptureGenerator.write(BYTES, captures, 1);

        assertSame(replay(captures), written);
    }

    @Test
    void mixedFrameByFrame() throws Exception {
        Path file = folder.resolve("mixed.sse");
        CaptureGenerator.Written written = CaptureGenerator.write(BYTES, file, 3);
        JsonNode found = replay("--interleaved", file);

        assertSame(found, written);
    }
}
