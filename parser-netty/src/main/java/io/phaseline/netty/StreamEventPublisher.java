package io.phaseline.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.phaseline.event.StreamEvent;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The events of one response, for one subscriber, as many as it asks for. Stands behind a {@link StreamEventHandler}.
 *
 * <p>Follows the rules of {@link java.util.concurrent.Flow} (Reactive Streams 1.0); numbers in the code are those of the
 * rules. It turns auto-read off, and reads the network when the subscriber wants more than was read: at most one network
 * read is kept. After the last event, {@link StreamEvent.Ended}, comes {@code onComplete}, or {@code onError} with what
 * broke the response; if this side closes the channel that is a {@link ClosedChannelException}. A subscriber that throws
 * loses its subscription, and its {@code onError} gets what it threw. A second subscriber gets an
 * {@link IllegalStateException}.
 *
 * <p>The events have to be subscribed to, and consumed to their end or cancelled: until then they hold the connection.
 * {@code cancel} closes the channel (an HTTP/2 stream is reset with {@code CANCEL}), unless the reply was over.
 *
 * <p><b>Threads.</b> Signals come on the channel's event loop. {@code subscribe} (which calls {@code onSubscribe}),
 * {@code request} and {@code cancel} may be called by any thread.
 */
public final class StreamEventPublisher extends ChannelInboundHandlerAdapter
        implements Flow.Publisher<StreamEvent>, Flow.Subscription {
    private final AtomicBoolean taken = new AtomicBoolean();
    private final AtomicLong demand = new AtomicLong();
    private volatile Flow.@Nullable Subscriber<? super StreamEvent> subscriber;
    private volatile @Nullable IllegalArgumentException badRequest;
    private volatile boolean cancelled;
    private volatile @Nullable ChannelHandlerContext added;

    // Touched on the event loop only.
    private final Queue<StreamEvent> heard = new ArrayDeque<>();
    private boolean passingOn;
    private boolean replyOver;
    private @Nullable Throwable failure;

    /** A publisher; to be added to a pipeline behind a {@link StreamEventHandler}. */
    public StreamEventPublisher() {}

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
            cancel();
            newcomer.onError(thrown);
            return;
        }
        subscriber = newcomer; // only now: what it asked for meanwhile is passed on after onSubscribe, 1.3
        ring();
    }

    private static final class Refused implements Flow.Subscription {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    }

    /** Asks for more events; for the subscriber. */
    @Override
    public void request(long n) {
        if (n <= 0) {
            badRequest = new IllegalArgumentException("asked for " + n + " events, at least 1 is allowed (3.9)");
        } else {
            demand.accumulateAndGet(n, (had, more) -> had + more < 0 ? Long.MAX_VALUE : had + more); // 3.17
        }
        ring();
    }

    /** Closes the channel, unless the reply is over; for the subscriber. */
    @Override
    public void cancel() {
        cancelled = true;
        ring();
    }

    /** Has the event loop look at what changed. */
    private void ring() {
        ChannelHandlerContext context = added;
        if (context == null) {
            return; // handlerAdded looks
        }
        if (context.executor().inEventLoop()) {
            passOn(context);
            return;
        }
        try {
            context.executor().execute(() -> passOn(context));
        } catch (RejectedExecutionException loopIsGone) {
            Flow.Subscriber<? super StreamEvent> target = subscriber;
            if (target != null && !cancelled) {
                give(target, loopIsGone);
            }
        }
    }

    private void passOn(ChannelHandlerContext context) {
        if (passingOn) {
            return; // who is at it sees what changed, and does not make the stack deeper: 3.3
        }
        passingOn = true;
        try {
            while (passOnNext()) {
                // as long as there is something, and it is wanted
            }
        } finally {
            passingOn = false;
        }
        if (cancelled) {
            drop(context);
        } else if (!replyOver && demand.get() > 0 && heard.isEmpty()) {
            context.read();
        }
    }

    private boolean passOnNext() {
        Flow.Subscriber<? super StreamEvent> target = subscriber;
        IllegalArgumentException bad = badRequest;
        if (target == null || cancelled) {
            return false;
        }
        if (bad != null) {
            give(target, bad); // 3.9
            return false;
        }
        if (heard.isEmpty()) {
            if (replyOver) {
                end(target);
            }
            return false;
        }
        if (demand.get() == 0) {
            return false; // 1.1
        }
        if (demand.get() != Long.MAX_VALUE) {
            demand.decrementAndGet();
        }
        try {
            target.onNext(heard.remove());
        } catch (Throwable thrown) {
            give(target, thrown); // 2.13
        }
        return true;
    }

    private void end(Flow.Subscriber<? super StreamEvent> target) {
        subscriber = null;
        Throwable why = failure;
        if (why == null) {
            target.onComplete();
        } else {
            target.onError(why);
        }
    }

    /** The subscription is over, and the subscriber told why. */
    private void give(Flow.Subscriber<? super StreamEvent> target, Throwable why) {
        cancelled = true;
        target.onError(why);
    }

    private void drop(ChannelHandlerContext context) {
        subscriber = null; // 3.13
        heard.clear();
        if (!replyOver) {
            replyOver = true;
            var unused =
                    context.pipeline().close(); // from the end of the pipeline: the handler before this one has to know
        }
    }

    // What the pipeline brings.

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        context.channel().config().setAutoRead(false);
        added = context;
        passOn(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof StreamEvent event && !replyOver) {
            heard.add(event);
            passOn(context);
        } else {
            context.fireChannelRead(message);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ResponseSignal.ReplyOver over) {
            end(context, over.failure());
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end(context, new ClosedChannelException());
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        end(context, new ClosedChannelException());
    }

    private void end(ChannelHandlerContext context, @Nullable Throwable why) {
        if (!replyOver) {
            replyOver = true;
            failure = why;
            passOn(context);
        }
    }
}
