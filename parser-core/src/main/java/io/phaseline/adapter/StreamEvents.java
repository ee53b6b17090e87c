package io.phaseline.adapter;

import io.phaseline.ParserOptions;
import io.phaseline.event.StreamEvent;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.stream.Stream;

/** Events that come when they are asked for, out of bytes from anywhere. */
public final class StreamEvents {
    private StreamEvents() {}

    /**
     * The events of an input stream, with default options; see {@link #read(InputStream, ParserOptions)}.
     *
     * @param in the bytes of one response; closed by the stream
     * @return a sequential stream, to be closed unless it is consumed to its end
     */
    public static Stream<StreamEvent> read(InputStream in) {
        return read(in, ParserOptions.DEFAULT);
    }

    /**
     * The events of an input stream, read as they are consumed.
     *
     * <p>A read is made, and may block, only when an event is asked for and none is left of the read before; one read
     * brings at most 16 KiB. The input stream is closed as soon as its end was read, or the parser knows that the reply
     * is over, and when the stream is closed. A stream that is not consumed to its end has to be closed; so use
     * {@code try}-with-resources. May be closed from another thread to end a read that blocks, if closing the input
     * stream does (a socket's does); the reading thread then gets an exception.
     *
     * <p>When the input stream throws an {@link java.io.IOException}, the events that were read come first, with the
     * stream's end as the last; then the terminal operation throws it as an {@link java.io.UncheckedIOException}. So it
     * does if the input stream cannot be closed.
     *
     * @param in the bytes of one response, or of many if the options say so; closed by the stream
     * @param options how to read
     * @return a sequential stream, to be closed unless it is consumed to its end
     */
    public static Stream<StreamEvent> read(InputStream in, ParserOptions options) {
        return EventReader.stream(Objects.requireNonNull(in, "in"), options);
    }

    /**
     * The events of a publisher of byte buffers, with default options; see
     * {@link #publish(Flow.Publisher, ParserOptions)}.
     *
     * @param source publishes the bytes of one response to each of its subscribers
     * @return a publisher with as many subscriptions as the source allows
     */
    public static Flow.Publisher<StreamEvent> publish(Flow.Publisher<List<ByteBuffer>> source) {
        return publish(source, ParserOptions.DEFAULT);
    }

    /**
     * The events of a publisher of byte buffers, at the pace of who subscribes to them.
     *
     * <p>Each subscription makes a parser and a subscription to the source. The source is asked for one item at a time,
     * and only when the events of the item before were all delivered and there is demand for more. Follows the rules of
     * {@link java.util.concurrent.Flow} (Reactive Streams 1.0): one signal at a time, on the source's threads or on
     * those that call {@code request}; a request within {@code onNext} makes the stack no deeper; {@code request} of
     * less than 1 ends the subscription with an {@link IllegalArgumentException}; {@code cancel} cancels the
     * subscription to the source, at any time and from any thread.
     *
     * <p>When the source ends the last event is {@link StreamEvent.Ended}, then comes {@code onComplete}. When the
     * source fails, the events so far and {@link StreamEvent.Ended} are delivered as they are asked for; then comes
     * {@code onError} with the source's error. When the parser knows that the reply is over, the subscription to the
     * source is cancelled. A subscriber that throws loses its subscription, and its {@code onError} gets what it threw.
     *
     * @param source publishes the bytes of one response, or of many if the options say so, to each of its subscribers;
     *     the buffers are read to their limits, and must not be written to meanwhile
     * @param options how to read
     * @return a publisher with as many subscriptions as the source allows
     */
    public static Flow.Publisher<StreamEvent> publish(Flow.Publisher<List<ByteBuffer>> source, ParserOptions options) {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(options, "options");
        return subscriber -> {
            EventPublisher events = new EventPublisher(options, 0);
            events.subscribe(subscriber);
            source.subscribe(events.intake());
        };
    }
}
