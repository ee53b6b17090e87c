package io.phaseline.netty;

import io.phaseline.event.StreamEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Keeps what it gets, asks when the test asks, and notices two signals at once. */
final class RecordingSubscriber implements Flow.Subscriber<StreamEvent> {
    final List<StreamEvent> events = Collections.synchronizedList(new ArrayList<>());
    final AtomicInteger terminalSignals = new AtomicInteger();
    volatile boolean overlapped;

    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final AtomicInteger inside = new AtomicInteger();
    private final Consumer<RecordingSubscriber> onEach;

    RecordingSubscriber() {
        this(self -> {});
    }

    /** Does something with each event. */
    RecordingSubscriber(Consumer<RecordingSubscriber> onEach) {
        this.onEach = onEach;
    }

    void request(long n) {
        subscription.join().request(n);
    }

    void cancel() {
        subscription.join().cancel();
    }

    /** Waits for the end and tells the failure, null if there is none. */
    Throwable failure() throws Exception {
        return end.handle((nothing, failure) -> failure).get(20, TimeUnit.SECONDS);
    }

    synchronized void awaitEvents(int count) throws InterruptedException {
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (events.size() < count) {
            long left = TimeUnit.NANOSECONDS.toMillis(patience - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("waited for " + count + " events, but there are " + events);
            }
            wait(left);
        }
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
        subscription.complete(given);
    }

    @Override
    public void onNext(StreamEvent event) {
        signal(() -> {
            events.add(event);
            synchronized (this) {
                notifyAll();
            }
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
