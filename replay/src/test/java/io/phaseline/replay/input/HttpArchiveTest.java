package io.phaseline.replay.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.phaseline.replay.Captures;
import io.phaseline.replay.Run;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpArchiveTest {
    @TempDir
    Path folder;

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private static String entry(String type, String text, String rest) {
        return "{\"request\":{\"url\":\"x\",\"headers\":[]},\"response\":{\"status\":200,\"content\":{\"mimeType\":"
                + quoted(type) + ",\"text\":" + text + rest + "}}}";
    }

    private static String archive(String... entries) {
        return "{ \"log\" : {\"version\":\"1.2\",\"pages\":[{}],\"entries\":[" + String.join(",", entries) + "]}}";
    }

    @Test
    void eventStreamsAreReadAndNothingElse() {
        String base64 = quoted(Base64.getEncoder().encodeToString(Captures.bytes(Captures.CHAT)));
        Path file = Captures.write(
                folder,
                "a.har",
                archive(
                        entry("text/html", quoted("<html>"), ""),
                        entry("text/event-stream;charset=UTF-8", quoted(Captures.NATIVE + Captures.CALL), ""),
                        entry("application/json", "null", ""),
                        entry("Text/Event-Stream", base64, ",\"encoding\":\"base64\"")));

        Run run = Run.of("replay", "--format", "jsonl", file);
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("{\"source\":\"" + file + "[1]\",\"stream\":1,"))
                .anyMatch(line -> line.startsWith("{\"source\":\"" + file + "[1]\",\"stream\":2,"))
                .anyMatch(line -> line.startsWith("{\"source\":\"" + file + "[3]\",\"stream\":1,"));
        assertThat(run.status()).isZero();
        assertThat(Run.piping(
                                Captures.gzip(archive(entry("text/event-stream", quoted(Captures.CUT), ""))
                                        .getBytes(StandardCharsets.UTF_8)),
                                "replay",
                                "--format",
                                "jsonl")
                        .out())
                .startsWith("{\"source\":\"-[0]\",\"stream\":1,");
    }

    @Test
    void whatIsBehindTheDamageIsLostAndTold() {
        String whole = archive(entry("text/event-stream", quoted(Captures.CHAT), ""), entry("x", "1", ""));
        Path file = Captures.write(folder, "a.har", whole.substring(0, whole.length() - 20));

        Run run = Run.of("replay", "--format", "jsonl", file);
        assertThat(run.out().lines()).hasSize(1);
        assertThat(run.err()).startsWith("phaseline: " + file + ": cannot be read: HAR: ");
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void anArchiveWithoutEventStreamsIsPassedOver() {
        Path file = Captures.write(folder, "a.har", archive());

        assertThat(Run.of("replay", file).err()).contains("no event stream in this HTTP archive");
    }
}
