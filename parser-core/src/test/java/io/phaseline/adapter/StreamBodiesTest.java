package io.phaseline.adapter;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phaseline.ParserOptions;
import io.phaseline.bytes.Slice;
import io.phaseline.event.ErrorKind;
import io.phaseline.event.EventRecorder;
import io.phaseline.event.Outcome;
import io.phaseline.event.Place;
import io.phaseline.event.StreamEvent;
import io.phaseline.event.StreamListener;
import io.phaseline.event.StreamResult;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StreamBodiesTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<StreamEvent> events = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch answerHeard = new CountDownLatch(1);
    private final CompletableFuture<Outcome> ended = new CompletableFuture<>();
    private final StreamListener recorder = new EventRecorder(event -> {
        events.add(event);
        if (event instanceof StreamEvent.Content) {
            answerHeard.countDown();
        }
        if (event instanceof StreamEvent.Ended end) {
            ended.complete(end.outcome());
        }
    });

    private static void inPieces(LoopbackServer.Body body, String reply) throws IOException {
        byte[] bytes = Replies.bytes(reply);
        for (int offset = 0; offset < bytes.length; offset += 37) {
            body.write(Arrays.copyOfRange(bytes, offset, Math.min(offset + 37, bytes.length)));
        }
    }

    private static LoopbackServer serving(String reply) throws IOException {
        return LoopbackServer.answering(200, body -> inPieces(body, reply));
    }

    /** Sends a reply and then nothing, but keeps the connection open. */
    private static LoopbackServer silentAfter(String reply) throws IOException {
        return LoopbackServer.answering(200, body -> {
            inPieces(body, reply);
            body.staySilent();
        });
    }

    /** Sends the beginning of a reply, and goes on with comments until the client goes away. */
    private static LoopbackServer talkingUntilClientGoes(String reply) throws IOException {
        return LoopbackServer.answering(200, body -> {
            inPieces(body, reply);
            body.writeUntilClientGoes();
        });
    }

    private static LoopbackServer breakingOff(String reply) throws IOException {
        return LoopbackServer.answering(200, body -> {
            inPieces(body, reply);
            throw new IOException("the test breaks off");
        });
    }

    private <T> HttpResponse<T> send(LoopbackServer server, BodyHandler<T> handler) throws Exception {
        return sendAsync(server, handler).get(10, SECONDS);
    }

    private <T> CompletableFuture<HttpResponse<T>> sendAsync(LoopbackServer server, BodyHandler<T> handler) {
        return client.sendAsync(server.request().build(), handler);
    }

    @Nested
    class Listener {
        @Test
        void hearsWhatAParserHearsThatIsFedDirectly() throws Exception {
            try (LoopbackServer server = serving(Replies.DASHSCOPE)) {
                send(server, StreamBodies.listener(recorder));
            }
            assertThat(events).isNotEmpty().isEqualTo(Replies.fedDirectly(Replies.DASHSCOPE));
        }

        @Test
        void hearsAPieceBeforeTheNextIsSent() throws Exception {
            try (LoopbackServer server = LoopbackServer.answering(200, body -> {
                inPieces(body, Replies.CHAT_CUT);
                assertThat(answerHeard.await(10, SECONDS)).isTrue();
                inPieces(body, Replies.CHAT.substring(Replies.CHAT_CUT.length()));
            })) {
                send(server, StreamBodies.listener(recorder));
            }
            assertThat(events).isEqualTo(Replies.fedDirectly(Replies.CHAT));
        }

        @Test
        void anEndMarkerCompletesTheResponseThoughTheServerKeepsTheConnectionOpen() throws Exception {
            try (LoopbackServer server = silentAfter(Replies.CHAT)) {
                send(server, StreamBodies.listener(recorder));
            }
            assertThat(ended).isCompletedWithValue(Outcome.COMPLETED);
        }

        @Test
        void anEndMarkerLetsTheConnectionGo() throws Exception {
            try (LoopbackServer server = talkingUntilClientGoes(Replies.CHAT)) {
                send(server, StreamBodies.listener(recorder));
                assertThat(server.clientGone.get(10, SECONDS)).isNotNull();
            }
        }

        @Test
        void cancellingTheFutureClosesTheConnectionAndEndsTheStream() throws Exception {
            try (LoopbackServer server = talkingUntilClientGoes(Replies.CHAT_CUT)) {
                var response = sendAsync(server, StreamBodies.listener(recorder));
                assertThat(answerHeard.await(10, SECONDS)).isTrue();

                response.cancel(true);

                assertThat(server.clientGone.get(10, SECONDS)).isNotNull();
                assertThat(ended.get(10, SECONDS)).isEqualTo(Outcome.TRUNCATED);
            }
        }

        @Test
        void whatItThrowsClosesTheConnectionAndFailsTheResponse() throws Exception {
            RuntimeException thrown = new RuntimeException("full");
            StreamListener throwing = new StreamListener() {
                @Override
                public void onContent(Place at, int choice, Slice delta) {
                    throw thrown;
                }
            };
            try (LoopbackServer server = talkingUntilClientGoes(Replies.CHAT_CUT)) {
                assertThatThrownBy(() -> send(server, StreamBodies.listener(throwing)))
                        .isInstanceOf(ExecutionException.class)
                        .hasCause(thrown);
                assertThat(server.clientGone.get(10, SECONDS)).isNotNull();
            }
        }

        @Test
        void theBlockingSendWrapsWhatItThrows() throws Exception {
            RuntimeException thrown = new RuntimeException("full");
            StreamListener throwing = new StreamListener() {
                @Override
                public void onContent(Place at, int choice, Slice delta) {
                    throw thrown;
                }
            };
            try (LoopbackServer server = serving(Replies.CHAT)) {
                assertThatThrownBy(() -> client.send(server.request().build(), StreamBodies.listener(throwing)))
                        .isInstanceOf(IOException.class)
                        .hasRootCause(thrown);
            }
        }

        @Test
        void aBrokenConnectionEndsTheStreamAndFailsTheResponse() throws Exception {
            try (LoopbackServer server = breakingOff(Replies.CHAT_CUT)) {
                assertThatThrownBy(() -> send(server, StreamBodies.listener(recorder)))
                        .hasCauseInstanceOf(IOException.class);
            }
            assertThat(events).isNotEmpty().isEqualTo(Replies.fedDirectly(Replies.CHAT_CUT));
        }
    }

    @Nested
    class Result {
        @Test
        void joinsEverything() throws Exception {
            StreamResult result;
            try (LoopbackServer server = serving(Replies.DASHSCOPE)) {
                result = send(server, StreamBodies.result()).body();
            }
            assertThat(result.outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(result.reasoning()).isEqualTo("How much?So 49.");
            assertThat(result.content()).isEqualTo("It is 49 \u00b0\uD83D\uDE00");
            assertThat(result.toolCalls())
                    .singleElement()
                    .satisfies(call -> assertThat(call.code()).isEqualTo("7**2"));
        }

        @Test
        void anErrorBodyFailsWithTheStatusOfTheResponse() throws Exception {
            HttpResponse<StreamResult> response;
            try (LoopbackServer server = LoopbackServer.answering(401, body -> body.write(Replies.REFUSED))) {
                response = send(server, StreamBodies.result());
            }
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.body().outcome()).isEqualTo(Outcome.FAILED);
            assertThat(response.body().errors()).singleElement().satisfies(placed -> {
                assertThat(placed.error().kind()).isEqualTo(ErrorKind.NOT_A_STREAM);
                assertThat(placed.error().code()).isEqualTo("InvalidApiKey");
                assertThat(placed.error().httpStatus()).isEqualTo(401);
            });
        }

        @Test
        void anEmptyBodyIsTruncated() throws Exception {
            try (LoopbackServer server = serving("")) {
                assertThat(send(server, StreamBodies.result()).body().outcome()).isEqualTo(Outcome.TRUNCATED);
            }
        }

        @Test
        void oneHandlerServesManyResponsesAtOnce() throws Exception {
            BodyHandler<StreamResult> handler = StreamBodies.result();
            try (LoopbackServer server = serving(Replies.CHAT)) {
                List<CompletableFuture<HttpResponse<StreamResult>>> responses = Stream.generate(
                                () -> sendAsync(server, handler))
                        .limit(5)
                        .toList();
                for (CompletableFuture<HttpResponse<StreamResult>> response : responses) {
                    assertThat(response.get(10, SECONDS).body().content()).isEqualTo("Hello");
                }
            }
        }

        @Test
        void manyStreamsAreRefused() {
            ParserOptions options = ParserOptions.DEFAULT.withManyStreams(true);
            assertThatThrownBy(() -> StreamBodies.result(options)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class Publisher {
        @Test
        void givesTheEventsOneByOne() throws Exception {
            RecordingSubscriber subscriber = new RecordingSubscriber(1, self -> self.request(1));
            try (LoopbackServer server = serving(Replies.DASHSCOPE)) {
                send(server, StreamBodies.publisher()).body().subscribe(subscriber);
                assertThat(subscriber.failure()).isNull();
            }
            assertThat(subscriber.overlapped).isFalse();
            assertThat(subscriber.events).isNotEmpty().isEqualTo(Replies.fedDirectly(Replies.DASHSCOPE));
        }

        @Test
        void cancelClosesTheConnection() throws Exception {
            RecordingSubscriber subscriber = new RecordingSubscriber(Long.MAX_VALUE, self -> {
                if (self.events.get(self.events.size() - 1) instanceof StreamEvent.Content) {
                    self.cancel();
                }
            });
            try (LoopbackServer server = talkingUntilClientGoes(Replies.CHAT_CUT)) {
                send(server, StreamBodies.publisher()).body().subscribe(subscriber);
                assertThat(server.clientGone.get(10, SECONDS)).isNotNull();
            }
            assertThat(subscriber.end).isNotDone();
        }

        @Test
        void cancelFromAnotherThreadWhileTheServerIsSilentClosesTheConnection() throws Exception {
            CountDownLatch cancelled = new CountDownLatch(1);
            RecordingSubscriber subscriber = new RecordingSubscriber(Long.MAX_VALUE, self -> {
                if (self.events.get(self.events.size() - 1) instanceof StreamEvent.Content) {
                    answerHeard.countDown();
                }
            });
            try (LoopbackServer server = LoopbackServer.answering(200, body -> {
                inPieces(body, Replies.CHAT_CUT);
                assertThat(cancelled.await(10, SECONDS)).isTrue();
                body.writeUntilClientGoes();
            })) {
                send(server, StreamBodies.publisher()).body().subscribe(subscriber);
                assertThat(answerHeard.await(10, SECONDS)).isTrue();

                subscriber.cancel();
                cancelled.countDown();

                assertThat(server.clientGone.get(10, SECONDS)).isNotNull();
            }
        }

        @Test
        void aSecondSubscriberIsRefused() throws Exception {
            RecordingSubscriber first = RecordingSubscriber.manual();
            RecordingSubscriber second = RecordingSubscriber.unbounded();
            try (LoopbackServer server = serving(Replies.CHAT)) {
                Flow.Publisher<StreamEvent> body =
                        send(server, StreamBodies.publisher()).body();
                body.subscribe(first);
                body.subscribe(second);

                assertThat(second.failure()).isInstanceOf(IllegalStateException.class);
                first.request(Long.MAX_VALUE);
                assertThat(first.failure()).isNull();
            }
            assertThat(first.events).isEqualTo(Replies.fedDirectly(Replies.CHAT));
        }

        @Test
        void aBrokenConnectionDeliversTheEndThenTheError() throws Exception {
            RecordingSubscriber subscriber = RecordingSubscriber.unbounded();
            try (LoopbackServer server = breakingOff(Replies.CHAT_CUT)) {
                send(server, StreamBodies.publisher()).body().subscribe(subscriber);
                assertThat(subscriber.failure()).isInstanceOf(IOException.class);
            }
            assertThat(subscriber.events).isNotEmpty().isEqualTo(Replies.fedDirectly(Replies.CHAT_CUT));
        }

        @Test
        void anErrorBodyFailsWithTheStatusOfTheResponse() throws Exception {
            RecordingSubscriber subscriber = RecordingSubscriber.unbounded();
            try (LoopbackServer server = LoopbackServer.answering(401, body -> body.write(Replies.REFUSED))) {
                send(server, StreamBodies.publisher()).body().subscribe(subscriber);
                assertThat(subscriber.failure()).isNull();
            }
            assertThat(subscriber.events)
                    .filteredOn(StreamEvent.Failed.class::isInstance)
                    .singleElement()
                    .satisfies(event -> assertThat(
                                    ((StreamEvent.Failed) event).error().httpStatus())
                            .isEqualTo(401));
        }

        @Test
        void anEndMarkerCompletesItThoughTheServerKeepsTheConnectionOpen() throws Exception {
            RecordingSubscriber subscriber = RecordingSubscriber.unbounded();
            try (LoopbackServer server = silentAfter(Replies.CHAT)) {
                send(server, StreamBodies.publisher()).body().subscribe(subscriber);
                assertThat(subscriber.failure()).isNull();
            }
            assertThat(subscriber.events).isEqualTo(Replies.fedDirectly(Replies.CHAT));
        }
    }

    @Nested
    class EventStream {
        @Test
        void givesTheEvents() throws Exception {
            try (LoopbackServer server = serving(Replies.DASHSCOPE);
                    Stream<StreamEvent> body =
                            send(server, StreamBodies.stream()).body()) {
                assertThat(body.toList()).isNotEmpty().isEqualTo(Replies.fedDirectly(Replies.DASHSCOPE));
            }
        }

        @Test
        void closeClosesTheConnection() throws Exception {
            try (LoopbackServer server = talkingUntilClientGoes(Replies.CHAT_CUT)) {
                try (Stream<StreamEvent> body =
                        send(server, StreamBodies.stream()).body()) {
                    assertThat(body.anyMatch(StreamEvent.Content.class::isInstance))
                            .isTrue();
                }
                assertThat(server.clientGone.get(10, SECONDS)).isNotNull();
            }
        }

        @Test
        void anEndMarkerEndsItThoughTheServerKeepsTheConnectionOpen() throws Exception {
            try (LoopbackServer server = silentAfter(Replies.CHAT)) {
                assertThat(send(server, StreamBodies.stream()).body().toList())
                        .isEqualTo(Replies.fedDirectly(Replies.CHAT));
            }
        }

        @Test
        void closeFromAnotherThreadEndsTheWaiting() throws Exception {
            try (LoopbackServer server = silentAfter(Replies.CHAT_CUT)) {
                Stream<StreamEvent> body = send(server, StreamBodies.stream()).body();
                CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> body.forEach(event -> {
                    events.add(event);
                    if (event instanceof StreamEvent.Content) {
                        answerHeard.countDown();
                    }
                }));
                assertThat(answerHeard.await(10, SECONDS)).isTrue();

                body.close();

                assertThatThrownBy(() -> reading.get(10, SECONDS)).hasCauseInstanceOf(UncheckedIOException.class);
            }
            assertThat(events).noneMatch(StreamEvent.Ended.class::isInstance);
        }

        @Test
        void interruptingTheReaderLetsTheConnectionGo() throws Exception {
            try (LoopbackServer server = LoopbackServer.answering(200, body -> {
                inPieces(body, Replies.CHAT_CUT);
                body.writeUntilClientGoes();
            })) {
                Stream<StreamEvent> body = send(server, StreamBodies.stream()).body();

                assertThatThrownBy(() ->
                                body.forEach(event -> Thread.currentThread().interrupt()))
                        .isInstanceOf(UncheckedIOException.class)
                        .hasCauseInstanceOf(InterruptedIOException.class);

                assertThat(Thread.interrupted()).isTrue();
                assertThat(server.clientGone.get(10, SECONDS)).isNotNull();
            }
        }

        @Test
        void aBrokenConnectionThrowsAfterTheEventsThatWereRead() throws Exception {
            try (LoopbackServer server = breakingOff(Replies.CHAT_CUT);
                    Stream<StreamEvent> body =
                            send(server, StreamBodies.stream()).body()) {
                assertThatThrownBy(() -> body.forEach(events::add)).isInstanceOf(UncheckedIOException.class);
            }
            assertThat(events).isNotEmpty().isEqualTo(Replies.fedDirectly(Replies.CHAT_CUT));
        }
    }
}
