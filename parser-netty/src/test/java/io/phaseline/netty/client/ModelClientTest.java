package io.phaseline.netty.client;

import static io.phaseline.netty.client.Wire.client;
import static io.phaseline.netty.client.Wire.golden;
import static io.phaseline.netty.client.Wire.request;
import static io.phaseline.netty.client.Wire.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phaseline.event.Dialect;
import io.phaseline.event.EventRecorder;
import io.phaseline.event.StreamResult;
import io.phaseline.netty.client.Wire.Heard;
import io.phaseline.netty.server.Capture;
import io.phaseline.netty.server.Fault;
import io.phaseline.netty.server.Goldens;
import io.phaseline.netty.server.ReplayServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
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
final class ModelClientTest {
    static Stream<Arguments> transportsDialectsAndCuts() {
        return Stream.of(Transport.HTTP_1_1, Transport.HTTP_2)
                .flatMap(transport -> Stream.of(Dialect.values())
                        .flatMap(dialect ->
                                IntStream.of(0, 1, 7, 100).mapToObj(cut -> Arguments.of(transport, dialect, cut))));
    }

    @ParameterizedTest
    @MethodSource("transportsDialectsAndCuts")
    void hearsWhatParserCoreHears(Transport transport, Dialect dialect, int cut) throws Exception {
        byte[] body = Goldens.bytes(golden(dialect));
        try (ReplayServer server = server().cutBytes(cut).start();
                ModelClient client = client(server.uri(), transport).build()) {
            Heard heard = Heard.by(client, request(dialect));
            assertThat(heard.failure()).isNull();
            assertThat(heard.events()).isEqualTo(Replies.events(body));
            assertThat(client.result(request(dialect)).get()).isEqualTo(Replies.result(body));
            EventSubscriber subscriber = new EventSubscriber(1);
            client.publish(request(dialect)).subscribe(subscriber);
            assertThat(subscriber.all()).isEqualTo(Replies.events(body));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                """
        DASHSCOPE | /api/v1/services/aigc/text-generation/generation | {X-DashScope-SSE=enable} \
        | {"model":"m-1","input":{"messages":[{"role":"user","content":"123**21?"}]},"parameters":{\
        "enable_code_interpreter":true,"enable_thinking":true,"incremental_output":true,"result_format":"message"}}""",
                """
        CHAT | /compatible-mode/v1/chat/completions | {} \
        | {"model":"m-1","messages":[{"role":"user","content":"123**21?"}],"enable_code_interpreter":true,\
        "enable_thinking":true,"stream":true,"stream_options":{"include_usage":true}}""",
                """
        RESPONSES | /compatible-mode/v1/responses | {} \
        | {"model":"m-1","input":"123**21?","tools":[{"type":"code_interpreter"}],"enable_thinking":true,"stream":true}""",
            })
    void asksForTheCodeInterpreterAsDocumented(Dialect dialect, String path, String headers, String body) {
        ModelRequest request = request(dialect);
        assertThat(request.path()).isEqualTo(path);
        assertThat(request.headers()).hasToString(headers);
        assertThat(new String(request.body(), StandardCharsets.UTF_8)).isEqualTo(body);
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void oneConnectionServesOneRequestAfterTheOther(Transport transport) throws Exception {
        try (ReplayServer server = server().start();
                ModelClient client =
                        client(server.uri(), transport).maxConnections(1).build()) {
            for (int i = 0; i < 20; i++) {
                for (Dialect dialect : Dialect.values()) {
                    EventSubscriber subscriber = new EventSubscriber(2);
                    client.publish(request(dialect)).subscribe(subscriber);
                    assertThat(client.result(request(dialect)).get()).isEqualTo(Replies.result(subscriber.all()));
                }
            }
            assertThat(server.connectionsMade()).isEqualTo(1);
        }
    }

    @Test
    void requestsWaitForAConnectionOfThePool() throws Exception {
        try (ReplayServer server = server().start();
                ModelClient client = client(server.uri(), Transport.HTTP_1_1)
                        .maxConnections(2)
                        .build()) {
            List<CompletableFuture<StreamResult>> results = IntStream.range(0, 50)
                    .mapToObj(i -> client.result(request(Dialect.CHAT)))
                    .toList();
            for (CompletableFuture<StreamResult> result : results) {
                assertThat(result.get()).isEqualTo(Replies.result(Goldens.bytes(Goldens.CHAT)));
            }
            assertThat(server.connectionsMade()).isEqualTo(2);
        }
    }

    @Test
    void tooManyWaitingRequestsFailAtOnce() throws Exception {
        ReplayServer.Builder stalling = server().fault(new Fault(Fault.Kind.STALL, 1));
        try (ReplayServer server = stalling.start();
                ModelClient client = client(server.uri(), Transport.HTTP_1_1)
                        .maxConnections(1)
                        .maxWaitingRequests(1)
                        .retries(RetryPolicy.NONE)
                        .build()) {
            List<Heard> heard = IntStream.range(0, 3)
                    .mapToObj(i -> Heard.by(client, request(Dialect.CHAT)))
                    .toList();
            assertThat(heard.get(2).failure()).isInstanceOf(IOException.class);
            client.closeNow();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 1_000})
    void allRequestsShareOneConnectionOfHttp2(int maxConcurrentStreams) throws Exception {
        try (ReplayServer server =
                        server().maxConcurrentStreams(maxConcurrentStreams).start();
                ModelClient client = client(server.uri(), Transport.HTTP_2).build()) {
            List<CompletableFuture<StreamResult>> results = IntStream.range(0, 300)
                    .mapToObj(i -> client.result(request(Dialect.values()[i % 3])))
                    .toList();
            for (int i = 0; i < results.size(); i++) {
                byte[] body = Goldens.bytes(golden(Dialect.values()[i % 3]));
                assertThat(results.get(i).get()).isEqualTo(Replies.result(body));
            }
            assertThat(server.connectionsMade()).isEqualTo(1);
        }
    }

    @Test
    void aStreamThatIsNotReadDoesNotStopTheOthersOfItsConnection() throws Exception {
        Capture large = Capture.of(
                "large", ("data: {\"x\":\"" + "x".repeat(1 << 20) + "\"}\n\n").getBytes(StandardCharsets.US_ASCII));
        try (ReplayServer server = server().capture(large).start();
                ModelClient client = client(server.uri(), Transport.HTTP_2).build()) {
            ModelRequest chat = request(Dialect.CHAT);
            List<EventSubscriber> idle = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                EventSubscriber subscriber = new EventSubscriber(0);
                client.publish(chat.withPath(chat.path() + "?capture=large")).subscribe(subscriber);
                idle.add(subscriber);
            }
            assertThat(client.result(chat.withPath(chat.path() + "?capture=" + Goldens.CHAT))
                            .get())
                    .isEqualTo(Replies.result(Goldens.bytes(Goldens.CHAT)));
            for (EventSubscriber subscriber : idle) {
                subscriber.subscription.join().cancel();
            }
        }
    }

    @Test
    void theTapHearsEveryByteOnce() throws Exception {
        for (Transport transport : List.of(Transport.HTTP_1_1, Transport.HTTP_2)) {
            for (int cut : new int[] {0, 1, 100}) {
                try (ReplayServer server = server().cutBytes(cut).start();
                        ModelClient client = client(server.uri(), transport).build()) {
                    Tape tape = new Tape();
                    client.listen(request(Dialect.CHAT), new EventRecorder(event -> {}), tape)
                            .get();
                    assertThat(tape.bytes.toByteArray()).isEqualTo(Goldens.bytes(Goldens.CHAT));
                    assertThat(tape.lengths).hasValue(tape.bytes.size());
                    assertThat(tape.times).isSorted().allMatch(time -> time >= 0);
                }
            }
        }
    }

    private static class Tape implements BodyTap {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final AtomicInteger lengths = new AtomicInteger();
        final List<Long> times = new ArrayList<>();

        @Override
        public void onBytes(ByteBuffer next) throws IOException {
            byte[] copy = new byte[next.remaining()];
            next.get(copy);
            bytes.write(copy);
        }

        @Override
        public void onRead(long atNanos, int length) {
            lengths.addAndGet(length);
            times.add(atNanos);
        }
    }

    @Test
    void aTapThatFailsBreaksTheReply() throws Exception {
        Tape full = new Tape() {
            @Override
            public void onBytes(ByteBuffer next) throws IOException {
                throw new IOException("disk full");
            }
        };
        try (ReplayServer server = server().start();
                ModelClient client = client(server.uri(), Transport.HTTP_1_1).build()) {
            CompletableFuture<Void> ended = client.listen(request(Dialect.CHAT), new EventRecorder(event -> {}), full);
            assertThatThrownBy(ended::get).hasRootCauseMessage("disk full");
        }
    }

    @Test
    void closingWaitsForWhatRuns() throws Exception {
        try (ReplayServer server = server().cutBytes(1).start()) {
            ModelClient client = client(server.uri(), Transport.HTTP_1_1).build();
            List<CompletableFuture<StreamResult>> results = IntStream.range(0, 10)
                    .mapToObj(i -> client.result(request(Dialect.RESPONSES)))
                    .toList();
            client.close();
            assertThat(results).allMatch(result -> result.isDone() && !result.isCompletedExceptionally());
            assertThatThrownBy(() -> client.result(request(Dialect.CHAT))).isInstanceOf(IllegalStateException.class);
            EventSubscriber subscriber = new EventSubscriber(1);
            client.publish(request(Dialect.CHAT)).subscribe(subscriber);
            assertThat(subscriber.failure()).isInstanceOf(IllegalStateException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"ftp://x", "http:///x", "http://x/path", "http://user:secret@x", "http://x?q", "x"})
    void aServerIsSchemeHostAndPort(URI uri) {
        assertThatThrownBy(() -> ModelClient.builder(uri))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }
}
