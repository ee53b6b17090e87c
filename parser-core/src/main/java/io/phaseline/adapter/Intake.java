package io.phaseline.adapter;

import io.phaseline.StreamParser;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Where the bytes of a publisher go into a parser: one request, one feed, then the outlet.
 *
 * <p>Signals come from two sides, on any threads: bytes and ends from upstream, demand and cancellation from downstream.
 * Each leaves a note (a volatile field, a queue) and rings; whoever rings first takes turns until nobody has rung
 * meanwhile, all others return at once. So the parser and the outlet are touched by one thread at a time, in order, and
 * a publisher that answers {@code request} within the call finds the bell ringing instead of a deeper stack.
 *
 * <p>Upstream is asked for one item, and for the next when the outlet has passed on all that came of the last and wants
 * more: at most one item is read ahead.
 */
final class Intake implements Flow.Subscriber<List<ByteBuffer>> {
    /** What stands behind the parser. Its methods are called in turns, never two at once. */
    interface Outlet {
        /** Passes on what was heard, as far as it is wanted; true when nothing is left. */
        boolean passOn();

        /** Whether more is wanted than was heard. */
        boolean wantsMore();

        /** All was passed on and nothing follows; with the failure that ended the input, if one did. Called once. */
        void end(@Nullable Throwable failure);

        /** It was cancelled: whatever is kept is not wanted any more. */
        void drop();
    }

    private final StreamParser parser;
    private final Outlet outlet;

    private final AtomicInteger rings = new AtomicInteger();
    private final Queue<List<ByteBuffer>> inputs = new ConcurrentLinkedQueue<>();
    private volatile Flow.@Nullable Subscription upstream;
    private @Nullable Throwable upstreamFailure; // written before upstreamOver, read after it
    private volatile boolean upstreamOver;
    private volatile boolean cancelled;

    // Touched within turns only.
    private boolean asked;
    private boolean over;
    private boolean ended;
    private @Nullable Throwable failure;

    Intake(StreamParser parser, Outlet outlet) {
        this.parser = parser;
        this.outlet = outlet;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        Objects.requireNonNull(subscription, "subscription");
        if (upstream != null) {
            subscription.cancel(); // Reactive Streams 2.5
            return;
        }
        upstream = subscription;
        if (cancelled) {
            subscription.cancel();
        }
        ring();
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        inputs.add(Objects.requireNonNull(bytes, "bytes"));
        ring();
    }

    @Override
    public void onError(Throwable throwable) {
        Objects.requireNonNull(throwable, "throwable");
        if (!upstreamOver) {
            upstreamFailure = throwable;
            upstreamOver = true;
        }
        ring();
    }

    @Override
    public void onComplete() {
        upstreamOver = true;
        ring();
    }

    /** Ends everything, from any thread, as often as one likes: the connection is let go and nothing more is heard. */
    void cancel() {
        cancelled = true;
        letGo();
        ring();
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** Has somebody look at what changed: this thread, or the one that is at it. */
    void ring() {
        if (rings.getAndIncrement() != 0) {
            return;
        }
        int heard = 1;
        do {
            takeTurn();
            heard = rings.addAndGet(-heard);
        } while (heard != 0);
    }

    private void takeTurn() {
        while (!cancelled && !ended) {
            boolean nothingLeft = outlet.passOn();
            if (over) {
                if (nothingLeft && !cancelled) {
                    end();
                }
                letGo();
                break;
            }
            if (!nothingLeft) {
                return;
            }
            List<ByteBuffer> bytes = inputs.poll();
            if (bytes != null) {
                asked = false;
                feed(bytes);
            } else if (upstreamOver) {
                if (!inputs.isEmpty()) {
                    continue; // came between the two looks
                }
                failure = upstreamFailure;
                finish();
            } else if (!asked && outlet.wantsMore()) {
                Flow.Subscription subscription = upstream;
                if (subscription == null) {
                    return;
                }
                asked = true;
                subscription.request(1);
            } else {
                return;
            }
        }
        inputs.clear();
        if (cancelled) {
            outlet.drop();
        }
    }

    private void feed(List<ByteBuffer> bytes) {
        try {
            for (ByteBuffer buffer : bytes) {
                parser.feed(buffer);
            }
        } catch (Throwable thrown) { // the listener's, whatever it is: it belongs to who waits for the end
            failure = thrown;
            over = true;
            return;
        }
        if (parser.isDone()) {
            finish();
        }
    }

    private void finish() {
        over = true;
        try {
            parser.finish();
        } catch (Throwable thrown) {
            if (failure == null) {
                failure = thrown;
            } else {
                failure.addSuppressed(thrown);
            }
        }
    }

    private void end() {
        ended = true;
        try {
            outlet.end(failure);
        } finally {
            letGo(); // not before: a client may answer a cancelled subscription with an error of its own
        }
    }

    private void letGo() {
        Flow.Subscription subscription = upstream;
        if (subscription != null && !upstreamOver) {
            subscription.cancel();
        }
    }
}
