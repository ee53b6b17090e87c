package io.phaseline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FramesCommandTest {
    @TempDir
    Path folder;

    @Test
    void eachDispatchedFrameIsALine() {
        Run run = Run.piping(
                "id:7\nevent: add\ndata: a\ndata:b\n\ndata: 京都 😀 \"x\"\n\nevent: lost\n\ndata\n\n", "frames");

        assertThat(run.out()).isEqualTo("""
                        {"event":"add","id":"7","data":"a\\nb"}
                        {"event":"message","id":"7","data":"京都 😀 \\"x\\""}
                        {"event":"message","id":"7","data":""}
                        """);
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
    }

    @Test
    void allAddsCommentsAndRetryInPlace() {
        Run run = Run.piping(":HTTP_STATUS/200\nretry:3000\ndata:x\n\n: ping\n\n", "frames", "--all");

        assertThat(run.out()).isEqualTo("""
                        {"comment":"HTTP_STATUS/200"}
                        {"retry":3000}
                        {"event":"message","id":"","data":"x"}
                        {"comment":" ping"}
                        """);
    }

    @Test
    void illFormedUtf8IsReplacedAsWhatwgCounts() {
        byte[] surrogate = "data:<\u00ED\u00A0\u0080>\n\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(Run.piping(surrogate, "frames").out())
                .isEqualTo("{\"event\":\"message\",\"id\":\"\",\"data\":\"<\uFFFD\uFFFD\uFFFD>\"}\n");
    }

    @Test
    void aFrameWithoutBlankLineIsNamedButNotPrinted() {
        Run run = Run.piping("data:a\n\ndata:b\n", "frames");

        assertThat(run.out()).isEqualTo("{\"event\":\"message\",\"id\":\"\",\"data\":\"a\"}\n");
        assertThat(run.err()).isEqualTo("phaseline: -: the frame at byte 8 has no blank line and is not printed\n");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void anOversizedFrameIsNamedAndTheNextOneRead() {
        Run run = Run.piping("data:123456789\n\ndata:ok\n\n", "frames", "--max-frame-bytes", 8);

        assertThat(run.out()).isEqualTo("{\"event\":\"message\",\"id\":\"\",\"data\":\"ok\"}\n");
        assertThat(run.err())
                .isEqualTo("phaseline: -: the frame at byte 0 is longer than 8 bytes and is passed over\n");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void severalFilesTellTheirSource() {
        Path a = Captures.write(folder, "a.sse", "data:1\n\n");
        Path b = Captures.write(folder, "b.sse", "data:2\n\n");

        assertThat(Run.of("frames", a, b).out()).isEqualTo("""
                        {"source":"%s","event":"message","id":"","data":"1"}
                        {"source":"%s","event":"message","id":"","data":"2"}
                        """.formatted(a, b));
    }

    @Test
    void anInputWithoutAFrameIsNamed() {
        Run run = Run.piping("", "frames");

        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("phaseline: -: no frame in it\n");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void outputDoesNotDependOnChunks() {
        String whole = Run.piping(Captures.NATIVE, "frames", "--all").out();

        assertThat(whole.lines()).hasSize(14);
        for (int chunk : new int[] {1, 2, 3, 7, 100_000}) {
            assertThat(Run.piping(Captures.NATIVE, "frames", "--all", "--chunk", chunk)
                            .out())
                    .isEqualTo(whole);
        }
    }
}
