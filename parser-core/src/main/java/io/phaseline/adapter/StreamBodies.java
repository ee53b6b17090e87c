package io.phaseline.adapter;

import io.phaseline.ParserOptions;
import io.phaseline.StreamParser;
import io.phaseline.event.ResultAccumulator;
import io.phaseline.event.StreamEvent;
import io.phaseline.event.StreamListener;
import io.phaseline.event.StreamResult;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Response bodies of the JDK's HTTP client, read as event streams.
 *
 * <pre>{@code
 * client.send(request, StreamBodies.listener(listener));              // hear it while it comes
 * StreamResult reply = client.send(request, StreamBodies.result()).body();  // everything joined
 * }</pre>
 *
 * <p>A response of any status and content type is read: what the bytes are decides, and an error body is heard as an
 * error with the response's status. Nothing is buffered beyond what the client delivers at once: the connection is read
 * on when the last bytes were heard.
 *
 * <p><b>To cancel</b> a response that is being read, call {@link CompletableFuture#cancel cancel(true)} on the future
 * itself that {@link java.net.http.HttpClient#sendAsync sendAsync} gave (not on one derived from it); the client then
 * closes the connection (HTTP/1.1) or resets the stream (HTTP/2), and the listener hears the stream end, truncated.
 * {@link #publisher} and {@link #stream} are cancelled by their subscription and by {@code close()}. A request's
 * {@link java.net.http.HttpRequest.Builder#timeout timeout} ends with the response's headers: it does not bound the
 * body.
 *
 * <p><b>Handlers</b> may be used again, for one response after the other or for several at once; except that those
 * made with a listener tell every response to the same listener.
 *
 * @see java.net.http.HttpResponse.BodyHandler
 */
public final class StreamBodies {
    private StreamBodies() {}

    /** Bytes go there, the body comes from here. */
    private record Body<T>(Flow.Subscriber<List<ByteBuffer>> bytes, CompletionStage<T> body)
            implements BodySubscriber<T> {
        @Override
        public CompletionStage<T> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            bytes.onSubscribe(subscription);
        }

        @Override
        public void onNext(List<ByteBuffer> item) {
            bytes.onNext(item);
        }

        @Override
        public void onError(Throwable throwable) {
            bytes.onError(throwable);
        }

        @Override
        public void onComplete() {
            bytes.onComplete();
        }
    }

    /**
     * Tells a listener while the body comes, with default options; see {@link #listener(ParserOptions, StreamListener)}.
     *
     * @param listener hears every response of this handler
     * @return a handler whose body is null
     */
    public static BodyHandler<@Nullable Void> listener(StreamListener listener) {
        return listener(ParserOptions.DEFAULT, listener);
    }

    /**
     * Tells a listener while the body comes, on the client's threads, one event at a time.
     *
     * <p>The response is complete when the listener has heard the end: the body is over, or the parser knows that the
     * reply is, in which case the connection is let go. If the connection breaks, the listener hears the stream end and
     * the response fails with the client's {@link java.io.IOException}. If the listener throws, the connection is let go
     * and the response fails with what it threw: {@code sendAsync} completes with it as the cause, {@code send} wraps it
     * in an {@code IOException} unless it is of a type that {@code send} declares.
     *
     * @param options how to read
     * @param listener hears every response of this handler
     * @return a handler whose body is null
     */
    public static BodyHandler<@Nullable Void> listener(ParserOptions options, StreamListener listener) {
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(listener, "listener");
        return response -> {
            StreamSubscriber subscriber = subscriber(options, listener, response);
            return new Body<>(subscriber, subscriber.ended());
        };
    }

    /**
     * Joins everything, with default options; see {@link #result(ParserOptions)}.
     *
     * @return a handler whose body is the reply
     */
    public static BodyHandler<StreamResult> result() {
        return result(ParserOptions.DEFAULT);
    }

    /**
     * Joins everything that comes into one result. Ends and fails like {@link #listener(ParserOptions, StreamListener)};
     * a server's error is a result ({@link io.phaseline.event.Outcome#FAILED}), a broken connection is an exception. To
     * keep what came before the connection broke, be a {@link #listener(StreamListener)} with a
     * {@link ResultAccumulator}.
     *
     * @param options how to read one response
     * @return a handler whose body is the reply
     * @throws IllegalArgumentException if the options allow for many streams
     */
    public static BodyHandler<StreamResult> result(ParserOptions options) {
        if (options.manyStreams()) {
            throw new IllegalArgumentException("one result, but the options allow for many streams");
        }
        return response -> {
            AtomicReference<@Nullable StreamResult> result = new AtomicReference<>();
            StreamSubscriber subscriber = subscriber(options, new ResultAccumulator(result::set), response);
            return new Body<>(
                    subscriber, subscriber.ended().thenApply(nothing -> Objects.requireNonNull(result.get())));
        };
    }

    /**
     * Gives the events as they are asked for, with default options; see {@link #publisher(ParserOptions)}.
     *
     * @return a handler whose body is the publisher of the events
     */
    public static BodyHandler<Flow.Publisher<StreamEvent>> publisher() {
        return publisher(ParserOptions.DEFAULT);
    }

    /**
     * Gives the events as they are asked for: the response is complete with its headers, and the connection is read at
     * the pace of the one subscriber that the publisher allows. Its signals are those of
     * {@link StreamEvents#publish(Flow.Publisher, ParserOptions)}; a second subscriber gets an
     * {@link IllegalStateException}.
     *
     * <p>The events have to be subscribed to, and consumed to their end or cancelled: until then they hold the
     * connection.
     *
     * @param options how to read
     * @return a handler whose body is the publisher of the events
     */
    public static BodyHandler<Flow.Publisher<StreamEvent>> publisher(ParserOptions options) {
        Objects.requireNonNull(options, "options");
        return response -> {
            EventPublisher events = new EventPublisher(options, response.statusCode());
            return new Body<>(events.intake(), CompletableFuture.completedFuture(events));
        };
    }

    /**
     * Gives the events to who reads them, with default options; see {@link #stream(ParserOptions)}.
     *
     * @return a handler whose body is a stream that has to be closed
     */
    public static BodyHandler<Stream<StreamEvent>> stream() {
        return stream(ParserOptions.DEFAULT);
    }

    /**
     * Gives the events to who reads them: the response is complete with its headers, and the connection is read as the
     * stream is consumed. Asking for an event blocks until it is there; so consume it on a thread that may wait.
     *
     * <p>The stream is sequential. It has to be consumed to its end or closed: until then it holds the connection; so
     * use {@code try}-with-resources. Closing it lets the connection go, also from another thread; one that waits for an
     * event then gets an {@link java.io.UncheckedIOException}. So does one that is interrupted, which also lets the
     * connection go. If the connection breaks, the events that were received come first, with the stream's end as the
     * last, then the terminal operation throws the client's {@link java.io.IOException} as the cause of an
     * {@code UncheckedIOException}.
     *
     * @param options how to read
     * @return a handler whose body is a stream that has to be closed
     */
    public static BodyHandler<Stream<StreamEvent>> stream(ParserOptions options) {
        Objects.requireNonNull(options, "options");
        return response -> {
            EventPublisher events = new EventPublisher(options, response.statusCode());
            return new Body<>(events.intake(), CompletableFuture.completedFuture(EventTaker.stream(events)));
        };
    }

    private static StreamSubscriber subscriber(
            ParserOptions options, StreamListener listener, HttpResponse.ResponseInfo response) {
        StreamParser parser = new StreamParser(options, listener);
        parser.httpStatus(response.statusCode());
        return new StreamSubscriber(parser);
    }
}
