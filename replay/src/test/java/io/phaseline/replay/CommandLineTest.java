package io.phaseline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    @ParameterizedTest
    @ValueSource(strings = {"frames", "events", "result", "show", "demo", "replay"})
    void everyCommandHasHelpAndVersion(String command) {
        Run help = Run.of(command, "--help");
        assertThat(help.status()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out())
                .startsWith("Usage: phaseline " + command)
                .contains("--dialect", "--cumulative", "--chunk");

        Run version = Run.of(command, "--version");
        assertThat(version.status()).isZero();
        assertThat(version.out()).matches("phaseline \\d+\\.\\d+\\.\\d+.*\\n");
    }

    @Test
    void theProgramHasHelpAndVersion() {
        assertThat(Run.of("--help").out()).contains("frames", "events", "result", "show", "demo", "replay");
        assertThat(Run.of("--version").out()).matches("phaseline \\d+\\.\\d+\\.\\d+.*\\n");
    }

    @Test
    void wrongUsageIsTwoAndSaysHowToGoOn() {
        assertUsage(Run.of());
        assertUsage(Run.of("explain"));
        assertUsage(Run.of("result", "--speed"));
        assertUsage(Run.of("result", "--dialect", "klingon"));
        assertUsage(Run.of("result", "--dialect", "CHAT"));
        assertUsage(Run.of("result", "--chunk", "0"));
        assertUsage(Run.of("result", "--chunk", "-3"));
        assertUsage(Run.of("result", "--chunk", "many"));
        assertUsage(Run.of("result", "--chunk"));
        assertUsage(Run.of("result", "--max-frame-bytes", "0"));
        assertUsage(Run.of("result", "--max-frame-bytes", "99999999999"));
        assertUsage(Run.of("replay", "--checkpoint-seconds", "-5"));
        assertUsage(Run.of("show", "--color", "pink"));
        assertUsage(Run.of("demo", "klingon"));
    }

    private static void assertUsage(Run run) {
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("phaseline").contains("--help").doesNotContain("Exception", "\tat ");
    }

    @Test
    void aReaderThatHasSeenEnoughIsNoFailure() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Phaseline.run(into(failing("Broken pipe"), err), "demo");

        assertThat(status).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void aFullDiskIsTold() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        // As the process has it: what is in the buffer is lost for good, and found to be lost again at the end.
        int status = Phaseline.run(into(new BufferedOutputStream(failing("No space left on device")), err), "demo");

        assertThat(status).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("phaseline: standard output cannot be written: No space left on device\n");
    }

    private static Stdio into(OutputStream out, OutputStream err) {
        return new Stdio(InputStream.nullInputStream(), out, err, false, false, 80, Map.of());
    }

    private static OutputStream failing(String why) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(why);
            }
        };
    }
}
