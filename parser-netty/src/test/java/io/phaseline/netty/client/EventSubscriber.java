package io.phaseline.netty.client;

import io.phaseline.event.StreamEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;

/** Asks for so many events at a time, and keeps them. */
final class EventSubscriber implements Flow.Subscriber<StreamEvent> {
    final List<StreamEvent> events = Collections.synchronizedList(new ArrayList<>());
    final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();

    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final int atATime;

    EventSubscriber(int atATime) {
        this.atATime = atATime;
    }

    List<StreamEvent> all() throws Exception {
        end.get();
        return events;
    }

    Throwable failure() throws InterruptedException {
        try {
            end.get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription.complete(given);
        ask();
    }

    private void ask() {
        if (atATime > 0) {
            subscription.join().request(atATime);
        }
    }

    @Override
    public void onNext(StreamEvent event) {
        events.add(event);
        ask();
    }

    @Override
    public void onError(Throwable why) {
        end.completeExceptionally(why);
    }

    @Override
    public void onComplete() {
        end.complete(null);
    }
}
