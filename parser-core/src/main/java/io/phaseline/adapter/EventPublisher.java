package io.phaseline.adapter;

import io.phaseline.ParserOptions;
import io.phaseline.StreamParser;
import io.phaseline.event.EventRecorder;
import io.phaseline.event.StreamEvent;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The events of one input, for one subscriber, as many as it asks for.
 *
 * <p>Numbers in the code are the rules of Reactive Streams 1.0 that stand behind a line.
 */
final class EventPublisher implements Flow.Publisher<StreamEvent>, Flow.Subscription, Intake.Outlet {
    private final Intake intake;
    private final Queue<StreamEvent> heard = new ArrayDeque<>(); // touched within turns only

    private final AtomicBoolean taken = new AtomicBoolean();
    private final AtomicLong demand = new AtomicLong();
    private volatile Flow.@Nullable Subscriber<? super StreamEvent> subscriber;
    private volatile @Nullable IllegalArgumentException badRequest;

    EventPublisher(ParserOptions options, int httpStatus) {
        StreamParser parser = new StreamParser(options, new EventRecorder(heard::add));
        if (httpStatus > 0) {
            parser.httpStatus(httpStatus);
        }
        intake = new Intake(parser, this);
    }

    /** Who is to be subscribed to the bytes. */
    Intake intake() {
        return intake;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super StreamEvent> newcomer) {
        Objects.requireNonNull(newcomer, "subscriber"); // 1.9
        if (!taken.compareAndSet(false, true)) {
            newcomer.onSubscribe(new Refused());
            newcomer.onError(new IllegalStateException("the events of a response have one subscriber")); // 1.9, 1.11
            return;
        }
        try {
            newcomer.onSubscribe(this);
        } catch (Throwable thrown) {
            give(newcomer, thrown);
            return;
        }
        subscriber = newcomer; // only now: what it asked for meanwhile is passed on after onSubscribe, 1.3
        intake.ring();
    }

    private static final class Refused implements Flow.Subscription {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            badRequest = new IllegalArgumentException("asked for " + n + " events, at least 1 is allowed (3.9)");
        } else {
            demand.accumulateAndGet(n, (had, more) -> had + more < 0 ? Long.MAX_VALUE : had + more); // 3.17
        }
        intake.ring();
    }

    @Override
    public void cancel() {
        intake.cancel();
    }

    @Override
    public boolean passOn() {
        Flow.Subscriber<? super StreamEvent> target = subscriber;
        if (target == null) {
            return false;
        }
        while (!intake.isCancelled()) {
            IllegalArgumentException bad = badRequest;
            if (bad != null) {
                give(target, bad); // 3.9
            } else if (heard.isEmpty()) {
                return true;
            } else if (demand.get() == 0) {
                return false; // 1.1
            } else {
                if (demand.get() != Long.MAX_VALUE) {
                    demand.decrementAndGet();
                }
                try {
                    target.onNext(heard.remove());
                } catch (Throwable thrown) {
                    give(target, thrown); // 2.13
                }
            }
        }
        return false;
    }

    @Override
    public boolean wantsMore() {
        return demand.get() > 0;
    }

    @Override
    public void end(@Nullable Throwable failure) {
        Flow.Subscriber<? super StreamEvent> target = Objects.requireNonNull(subscriber);
        subscriber = null;
        if (failure == null) {
            target.onComplete();
        } else {
            target.onError(failure);
        }
    }

    @Override
    public void drop() {
        subscriber = null; // 3.13
        heard.clear();
    }

    /** The subscription is over, and the subscriber told why. */
    private void give(Flow.Subscriber<? super StreamEvent> target, Throwable why) {
        intake.cancel();
        target.onError(why);
    }
}
