package io.phaseline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class ServeCommandTest {
    @TempDir
    Path folder;

    /** The program, serving on a thread of its own until it is closed. */
    private static final class Serving implements AutoCloseable {
        final List<String> lines = new ArrayList<>();
        final ByteArrayOutputStream err = new ByteArrayOutputStream();
        final URI uri;
        private final CompletableFuture<Integer> status = new CompletableFuture<>();
        private final Thread thread;

        Serving(int captures, Object... args) throws Exception {
            PipedOutputStream out = new PipedOutputStream();
            BufferedReader printed =
                    new BufferedReader(new InputStreamReader(new PipedInputStream(out), StandardCharsets.UTF_8));
            Stdio stdio = new Stdio(InputStream.nullInputStream(), out, err, false, false, 80, Map.of());
            List<String> words = new ArrayList<>(List.of("serve"));
            List.of(args).forEach(word -> words.add(String.valueOf(word)));
            thread = new Thread(() -> status.complete(Phaseline.run(stdio, words.toArray(new String[0]))));
            thread.start();
            for (int i = 0; i <= captures; i++) {
                lines.add(printed.readLine());
            }
            uri = URI.create(lines.get(0).substring("listening at ".length()));
        }

        byte[] ask(String path) throws Exception {
            HttpRequest request = HttpRequest.newBuilder(uri.resolve(path))
                    .header("X-DashScope-SSE", "enable")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"stream\":true}"))
                    .build();
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofByteArray())
                    .body();
        }

        int stop() {
            thread.interrupt();
            return status.join();
        }

        @Override
        public void close() {
            stop();
        }
    }

    @Test
    void servesFilesAndFoldersWhateverTheirCompression() throws Exception {
        Captures.write(folder, "in/a.sse.gz", Captures.gzip(Captures.bytes(Captures.NATIVE)));
        Captures.write(folder, "in/b.sse", Captures.CHAT);
        Captures.write(folder, "in/picture.png", Captures.PNG);
        Path named = Captures.write(folder, "c.sse", Captures.zstandard(Captures.bytes(Captures.RESPONSES)));
        try (Serving serving = new Serving(3, folder.resolve("in"), named, "--cut", 10)) {
            assertThat(serving.lines.subList(1, 4))
                    .containsExactly(
                            "dashscope  a.sse.gz, 7 frames",
                            "chat       b.sse, 6 frames",
                            "responses  c.sse, 5 frames");
            assertThat(serving.ask("/compatible-mode/v1/chat/completions")).isEqualTo(Captures.bytes(Captures.CHAT));
            assertThat(serving.ask("/compatible-mode/v1/responses")).isEqualTo(Captures.bytes(Captures.RESPONSES));
            assertThat(serving.ask("/api/v1/services/aigc/text-generation/generation"))
                    .isEqualTo(Captures.bytes(Captures.NATIVE));
            assertThat(serving.stop()).isZero();
            assertThat(serving.err.toString(StandardCharsets.UTF_8)).contains("picture.png: not an event stream");
        }
    }

    @Test
    void letsGoWrongWhatItIsTold() throws Exception {
        Path chat = Captures.write(folder, "chat.sse", Captures.CHAT);
        try (Serving serving = new Serving(1, chat, "--fault", "cut@1", "--tokens-per-second", 1e6)) {
            assertThat(serving.ask("/v1/chat/completions")).isEmpty();
        }
        try (Serving serving = new Serving(1, chat, "--fault", "cut@99")) {
            assertThat(serving.ask("/v1/chat/completions")).isEqualTo(Captures.bytes(Captures.CHAT));
            assertThat(serving.err.toString(StandardCharsets.UTF_8)).contains("cut@99 will not happen");
        }
    }

    @Test
    void servesARecordingAsItCame() throws Exception {
        Path chat = Captures.write(folder, "chat.sse", Captures.CHAT);
        int size = Captures.bytes(Captures.CHAT).length;
        Files.writeString(
                folder.resolve("chat.sse.times.jsonl"),
                "{\"at_ns\":5,\"length\":0}\n{\"at_ns\":6,\"length\":100}\n{\"at_ns\":7,\"length\":" + (size - 100)
                        + "}\n");
        try (Serving serving = new Serving(1, folder, "--as-recorded")) {
            assertThat(serving.lines.get(1)).isEqualTo("chat       chat.sse, 6 frames, with times");
            assertThat(serving.ask("/v1/chat/completions")).isEqualTo(Files.readAllBytes(chat));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve /nowhere",
                "serve - --port x",
                "serve - --port 65536",
                "serve - --cut 0",
                "serve - --fault reset",
                "serve - --fault reset@0",
                "serve - --fault nothing@1",
                "serve - --tokens-per-second 0",
                "serve - --tokens-per-second NaN",
                "serve - --as-recorded --tokens-per-second 1",
                "serve - --as-recorded",
                "serve - --host 256.0.0.1",
            })
    void wrongUsageIsToldInWords(String line) {
        Run run = Run.piping(Captures.CHAT, (Object[]) line.split(" "));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith("phaseline").doesNotContain("\tat ").doesNotContain("fault in the program");
    }
}
