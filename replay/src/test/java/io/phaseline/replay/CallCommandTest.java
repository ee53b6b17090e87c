package io.phaseline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.phaseline.netty.recording.RecordedReads;
import io.phaseline.netty.server.Capture;
import io.phaseline.netty.server.Fault;
import io.phaseline.netty.server.ReplayServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class CallCommandTest {
    private static final String KEY = "sk-0123456789abcdef";

    @TempDir
    Path folder;

    private static ReplayServer.Builder server() {
        return ReplayServer.builder()
                .capture(Capture.of("native", Captures.bytes(Captures.NATIVE)))
                .capture(Capture.of("chat", Captures.bytes(Captures.CHAT)))
                .capture(Capture.of("responses", Captures.bytes(Captures.RESPONSES)));
    }

    private static Run call(ReplayServer server, String path, Object... more) {
        Object[] args = new Object[more.length + 4];
        args[0] = "call";
        args[1] = server.uri() + path;
        args[2] = "--prompt";
        args[3] = "Six by seven?";
        System.arraycopy(more, 0, args, 4, more.length);
        return Run.in(Map.of("DASHSCOPE_API_KEY", KEY), args);
    }

    @ParameterizedTest
    @CsvSource({"dashscope, ''", "chat, ''", "responses, ''", "chat, --http=2", "responses, --http=1.1"})
    void printsLikeShow(String dialect, String http) throws Exception {
        String capture = switch (dialect) {
            case "dashscope" -> Captures.NATIVE;
            case "chat" -> Captures.CHAT;
            default -> Captures.RESPONSES;
        };
        Object[] options =
                http.isEmpty() ? new Object[] {"--dialect", dialect} : new Object[] {"--dialect", dialect, http};
        for (int cut : new int[] {0, 1, 50}) {
            try (ReplayServer server = server().apiKey(KEY).cutBytes(cut).start()) {
                assertThat(call(server, "", options)).isEqualTo(Run.piping(capture, "show"));
            }
        }
    }

    @Test
    void sendsABodyAsItIsToThePathOfTheUrl() throws Exception {
        Path body = Captures.write(folder, "body.json", "{\"model\":\"m\",\"stream\":true,\"messages\":[]}");
        try (ReplayServer server = server().start()) {
            String url = server.uri() + "/compatible-mode/v1/chat/completions?cut=3";
            assertThat(Run.of("call", url, "--body", body)).isEqualTo(Run.piping(Captures.CHAT, "show"));
            assertThat(Run.piping(Files.readAllBytes(body), "call", url, "--body", "-"))
                    .isEqualTo(Run.piping(Captures.CHAT, "show"));
        }
    }

    @Test
    void keepsTheBytesAndWhenTheyCame() throws Exception {
        Path file = folder.resolve("reply.sse");
        try (ReplayServer server = server().cutBytes(100).start()) {
            assertThat(call(server, "", "--dialect", "chat", "--record", file).status())
                    .isZero();
        }
        assertThat(file).hasBinaryContent(Captures.bytes(Captures.CHAT));
        assertThat(RecordedReads.fileBeside(file)).content().startsWith("{\"at_ns\":0,\"length\":0}\n{\"at_ns\":");
        assertThat(RecordedReads.beside(file).orElseThrow().bytes()).isEqualTo(Files.size(file));
        assertThat(Capture.read(file).hasTimes()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "error@2, 1",
        "malformed@2, 1",
        "cut@2, 1",
        "no-done@1, 0",
        "unavailable@1, 1",
        "reset@2, 2",
        "stall@2, 2",
        "endless@2, 2",
    })
    void faultsTellTheExitStatus(String fault, int status) throws Exception {
        for (String dialect : new String[] {"dashscope", "chat", "responses"}) {
            Path file = folder.resolve("reply.sse");
            try (ReplayServer server = server().fault(Fault.parse(fault)).start()) {
                Object[] options = {
                    "--dialect", dialect, "--retries", 0, "--idle-timeout", 0.1, "--max-time", 0.5, "--record", file
                };
                Run run = call(server, "", options);
                assertThat(run.status()).as(dialect + run.err()).isEqualTo(status);
                // What was shown is what the recording holds, but for the status of the response.
                Run show = Run.of("show", "--dialect", dialect, file);
                assertThat(withoutStatus(run)).isEqualTo(withoutStatus(show));
                assertThat(run.err()).doesNotContain("\tat ").doesNotContain("Exception");
            }
        }
    }

    private static String withoutStatus(Run run) {
        return run.out().replaceAll("HTTP [0-9]+, ", "");
    }

    @Test
    void theKeyIsSentAndNeverShown() throws Exception {
        Path file = folder.resolve("reply.sse");
        for (String fault : new String[] {"no-done@1", "reset@1", "unavailable@1"}) {
            try (ReplayServer server =
                    server().apiKey(KEY).fault(Fault.parse(fault)).start()) {
                Run run = call(server, "", "--dialect", "chat", "--record", file, "--retries", 0);
                assertThat(run.out() + run.err()).doesNotContain(KEY).doesNotContain("InvalidApiKey");
                assertThat(Files.readString(file)).doesNotContain(KEY);
                assertThat(Files.readString(RecordedReads.fileBeside(file))).doesNotContain(KEY);
            }
        }
        Run bad = Run.in(
                Map.of("K", "sk secret\n1"),
                "call",
                "http://x",
                "--dialect",
                "chat",
                "--prompt",
                "x",
                "--key-variable",
                "K");
        assertThat(bad.status()).isEqualTo(2);
        assertThat(bad.err()).contains("API key").doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "call",
                "call x --prompt y",
                "call http://x",
                "call http://x --prompt y",
                "call http://x --prompt y --body z --dialect chat",
                "call http://x/somewhere --prompt y",
                "call ftp://x --prompt y --dialect chat",
                "call http://u:p@x --prompt y --dialect chat",
                "call http://x --prompt y --dialect chat --http 3",
                "call http://x --prompt y --dialect chat --idle-timeout 0",
                "call http://x --prompt y --dialect chat --max-time NaN",
                "call http://x --prompt y --dialect chat --retries -1",
                "call http://x --body /nowhere/body --dialect chat",
                "call http://x --prompt y --dialect chat --record /nowhere/reply",
            })
    void wrongUsageIsToldInWords(String line) {
        Run run = Run.of((Object[]) line.split(" "));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("phaseline").doesNotContain("\tat ").doesNotContain("fault in the program");
    }

    @Test
    void nobodyListeningIsToldInWords() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Run run = Run.of("call", "http://127.0.0.1:" + port, "--dialect", "chat", "--prompt", "x", "--retries", 0);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith("phaseline: http://127.0.0.1:").contains("refused");
    }
}
