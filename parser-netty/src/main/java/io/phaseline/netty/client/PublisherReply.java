package io.phaseline.netty.client;

import io.netty.channel.ChannelPipeline;
import io.phaseline.ParserOptions;
import io.phaseline.event.StreamEvent;
import io.phaseline.netty.StreamEventHandler;
import io.phaseline.netty.StreamEventPublisher;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber gets the events of the response.
 *
 * <p>It has its subscription before there is a response: what it asks for until then is handed on when the channel's own
 * publisher begins. Numbers in the code are rules of Reactive Streams 1.0.
 */
final class PublisherReply implements Reply, Flow.Subscription, Flow.Subscriber<StreamEvent> {
    private final ParserOptions options;
    private final Flow.Subscriber<? super StreamEvent> subscriber;
    private final Runnable onCancel;

    private @Nullable Throwable failure;
    private boolean subscribed;
    private boolean over;
    private long asked;
    private Flow.@Nullable Subscription channel;

    /**
     * A reply; {@link #subscribe()} begins it.
     *
     * @param onCancel gives up an exchange that has no response yet
     */
    PublisherReply(ParserOptions options, Flow.Subscriber<? super StreamEvent> subscriber, Runnable onCancel) {
        this.options = options;
        this.subscriber = subscriber;
        this.onCancel = onCancel;
    }

    /** Hands the subscriber its subscription. */
    void subscribe() {
        subscriber.onSubscribe(this);
        Throwable failed;
        synchronized (this) {
            subscribed = true; // what came meanwhile had to wait: 1.3
            failed = failure;
        }
        if (failed != null) {
            subscriber.onError(failed);
        }
    }

    @Override
    public void fail(Throwable why) {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            if (!subscribed) {
                failure = why;
                return;
            }
        }
        subscriber.onError(why);
    }

    @Override
    public void begin(ChannelPipeline pipeline) {
        StreamEventPublisher events = new StreamEventPublisher();
        pipeline.addLast(new StreamEventHandler(options), events);
        events.subscribe(this);
    }

    @Override
    public void bodyOver() {
        // The publisher has told its subscriber, or keeps what was not asked for.
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        long before;
        synchronized (this) {
            channel = subscription;
            before = asked;
        }
        if (isOver()) {
            subscription.cancel();
        } else if (before != 0) {
            subscription.request(before);
        }
    }

    private synchronized boolean isOver() {
        return over;
    }

    @Override
    public void onNext(StreamEvent event) {
        subscriber.onNext(event);
    }

    @Override
    public void onError(Throwable why) {
        subscriber.onError(why);
    }

    @Override
    public void onComplete() {
        subscriber.onComplete();
    }

    @Override
    public void request(long n) {
        Flow.Subscription now;
        synchronized (this) {
            now = channel;
            if (now == null) {
                // A bad request stays one: the channel's publisher is to see it, 3.9.
                asked = n <= 0 || asked < 0 ? Math.min(n, -1) : asked + n < 0 ? Long.MAX_VALUE : asked + n;
            }
        }
        if (now != null) {
            now.request(n);
        }
    }

    @Override
    public void cancel() {
        Flow.Subscription now;
        synchronized (this) {
            over = true;
            now = channel;
        }
        if (now != null) {
            now.cancel();
        } else {
            onCancel.run();
        }
    }
}
