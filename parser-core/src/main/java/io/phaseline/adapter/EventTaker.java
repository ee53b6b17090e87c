package io.phaseline.adapter;

import io.phaseline.event.StreamEvent;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.Spliterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Asks a publisher for one event when it is asked for one, and waits for it.
 *
 * <p>Why not the JDK's {@code BodySubscribers.ofInputStream()} and an {@link EventReader}: when the connection breaks,
 * that stream throws at once and drops what was received before.
 */
final class EventTaker implements Flow.Subscriber<StreamEvent>, Spliterator<StreamEvent> {
    /** What came of a request: an event, a failure, or neither at the end. */
    private record Signal(
            @Nullable StreamEvent event, @Nullable Throwable failure) {}

    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>(); // one event and one end at most
    private volatile Flow.@Nullable Subscription subscription;
    private @Nullable Signal last;

    private EventTaker() {}

    /** Subscribes to a publisher that calls {@code onSubscribe} at once. */
    static Stream<StreamEvent> stream(EventPublisher events) {
        EventTaker taker = new EventTaker();
        events.subscribe(taker);
        return StreamSupport.stream(taker, false).onClose(taker::close);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
    }

    @Override
    public void onNext(StreamEvent event) {
        signals.add(new Signal(event, null));
    }

    @Override
    public void onError(Throwable failure) {
        signals.add(new Signal(null, failure));
    }

    @Override
    public void onComplete() {
        signals.add(new Signal(null, null));
    }

    @Override
    public boolean tryAdvance(Consumer<? super StreamEvent> action) {
        Signal signal = last;
        if (signal == null) {
            signal = take();
        }
        StreamEvent event = signal.event;
        if (event != null) {
            action.accept(event);
            return true;
        }
        last = signal;
        if (signal.failure != null) {
            throwUnchecked(signal.failure);
        }
        return false;
    }

    private Signal take() {
        Flow.Subscription from = subscription;
        if (from != null) {
            from.request(1);
        }
        try {
            return signals.take();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            close();
            InterruptedIOException failure = new InterruptedIOException("interrupted while waiting for an event");
            failure.initCause(interrupted);
            return new Signal(null, failure);
        }
    }

    private static void throwUnchecked(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        throw new UncheckedIOException(failure instanceof IOException broken ? broken : new IOException(failure));
    }

    private void close() {
        Flow.Subscription from = subscription;
        if (from != null) {
            from.cancel();
        }
        signals.add(new Signal(null, new IOException("closed"))); // for who waits; nobody else looks
    }

    @Override
    public @Nullable Spliterator<StreamEvent> trySplit() {
        return null; // events come one after the other
    }

    @Override
    public long estimateSize() {
        return Long.MAX_VALUE;
    }

    @Override
    public int characteristics() {
        return ORDERED | NONNULL | IMMUTABLE;
    }
}
