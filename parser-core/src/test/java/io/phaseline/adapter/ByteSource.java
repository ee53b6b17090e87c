package io.phaseline.adapter;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Publishes items within {@code request}, on the calling thread, and counts; what follows the last item is up to the
 * test.
 */
final class ByteSource implements Flow.Publisher<List<ByteBuffer>>, Flow.Subscription {
    private final Queue<List<ByteBuffer>> items;
    private final @Nullable Runnable afterLast;
    private Flow.@Nullable Subscriber<? super List<ByteBuffer>> subscriber;

    final AtomicInteger asked = new AtomicInteger();
    final AtomicInteger given = new AtomicInteger();
    final AtomicInteger cancelled = new AtomicInteger();

    private ByteSource(List<List<ByteBuffer>> items, @Nullable Throwable failure, boolean ends) {
        this.items = new ArrayDeque<>(items);
        this.afterLast = !ends
                ? null
                : failure == null
                        ? () -> subscriber().onComplete()
                        : () -> subscriber().onError(failure);
    }

    static ByteSource of(List<List<ByteBuffer>> items) {
        return new ByteSource(items, null, true);
    }

    static ByteSource failing(List<List<ByteBuffer>> items, Throwable failure) {
        return new ByteSource(items, failure, true);
    }

    /** Stays silent after its last item, as a connection that is kept open. */
    static ByteSource open(List<List<ByteBuffer>> items) {
        return new ByteSource(items, null, false);
    }

    private Flow.Subscriber<? super List<ByteBuffer>> subscriber() {
        if (subscriber == null) {
            throw new IllegalStateException("not subscribed");
        }
        return subscriber;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super List<ByteBuffer>> newcomer) {
        subscriber = newcomer;
        newcomer.onSubscribe(this);
        if (items.isEmpty() && afterLast != null) {
            afterLast.run();
        }
    }

    @Override
    public void request(long n) {
        asked.addAndGet((int) n);
        for (long i = 0; i < n && cancelled.get() == 0 && !items.isEmpty(); i++) {
            given.incrementAndGet();
            List<ByteBuffer> item = items.remove();
            boolean last = items.isEmpty();
            subscriber().onNext(item);
            if (last && afterLast != null && cancelled.get() == 0) {
                afterLast.run();
            }
        }
    }

    @Override
    public void cancel() {
        cancelled.incrementAndGet();
    }
}
