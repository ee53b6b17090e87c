package io.phaseline.netty.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.Channel;
import io.phaseline.StreamParser;
import io.phaseline.event.Outcome;
import io.phaseline.event.ResultAccumulator;
import io.phaseline.event.StreamResult;
import io.phaseline.netty.recording.RecordedReads;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class ReplayServerTest {
    private static final String NATIVE_PATH = "/api/v1/services/aigc/text-generation/generation";
    private static final String CHAT_PATH = "/compatible-mode/v1/chat/completions";
    private static final String RESPONSES_PATH = "/compatible-mode/v1/responses";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    static Stream<Arguments> clientsCutsAndPaces() {
        return Arrays.stream(Clients.values())
                .flatMap(client -> Stream.of("", "cut=1&", "cut=7&", "cut=1000&")
                        .flatMap(cut -> Stream.of("pace=at-once", "pace=recorded", "pace=1000000")
                                .map(pace -> Arguments.of(client, cut + pace))));
    }

    @ParameterizedTest
    @MethodSource("clientsCutsAndPaces")
    void everyClientGetsTheBytesOfTheCapture(Clients client, String query) throws Exception {
        Capture capture = recorded(Goldens.capture(Goldens.DASHSCOPE));
        try (ReplayServer server = ReplayServer.builder().capture(capture).start()) {
            assertThat(client.body(server.uri().resolve(NATIVE_PATH + "?" + query)))
                    .isEqualTo(capture.body());
        }
    }

    @ParameterizedTest
    @EnumSource(Clients.class)
    void pathsTellTheDialect(Clients client) throws Exception {
        try (ReplayServer server = ReplayServer.builder()
                .captures(List.of(
                        Goldens.capture(Goldens.RESPONSES),
                        Goldens.capture(Goldens.DASHSCOPE),
                        Goldens.capture(Goldens.CHAT)))
                .start()) {
            assertThat(client.body(server.uri().resolve(NATIVE_PATH))).isEqualTo(Goldens.bytes(Goldens.DASHSCOPE));
            assertThat(client.body(server.uri().resolve(CHAT_PATH))).isEqualTo(Goldens.bytes(Goldens.CHAT));
            assertThat(client.body(server.uri().resolve(RESPONSES_PATH))).isEqualTo(Goldens.bytes(Goldens.RESPONSES));
        }
    }

    /** The bytes in reads of 100, one nanosecond apart. */
    private static Capture recorded(Capture capture) {
        List<RecordedReads.Read> reads = new ArrayList<>();
        for (int at = 0; at < capture.body().length; at += 100) {
            reads.add(new RecordedReads.Read(at, Math.min(100, capture.body().length - at)));
        }
        return capture.withReads(new RecordedReads(reads));
    }

    @Test
    void capturesAreServedInTurnOrByName() throws Exception {
        try (ReplayServer server = ReplayServer.builder()
                .captures(List.of(Goldens.capture(Goldens.CHAT), Goldens.capture("chat/refusal")))
                .start()) {
            assertThat(get(server, CHAT_PATH).body()).isEqualTo(Goldens.bytes(Goldens.CHAT));
            assertThat(get(server, CHAT_PATH).body()).isEqualTo(Goldens.bytes("chat/refusal"));
            assertThat(get(server, CHAT_PATH).body()).isEqualTo(Goldens.bytes(Goldens.CHAT));
            assertThat(get(server, CHAT_PATH + "?capture=chat/refusal").body())
                    .isEqualTo(Goldens.bytes("chat/refusal"));
            HttpRequest byHeader = HttpRequest.newBuilder(
                            Clients.request(server.uri().resolve(CHAT_PATH)), (n, v) -> true)
                    .header("X-Phaseline-Capture", "chat/refusal")
                    .build();
            assertThat(send(byHeader).body()).isEqualTo(Goldens.bytes("chat/refusal"));
        }
    }

    @Test
    void requestsOnOneConnectionAreAnsweredInOrder() throws Exception {
        try (ReplayServer server = ReplayServer.builder()
                .captures(
                        List.of(Capture.of("a", bytes("data: {\"a\":1}\n\n")), Capture.of("b", bytes("data: {}\n\n"))))
                .start()) {
            String request = "POST /v1/responses HTTP/1.1\r\nHost: x\r\nContent-Length: " + Clients.BODY.length()
                    + "\r\n\r\n" + Clients.BODY;
            String last = request.replace("Host: x", "Host: x\r\nConnection: close");
            String answers = raw(server, request + request + last);
            assertThat(answers.split("HTTP/1.1 200 OK", -1)).hasSize(4);
            assertThat(Pattern.compile("data: (\\{.*?\\})\n")
                            .matcher(answers)
                            .results()
                            .map(found -> found.group(1)))
                    .containsExactly("{\"a\":1}", "{}", "{\"a\":1}");
        }
    }

    @ParameterizedTest
    @CsvSource({
        // fault, outcome of the stream, errors; the frame is the third
        "error@3, FAILED, SERVER",
        "malformed@3, COMPLETED, MALFORMED",
        "cut@3, TRUNCATED, ''",
        "no-done@1, COMPLETED, ''",
        "unavailable@1, FAILED, NOT_A_STREAM",
        "error@999, COMPLETED, ''",
    })
    void faultsEndInTheOutcomeOfTheContract(String fault, Outcome outcome, String errors) throws Exception {
        for (String path : List.of(NATIVE_PATH, CHAT_PATH, RESPONSES_PATH)) {
            try (ReplayServer server = ReplayServer.builder()
                    .captures(List.of(
                            Goldens.capture(Goldens.RESPONSES),
                            Goldens.capture(Goldens.DASHSCOPE),
                            Goldens.capture(Goldens.CHAT)))
                    .fault(Fault.parse(fault))
                    .start()) {
                StreamResult result = result(get(server, path).body());
                assertThat(result.outcome()).as(path).isEqualTo(outcome);
                assertThat(result.errors().stream().map(e -> e.error().kind().name()))
                        .as(path)
                        .containsExactlyElementsOf(errors.isEmpty() ? List.of() : List.of(errors));
            }
        }
    }

    @Test
    void noDoneLeavesOutTheEndMarkerAlone() throws Exception {
        String whole = new String(Goldens.bytes(Goldens.CHAT), StandardCharsets.UTF_8);
        try (ReplayServer server =
                ReplayServer.builder().capture(Goldens.capture(Goldens.CHAT)).start()) {
            assertThat(new String(get(server, CHAT_PATH + "?fault=no-done@1").body(), StandardCharsets.UTF_8))
                    .isEqualTo(whole.replace("data: [DONE]\n\n", ""))
                    .isNotEqualTo(whole);
        }
    }

    @ParameterizedTest
    @EnumSource(value = HttpClient.Version.class)
    void resetBreaksTheConnectionInTheMiddleOfTheFrame(HttpClient.Version version) throws Exception {
        Capture capture = Goldens.capture(Goldens.DASHSCOPE);
        try (ReplayServer server = ReplayServer.builder()
                .capture(capture)
                .fault(new Fault(Fault.Kind.RESET, 3))
                .start()) {
            HttpClient client = HttpClient.newBuilder().version(version).build();
            HttpRequest request = Clients.request(server.uri().resolve(NATIVE_PATH));
            assertThatThrownBy(() -> client.send(request, HttpResponse.BodyHandlers.ofByteArray()))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void stallSendsHalfAFrameAndStaysOpen() throws Exception {
        Capture capture = Goldens.capture(Goldens.DASHSCOPE);
        int start = capture.frames().start(3);
        int half = start + (capture.frames().end(3) - start) / 2;
        try (ReplayServer server = ReplayServer.builder()
                .capture(capture)
                .fault(new Fault(Fault.Kind.STALL, 3))
                .start()) {
            HttpResponse<InputStream> response = http.send(
                    Clients.request(server.uri().resolve(NATIVE_PATH)), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                assertThat(body.readNBytes(half)).isEqualTo(Arrays.copyOf(capture.body(), half));
                assertThat(body.available()).isZero();
                assertThat(server.openConnections()).isEqualTo(1);
            }
        }
    }

    @Test
    void slowClientsAreWaitedForWithBoundedMemory() throws Exception {
        try (ReplayServer server = ReplayServer.builder()
                        .capture(Goldens.capture(Goldens.CHAT))
                        .fault(new Fault(Fault.Kind.ENDLESS, 2))
                        .start();
                Socket socket = connect(
                        server,
                        "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: " + Clients.BODY.length()
                                + "\r\n\r\n" + Clients.BODY)) {
            // What is not read fills the sockets' buffers, then the server's, which has a bound.
            assertThat(awaitBlockedConnection(server)).isBetween(1L, 128L << 10);
            assertThat(socket.getInputStream().readNBytes(4 << 20)).hasSize(4 << 20);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // method, path, body, status, what the answer says
                "POST | /nowhere | {\"stream\":true} | 404 | \"code\":\"NotFound\",\"message\":\"No endpoint is at /nowhere\",\"request_id\"",
                "POST | /compatible-mode/v1/nowhere | {\"stream\":true} | 404 | {\"error\":{\"message\":\"No endpoint is at /compatible-mode/v1/nowhere\"",
                "GET | /v1/chat/completions | | 405 | {\"error\":{",
                "POST | /v1/chat/completions | {\"stream\":false} | 400 | send \\\"stream\\\": true",
                "POST | /v1/chat/completions | {} | 400 | send \\\"stream\\\": true",
                "POST | /v1/chat/completions | {\"input\":{\"stream\":true}} | 400 | send \\\"stream\\\": true",
                "POST | /v1/chat/completions | {\"stream\":true | 400 | The body is not JSON.",
                "POST | /v1/chat/completions | [] | 400 | The body is not a JSON object.",
                "POST | /v1/chat/completions | | 400 | The body is not a JSON object.",
                "POST | /v1/responses | {\"stream\":true} | 404 | There is no capture in the dialect of this endpoint.",
                "POST | /v1/chat/completions?capture=x | {\"stream\":true} | 404 | There is no capture called x",
                "POST | /v1/chat/completions?fault=x@1 | {\"stream\":true} | 400 | 'x@1' is no fault",
                "POST | /v1/chat/completions?fault=reset@x | {\"stream\":true} | 400 | 'x' is no frame",
                "POST | /v1/chat/completions?cut=x | {\"stream\":true} | 400 | 'x' is not a number",
                "POST | /v1/chat/completions?cut=-1 | {\"stream\":true} | 400 | -1",
                "POST | /v1/chat/completions?pace=0 | {\"stream\":true} | 400 | not a number of tokens per second",
                "POST | /v1/chat/completions?pace=recorded | {\"stream\":true} | 400 | no times were recorded",
                "POST | /api/v1/services/aigc/text-generation/generation | {} | 400 | X-DashScope-SSE: enable",
            })
    void whatCannotBeServedIsRefusedInTheDialectOfThePath(
            String method, String path, String body, int status, String says) throws Exception {
        try (ReplayServer server =
                ReplayServer.builder().capture(Goldens.capture(Goldens.CHAT)).start()) {
            HttpResponse<byte[]> response =
                    send(HttpRequest.newBuilder(server.uri().resolve(path))
                            .method(method, HttpRequest.BodyPublishers.ofString(body == null ? "" : body))
                            .build());
            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(new String(response.body(), StandardCharsets.UTF_8)).contains(says);
        }
    }

    @Test
    void oneKeyIsLetIn() throws Exception {
        try (ReplayServer server = ReplayServer.builder()
                .capture(Goldens.capture(Goldens.CHAT))
                .apiKey("sk-1")
                .start()) {
            HttpRequest plain = Clients.request(server.uri().resolve(CHAT_PATH));
            assertThat(send(plain).statusCode()).isEqualTo(401);
            assertThat(send(HttpRequest.newBuilder(plain, (n, v) -> true)
                                    .header("Authorization", "Bearer sk-1")
                                    .build())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void longRequestsAreRefused() throws Exception {
        try (ReplayServer server = ReplayServer.builder()
                .capture(Goldens.capture(Goldens.CHAT))
                .maxRequestBytes(10)
                .start()) {
            assertThat(get(server, CHAT_PATH).statusCode()).isEqualTo(413);
        }
    }

    @Test
    void whatIsNoHttpIsAnsweredAndTheConnectionClosed() throws Exception {
        try (ReplayServer server =
                ReplayServer.builder().capture(Goldens.capture(Goldens.CHAT)).start()) {
            assertThat(raw(server, "hello\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%zz", "/v1/responses?a=%zz", "*", "//", "/v1/responses?%"})
    void brokenUrisAreAnswered(String uri) throws Exception {
        try (ReplayServer server =
                ReplayServer.builder().capture(Goldens.capture(Goldens.CHAT)).start()) {
            assertThat(raw(server, "POST " + uri + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                    .matches("(?s)HTTP/1.1 (400|404) .*(InvalidParameter|invalid_parameter_error|NotFound).*");
        }
    }

    @Test
    void writesHaveAtMostAsManyBytesAsTheCut() throws Exception {
        try (ReplayServer server = ReplayServer.builder()
                .capture(Goldens.capture(Goldens.CHAT))
                .cutBytes(7)
                .start()) {
            String answer = raw(
                    server,
                    "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + "Content-Length: "
                            + Clients.BODY.length() + "\r\n\r\n" + Clients.BODY);
            List<Integer> chunks = Pattern.compile("(?<=\r\n)([0-9a-f]+)\r\n")
                    .matcher(answer)
                    .results()
                    .map(found -> Integer.parseInt(found.group(1), 16))
                    .toList();
            assertThat(chunks).allMatch(size -> size <= 7).contains(7);
            assertThat(chunks.stream().mapToInt(Integer::intValue).sum()).isEqualTo(Goldens.bytes(Goldens.CHAT).length);
        }
    }

    @Test
    void bodiesThatAreNoStreamsSayWhatTheyAre() throws Exception {
        try (ReplayServer server = ReplayServer.builder()
                .capture(Capture.of("json", bytes("{\"code\":\"InvalidApiKey\"}")))
                .capture(Capture.of("html", bytes("<html></html>")))
                .start()) {
            assertThat(contentType(server, "json")).isEqualTo("application/json");
            assertThat(contentType(server, "html")).isEqualTo("text/html");
        }
    }

    private String contentType(ReplayServer server, String capture) throws Exception {
        return get(server, CHAT_PATH + "?capture=" + capture)
                .headers()
                .firstValue("Content-Type")
                .orElseThrow();
    }

    @Test
    void anAddressInUseIsReported() throws Exception {
        try (ReplayServer server = ReplayServer.builder().start()) {
            ReplayServer.Builder second =
                    ReplayServer.builder().address(new java.net.InetSocketAddress("127.0.0.1", server.port()));
            assertThatThrownBy(second::start).isInstanceOf(IOException.class).hasMessageContaining("cannot listen at");
        }
    }

    private HttpResponse<byte[]> get(ReplayServer server, String path) throws Exception {
        return send(Clients.request(server.uri().resolve(path)));
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws Exception {
        return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private static Socket connect(ReplayServer server, String request) throws IOException {
        URI uri = server.uri();
        Socket socket = new Socket(uri.getHost(), uri.getPort());
        OutputStream out = socket.getOutputStream();
        out.write(bytes(request));
        out.flush();
        return socket;
    }

    /** Waits until a connection takes no more, and tells how many bytes wait in it. */
    private static long awaitBlockedConnection(ReplayServer server) throws Exception {
        long pending = 0;
        while (pending == 0) {
            for (Channel channel : server.connections()) {
                pending = channel.eventLoop()
                        .submit(() -> channel.isWritable()
                                ? 0
                                : channel.unsafe().outboundBuffer().totalPendingWriteBytes())
                        .get();
            }
        }
        return pending;
    }

    private static String raw(ReplayServer server, String request) throws IOException {
        try (Socket socket = connect(server, request)) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static StreamResult result(byte[] body) {
        AtomicReference<StreamResult> result = new AtomicReference<>();
        StreamParser parser = new StreamParser(new ResultAccumulator(result::set));
        parser.feed(body);
        parser.finish();
        return result.get();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
