package io.phaseline.netty.client;

import static io.phaseline.netty.client.Wire.client;
import static io.phaseline.netty.client.Wire.request;
import static io.phaseline.netty.client.Wire.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phaseline.ParserLimits;
import io.phaseline.ParserOptions;
import io.phaseline.event.Dialect;
import io.phaseline.event.ErrorKind;
import io.phaseline.event.EventRecorder;
import io.phaseline.event.Outcome;
import io.phaseline.event.StreamResult;
import io.phaseline.netty.client.Wire.Heard;
import io.phaseline.netty.server.Fault;
import io.phaseline.netty.server.ReplayServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
final class FailuresTest {
    private static final String HEAD = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String DONE = "e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n";

    @ParameterizedTest
    @CsvSource({
        "error@3, FAILED, SERVER",
        "malformed@3, COMPLETED, MALFORMED",
        "cut@3, TRUNCATED, ''",
        "no-done@1, COMPLETED, ''",
        "unavailable@2, COMPLETED, ''",
        "unavailable@3, FAILED, NOT_A_STREAM",
    })
    void wholeBodiesEndInTheOutcomeOfTheContract(String fault, Outcome outcome, String errors) throws Exception {
        for (Transport transport : List.of(Transport.HTTP_1_1, Transport.HTTP_2)) {
            for (Dialect dialect : Dialect.values()) {
                try (ReplayServer server = server().fault(Fault.parse(fault)).start();
                        ModelClient client = client(server.uri(), transport).build()) {
                    StreamResult result = client.result(request(dialect)).get();
                    assertThat(result.outcome()).as(dialect + " " + transport).isEqualTo(outcome);
                    assertThat(result.errors())
                            .extracting(error -> error.error().kind().name())
                            .containsExactlyElementsOf(errors.isEmpty() ? List.of() : List.of(errors));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void aResetIsHeardAsTheEndAndThenThrown(Transport transport) throws Exception {
        try (ReplayServer server =
                        server().fault(new Fault(Fault.Kind.RESET, 3)).start();
                ModelClient client = client(server.uri(), transport).build()) {
            Heard heard = Heard.by(client, request(Dialect.DASHSCOPE));
            assertThat(heard.failure()).isInstanceOf(Exception.class);
            assertThat(heard.result().outcome()).isEqualTo(Outcome.TRUNCATED);
            EventSubscriber subscriber = new EventSubscriber(1);
            client.publish(request(Dialect.DASHSCOPE)).subscribe(subscriber);
            assertThat(subscriber.failure()).isInstanceOf(Exception.class);
            assertThat(Replies.result(subscriber.events).outcome()).isEqualTo(Outcome.TRUNCATED);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void silenceEndsByTheIdleTimeout(Transport transport) throws Exception {
        Timeouts timeouts = Timeouts.DEFAULT.withIdle(Duration.ofMillis(50));
        try (ReplayServer server =
                        server().fault(new Fault(Fault.Kind.STALL, 3)).start();
                ModelClient client =
                        client(server.uri(), transport).timeouts(timeouts).build()) {
            Heard heard = Heard.by(client, request(Dialect.DASHSCOPE));
            assertThat(heard.failure())
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining("\"idle\"");
            assertThat(heard.result().outcome()).isEqualTo(Outcome.TRUNCATED);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void aFrameWithoutEndEndsByTheTimeoutForTheWhole(Transport transport) throws Exception {
        Timeouts timeouts = Timeouts.DEFAULT.withWhole(Duration.ofMillis(500));
        ParserOptions options = ParserOptions.DEFAULT.withLimits(ParserLimits.DEFAULT.withMaxFrameBytes(10_000));
        try (ReplayServer server =
                        server().fault(new Fault(Fault.Kind.ENDLESS, 3)).start();
                ModelClient client = client(server.uri(), transport)
                        .timeouts(timeouts)
                        .parserOptions(options)
                        .build()) {
            Heard heard = Heard.by(client, request(Dialect.DASHSCOPE));
            assertThat(heard.failure())
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining("\"whole\"");
            assertThat(heard.result().outcome()).isEqualTo(Outcome.TRUNCATED);
            assertThat(heard.result().errors())
                    .extracting(error -> error.error().kind())
                    .containsExactly(ErrorKind.LIMIT);
        }
    }

    @Test
    void silenceBeforeTheFirstByteEndsByItsTimeoutAndIsNotTriedAgain() throws Exception {
        Timeouts timeouts = Timeouts.DEFAULT.withFirstByte(Duration.ofMillis(50));
        try (ServerSocket silent = listening();
                ModelClient client = client(uri(silent), Transport.HTTP_1_1)
                        .timeouts(timeouts)
                        .build()) {
            Heard heard = Heard.by(client, request(Dialect.CHAT));
            assertThat(heard.failure())
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining("\"firstByte\"");
            assertThat(heard.events()).isEmpty();
            silent.accept().close();
            silent.setSoTimeout(1);
            assertThatThrownBy(silent::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aConnectionThatClosesBeforeTheFirstByteIsTriedTwiceAgain() throws Exception {
        try (ServerSocket closing = listening();
                ModelClient client = client(uri(closing), Transport.HTTP_1_1).build()) {
            Heard heard = Heard.by(client, request(Dialect.CHAT));
            for (int attempt = 0; attempt < 3; attempt++) {
                closing.accept().close();
            }
            assertThat(heard.failure()).isInstanceOf(IOException.class);
            assertThat(heard.events()).isEmpty();
        }
    }

    @Test
    void aHeadWithoutABodyIsTriedAgain() throws Exception {
        try (ServerSocket closing = listening();
                ModelClient client = client(uri(closing), Transport.HTTP_1_1).build()) {
            Heard heard = Heard.by(client, request(Dialect.CHAT));
            answer(closing, HEAD);
            answer(closing, HEAD + DONE);
            assertThat(heard.failure()).isNull();
            assertThat(heard.result().outcome()).isEqualTo(Outcome.COMPLETED);
        }
    }

    @Test
    void afterTheFirstByteNothingIsTriedAgain() throws Exception {
        try (ServerSocket closing = listening();
                ModelClient client = client(uri(closing), Transport.HTTP_1_1).build()) {
            Heard heard = Heard.by(client, request(Dialect.CHAT));
            answer(closing, HEAD + "1\r\nd\r\n");
            assertThat(heard.failure()).isInstanceOf(IOException.class);
            assertThat(heard.result().outcome()).isEqualTo(Outcome.TRUNCATED);
        }
    }

    @Test
    void anInterimResponseIsPassedOver() throws Exception {
        try (ServerSocket server = listening();
                ModelClient client = client(uri(server), Transport.HTTP_1_1).build()) {
            Heard heard = Heard.by(client, request(Dialect.CHAT));
            answer(server, "HTTP/1.1 102 Processing\r\n\r\n" + HEAD + DONE);
            assertThat(heard.failure()).isNull();
            assertThat(heard.result().outcome()).isEqualTo(Outcome.COMPLETED);
        }
    }

    @ParameterizedTest
    @CsvSource({"Retry-After: 61", "'Retry-After: Fri, 31 Dec 2100 23:59:59 GMT'"})
    void aServerThatAsksForTooLongAWaitHasItsAnswerTaken(String header) throws Exception {
        try (ServerSocket server = listening();
                ModelClient client = client(uri(server), Transport.HTTP_1_1).build()) {
            Heard heard = Heard.by(client, request(Dialect.CHAT));
            answer(
                    server,
                    "HTTP/1.1 429 Too Many Requests\r\n" + header
                            + "\r\nContent-Length: 41\r\n\r\n{\"error\":{\"code\":\"Throttling\",\"type\":\"x\"}}");
            assertThat(heard.failure()).isNull();
            assertThat(heard.result().errors())
                    .extracting(error -> error.error().httpStatus())
                    .containsExactly(429);
        }
    }

    @Test
    void whatIsNoHttpIsAFailure() throws Exception {
        try (ServerSocket server = listening();
                ModelClient client = client(uri(server), Transport.HTTP_1_1)
                        .retries(RetryPolicy.NONE)
                        .build()) {
            Heard heard = Heard.by(client, request(Dialect.CHAT));
            answer(server, "SSH-2.0-OpenSSH_9.2\r\n\r\n");
            assertThat(heard.failure()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aServerThatDoesNotKnowHttp2IsAFailure() throws Exception {
        try (ServerSocket server = listening();
                ModelClient client = client(uri(server), Transport.HTTP_2)
                        .retries(RetryPolicy.NONE)
                        .build()) {
            Heard heard = Heard.by(client, request(Dialect.CHAT));
            answer(server, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
            assertThat(heard.failure()).isInstanceOf(Exception.class);
            assertThat(heard.events()).isEmpty();
        }
    }

    private static ServerSocket listening() throws IOException {
        return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    private static void answer(ServerSocket server, String bytes) throws IOException {
        try (Socket socket = server.accept()) {
            readRequest(socket);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Bytes that are left unread would make the end a reset. */
    private static void readRequest(Socket socket) throws IOException {
        do {
            socket.getInputStream().read();
        } while (socket.getInputStream().available() > 0);
    }

    private static URI uri(ServerSocket server) {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    @ParameterizedTest
    @EnumSource
    void nobodyListeningIsAnIoException(Transport transport) throws Exception {
        int port;
        try (ServerSocket free = listening()) {
            port = free.getLocalPort();
        }
        try (ModelClient client =
                client(URI.create("http://127.0.0.1:" + port), transport).build()) {
            assertThat(Heard.by(client, request(Dialect.CHAT)).failure()).isInstanceOf(IOException.class);
            EventSubscriber subscriber = new EventSubscriber(1);
            client.publish(request(Dialect.CHAT)).subscribe(subscriber);
            assertThat(subscriber.failure()).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void givingUpClosesTheConnectionOrResetsTheStream(Transport transport) throws Exception {
        try (ReplayServer server =
                        server().fault(new Fault(Fault.Kind.STALL, 3)).start();
                ModelClient client = client(server.uri(), transport).build()) {
            CountDownLatch heardSomething = new CountDownLatch(1);
            CompletableFuture<Void> ended =
                    client.listen(request(Dialect.DASHSCOPE), new EventRecorder(event -> heardSomething.countDown()));
            heardSomething.await();
            ended.cancel(false);
            assertThatThrownBy(ended::get).isInstanceOf(CancellationException.class);
            while (server.repliesInPlay() > 0) {
                Thread.onSpinWait();
            }
            EventSubscriber subscriber = new EventSubscriber(1);
            client.publish(request(Dialect.DASHSCOPE)).subscribe(subscriber);
            while (subscriber.events.isEmpty()) {
                Thread.onSpinWait();
            }
            subscriber.subscription.join().cancel();
            while (server.repliesInPlay() > 0) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void givingUpBeforeThereIsAResponseClosesTheConnection() throws Exception {
        try (ServerSocket silent = listening();
                ModelClient client = client(uri(silent), Transport.HTTP_1_1).build()) {
            CompletableFuture<StreamResult> result = client.result(request(Dialect.CHAT));
            try (Socket socket = silent.accept()) {
                socket.getInputStream().read();
                result.cancel(false);
                socket.getInputStream().readAllBytes();
            }
            EventSubscriber subscriber = new EventSubscriber(1);
            client.publish(request(Dialect.CHAT)).subscribe(subscriber);
            subscriber.subscription.join().cancel();
        }
    }

    @Test
    void aListenerThatThrowsBreaksItsReplyAlone() throws Exception {
        try (ReplayServer server = server().start();
                ModelClient client = client(server.uri(), Transport.HTTP_2).build()) {
            CompletableFuture<Void> ended = client.listen(request(Dialect.CHAT), new EventRecorder(event -> {
                throw new IllegalStateException("enough");
            }));
            assertThatThrownBy(ended::get).hasRootCauseMessage("enough");
            assertThat(client.result(request(Dialect.CHAT)).get().outcome()).isEqualTo(Outcome.COMPLETED);
        }
    }
}
