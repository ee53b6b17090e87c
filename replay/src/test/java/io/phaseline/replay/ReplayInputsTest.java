package io.phaseline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code replay} makes of good inputs and bad ones. */
class ReplayInputsTest {
    @TempDir
    Path folder;

    private void writeManyThings() {
        byte[] plain = Captures.bytes(Captures.NATIVE);
        Captures.write(folder, "a.sse", Captures.NATIVE + Captures.CHAT.repeat(5) + Captures.CUT);
        Captures.write(folder, "b/cut.gz", Arrays.copyOf(Captures.gzip(plain), 200));
        Captures.write(folder, "b/noise.zst", Captures.join(Captures.zstandard(plain), Captures.bytes("noise")));
        Captures.write(
                folder, "b/two.gz", Captures.join(Captures.gzip(plain), Captures.gzip(Captures.bytes(Captures.CALL))));
        Captures.write(
                folder,
                "b/two.zst",
                Captures.join(Captures.zstandard(plain), Captures.zstandard(Captures.bytes(Captures.CALL))));
        Captures.write(folder, "c/picture.png", Captures.PNG);
        Captures.write(folder, "c/refused", Captures.REFUSED);
        Captures.write(folder, "empty", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jsonl", "csv", "json", "summary"})
    void theOutputDoesNotDependOnThreadsRangesOrChunks(String format) {
        writeManyThings();
        Run one = Run.of("replay", "--format", format, "--threads", 1, folder, folder.resolve("missing"));

        assertThat(one.status()).isEqualTo(2);
        assertThat(one.err())
                .contains(
                        "missing: no such file", "cut.gz: cannot be read: gzip: cut off", "noise.zst: cannot be read");
        for (Object[] options : new Object[][] {{"--threads", 4}, {"--range-bytes", 1000}, {"--chunk", 7}}) {
            Run other = Run.of("replay", "--format", format, options[0], options[1], folder, folder.resolve("missing"));
            assertThat(other).as("%s %s", options).isEqualTo(one);
        }
    }

    @Test
    void aLineHasTheMembersOfResult() {
        writeManyThings();
        List<String> results = Run.of("result", folder).out().lines().toList();
        List<String> lines =
                Run.of("replay", "--format", "jsonl", folder).out().lines().toList();

        assertThat(lines).hasSameSizeAs(results);
        for (int i = 0; i < lines.size(); i++) {
            String result = results.get(i);
            assertThat(lines.get(i)).startsWith(result.substring(0, result.length() - 1) + ",\"stats\":{");
        }
    }

    @Test
    void patternsAreForFilesThatShellsLeaveToUs() {
        Path a = Captures.write(folder, "a.sse", Captures.CHAT);
        Captures.write(folder, "in/b.sse", Captures.CALL);
        Captures.write(folder, "in/c.log", Captures.CUT);

        assertThat(Run.of("result", folder + "/**/*.sse").out().lines()).hasSize(2);
        assertThat(Run.of("result", folder + "/*.sse").out())
                .startsWith("{\"source\":\"" + a + "\"")
                .hasLineCount(1);
        assertThat(Run.of("result", folder + "/i?/{b,c}.*").out().lines()).hasSize(2);
        assertThat(Run.of("result", folder + "/*.txt").err())
                .isEqualTo("phaseline: " + folder + "/*.txt: no file matches\n");
        Run wrong = Run.of("result", folder + "/{a");
        assertThat(wrong.err()).contains("not a pattern");
        assertThat(wrong.status()).isEqualTo(2);
        Captures.write(folder, "[x].sse", Captures.CUT);
        assertThat(Run.of("result", folder + "/[x].sse").out()).contains("[x].sse");
    }

    // Recorded times.

    private Path record(String times) {
        Captures.write(folder, "in/a.sse.times.jsonl", times);
        return Captures.write(folder, "in/a.sse", Captures.CUT);
    }

    @Test
    void recordedTimesAreUsed() {
        int length = Captures.bytes(Captures.CUT).length;
        Path file =
                record("{\"at_ns\":5,\"length\":0}\n{\"at_ns\":1000005,\"length\":10}\n{\"at_ns\":3000005,\"length\":"
                        + (length - 10) + "}\n");
        Run run = Run.of("replay", "--format", "jsonl", file.getParent());

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).hasLineCount(1).contains("\"times\":{").contains("3000000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"at_ns\":5,\"length\":3}\n",
                "{\"at_ns\":5,\"length\":3}\n{\"at_ns\":4,\"length\":3}\n",
                "{\"at_ns\":5}\n",
                "{\"at_ns\":5,\"length\":-1}\n",
                "[1]\n",
                "what?\n",
                "{\"at_ns\":5,\"length\":9223372036854775807}\n{\"at_ns\":5,\"length\":9223372036854775807}\n"
            })
    void wrongTimesAreToldAndNotUsed(String times) {
        Path file = record(times);
        Run run = Run.of("replay", "--format", "jsonl", file);

        assertThat(run.err())
                .startsWith("phaseline: " + file + ".times.jsonl: not used: ")
                .hasLineCount(1);
        assertThat(run.out()).contains("\"times\":null");
        assertThat(run.status()).isEqualTo(1);
    }

    // Progress.

    @Test
    void progressForProgramsEndsWithAllThereWas() {
        Path file = Captures.write(folder, "a.sse", Captures.CHAT + Captures.CALL);
        Run run = Run.of("replay", "--progress", "json", file);
        String last = run.err().lines().reduce("", (before, line) -> line);

        assertThat(last)
                .startsWith("{\"bytes\":" + Captures.bytes(Captures.CHAT + Captures.CALL).length + ",")
                .contains("\"streams\":2,", "\"last\":true");
    }

    @Test
    void quietIsQuiet() {
        Path file = Captures.write(folder, "a.sse", Captures.CHAT);

        assertThat(Run.inTerminal(Map.of(), "replay", "--quiet", file).err()).isEmpty();
        assertThat(Run.of("replay", file).err()).isEmpty();
    }

    // Output.

    @Test
    void anOutputFileIsTheSameAsStandardOutput() throws Exception {
        writeManyThings();
        for (String format : List.of("jsonl", "csv", "json", "summary")) {
            Path out = folder.resolveSibling(folder.getFileName() + "." + format);
            Run printed = Run.of("replay", "--format", format, folder);
            Run written = Run.of("replay", "--format", format, "--output", out, folder);

            assertThat(written.out()).isEmpty();
            assertThat(Files.readString(out)).isEqualTo(printed.out());
            assertThat(Files.exists(Path.of(out + ".part"))).isFalse();
            Files.delete(out);
        }
    }

    @Test
    void anOutputThatCannotBeWrittenIsToldByItsName() {
        Path file = Captures.write(folder, "a.sse", Captures.CHAT);
        Path out = folder.resolve("missing/out.jsonl");
        for (String format : List.of("jsonl", "json")) {
            Run run = Run.of("replay", "--format", format, "--output", out, file);
            assertThat(run.err()).isEqualTo("phaseline: " + out + ": no such file\n");
            assertThat(run.status()).isEqualTo(2);
        }
    }

    @Test
    void theReportIsWritten() {
        Path file = Captures.write(folder, "a.sse", Captures.CHAT);
        Path page = folder.resolve("page.html");

        assertThat(Run.of("replay", "--report", page, file).status()).isZero();
        assertThat(page).content().contains("</html>");
    }
}
