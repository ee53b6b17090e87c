package io.phaseline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayCommandTest {
    @TempDir
    Path folder;

    @Test
    void oneSummaryForAllInputs() {
        Captures.write(folder, "a.sse", Captures.NATIVE + Captures.CHAT);
        Captures.write(folder, "b/c.sse", Captures.REFUSED);
        Captures.write(folder, "b/d.sse.gz", Captures.gzip(Captures.bytes(Captures.CALL)));
        Captures.write(folder, "picture.png", Captures.PNG);
        int bytes = Captures.bytes(Captures.NATIVE + Captures.CHAT + Captures.REFUSED + Captures.CALL).length;

        Run run = Run.of("replay", folder);

        assertThat(run.out().lines().map(line -> line.replaceAll(" +", " ")))
                .contains(
                        "Streams 4: completed 3, failed 1, truncated 0",
                        "Frames 18",
                        "Bytes " + String.format(Locale.ROOT, "%,d", bytes),
                        "Tokens input 39, output 12, total 51, reasoning 4, cached 8",
                        "Tool calls code_interpreter 2, function 1");
        assertThat(run.err())
                .isEqualTo("phaseline: " + folder + "/picture.png: nothing in it is a stream, passed over\n");
        assertThat(run.status()).isEqualTo(1);
        assertThat(Run.of("replay", "--chunk", 1, folder).out()).isEqualTo(run.out());
    }

    @Test
    void theProgressBarLeavesNothingBehind() {
        Path file = Captures.write(folder, "a.sse", Captures.CHAT);
        Run run = Run.inTerminal(Map.of(), "replay", file);

        assertThat(run.err()).endsWith("\r\u001B[K");
        assertThat(run.out()).contains("Streams      1: completed 1").doesNotContain("\u001B");
    }

    @Test
    void aPageThatCannotBeWrittenCostsNobodyTheTotals() {
        Path file = Captures.write(folder, "a.sse", Captures.CHAT);
        Path page = folder.resolve("nowhere/page.html");
        Run run = Run.of("replay", "--report", page, file);

        assertThat(run.out()).contains("Streams      1: completed 1, failed 0, truncated 0");
        assertThat(run.err()).isEqualTo("phaseline: " + page + ": no such file\n");
        assertThat(run.status()).isEqualTo(2);
    }
}
