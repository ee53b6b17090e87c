package io.phaseline.adapter;

import io.phaseline.event.StreamEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps what it gets, asks when the test asks, and notices two signals at once. */
final class RecordingSubscriber implements Flow.Subscriber<StreamEvent> {
    final List<StreamEvent> events = Collections.synchronizedList(new ArrayList<>());
    final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
    final AtomicInteger terminalSignals = new AtomicInteger();
    volatile boolean overlapped;

    private final AtomicInteger inside = new AtomicInteger();
    private final Consumer<RecordingSubscriber> onEach;
    private final long first;

    /** Asks for some at first, and does something with each event. */
    RecordingSubscriber(long first, Consumer<RecordingSubscriber> onEach) {
        this.first = first;
        this.onEach = onEach;
    }

    static RecordingSubscriber unbounded() {
        return new RecordingSubscriber(Long.MAX_VALUE, self -> {});
    }

    /** Asks for nothing by itself. */
    static RecordingSubscriber manual() {
        return new RecordingSubscriber(0, self -> {});
    }

    void request(long n) {
        subscription.getNow(null).request(n);
    }

    void cancel() {
        subscription.getNow(null).cancel();
    }

    /** Waits for the end and tells the failure, null if there is none. */
    @Nullable
    Throwable failure() throws Exception {
        return end.handle((nothing, failure) -> failure).get(10, TimeUnit.SECONDS);
    }

    private void signal(Runnable signal) {
        if (inside.getAndIncrement() != 0) {
            overlapped = true;
        }
        try {
            signal.run();
        } finally {
            inside.decrementAndGet();
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        signal(() -> {
            subscription.complete(given);
            if (first > 0) {
                given.request(first);
            }
        });
    }

    @Override
    public void onNext(StreamEvent event) {
        signal(() -> {
            events.add(event);
            onEach.accept(this);
        });
    }

    @Override
    public void onError(Throwable failure) {
        signal(() -> {
            terminalSignals.incrementAndGet();
            end.completeExceptionally(failure);
        });
    }

    @Override
    public void onComplete() {
        signal(() -> {
            terminalSignals.incrementAndGet();
            end.complete(null);
        });
    }
}
