package io.phaseline.netty;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.phaseline.ParserOptions;
import io.phaseline.event.EventRecorder;
import io.phaseline.event.StreamEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What is heard of a response in one of the ways to hear it. */
final class Reception {
    /** The ways to hear events. */
    enum Way {
        LISTENER,
        MESSAGES,
        PUBLISHER
    }

    final List<StreamEvent> events = Collections.synchronizedList(new ArrayList<>());
    final AtomicInteger ends = new AtomicInteger();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final ParserOptions options;
    private final ChannelHandler[] handlers;

    Reception(Way way) {
        this(way, ParserOptions.DEFAULT);
    }

    Reception(Way way, ParserOptions options) {
        this.options = options;
        handlers = switch (way) {
            case LISTENER -> listener();
            case MESSAGES -> new ChannelHandler[] {new StreamEventHandler(options), new Collector()};
            case PUBLISHER -> publisher();
        };
    }

    /** What goes into the pipeline, behind what stands there for the transport. */
    ChannelHandler[] handlers() {
        return handlers;
    }

    /** The same, behind other handlers. */
    ChannelHandler[] behind(ChannelHandler... before) {
        List<ChannelHandler> all = new ArrayList<>(List.of(before));
        all.addAll(List.of(handlers));
        return all.toArray(ChannelHandler[]::new);
    }

    /** The end; completed exceptionally if something broke. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /** Waits for the end and tells the failure, null if there is none. */
    Throwable failure() throws Exception {
        return ended.handle((nothing, failure) -> failure).get(20, TimeUnit.SECONDS);
    }

    /** Waits until an event of this kind was heard. */
    void await(Class<? extends StreamEvent> kind) {
        while (List.copyOf(events).stream().noneMatch(kind::isInstance)) {
            Thread.onSpinWait();
        }
    }

    private void end(Throwable failure) {
        ends.incrementAndGet();
        if (failure == null) {
            ended.complete(null);
        } else {
            ended.completeExceptionally(failure);
        }
    }

    private ChannelHandler[] listener() {
        StreamParserHandler handler = new StreamParserHandler(options, new EventRecorder(events::add));
        handler.ended().whenComplete((nothing, failure) -> end(failure));
        return new ChannelHandler[] {handler};
    }

    private final class Collector extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            events.add((StreamEvent) message);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof ResponseSignal.ReplyOver over) {
                end(over.failure());
            }
            context.fireUserEventTriggered(event);
        }
    }

    private ChannelHandler[] publisher() {
        StreamEventPublisher publisher = new StreamEventPublisher();
        publisher.subscribe(new OneByOne());
        return new ChannelHandler[] {new StreamEventHandler(options), publisher};
    }

    private final class OneByOne implements Flow.Subscriber<StreamEvent> {
        private Flow.Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(1);
        }

        @Override
        public void onNext(StreamEvent event) {
            events.add(event);
            subscription.request(1);
        }

        @Override
        public void onError(Throwable failure) {
            end(failure);
        }

        @Override
        public void onComplete() {
            end(null);
        }
    }

    static Throwable causeOf(CompletableFuture<?> future) throws Exception {
        try {
            future.get(20, TimeUnit.SECONDS);
            return null;
        } catch (ExecutionException failed) {
            return failed.getCause();
        }
    }
}
