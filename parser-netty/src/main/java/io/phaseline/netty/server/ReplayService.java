package io.phaseline.netty.server;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Decides what a request gets. Safe for use by many threads. */
final class ReplayService {
    private final Repertoire repertoire;
    private final Plan usual;
    private final @Nullable String apiKey;
    private final AtomicInteger unavailable = new AtomicInteger();
    private final AtomicInteger connectionsMade = new AtomicInteger();
    private final AtomicInteger repliesInPlay = new AtomicInteger();

    ReplayService(Repertoire repertoire, Plan usual, @Nullable String apiKey) {
        this.repertoire = repertoire;
        this.usual = usual;
        this.apiKey = apiKey;
    }

    void connectionMade() {
        connectionsMade.incrementAndGet();
    }

    int connectionsMade() {
        return connectionsMade.get();
    }

    void replyBegun() {
        repliesInPlay.incrementAndGet();
    }

    void replyOver() {
        repliesInPlay.decrementAndGet();
    }

    int repliesInPlay() {
        return repliesInPlay.get();
    }

    /** What is served. */
    record Performance(Capture capture, Plan plan, Script script) {}

    /**
     * What a request gets.
     *
     * @throws Refusal if that is an error
     */
    Performance perform(FullHttpRequest http) throws Refusal {
        ReplayRequest request = ReplayRequest.read(http, usual, apiKey);
        checkAvailable(request);
        Capture capture = choose(request);
        Plan plan = request.plan();
        try {
            return new Performance(
                    capture, plan, repertoire.script(capture, plan, request.dialect(), plan.equals(usual)));
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest(request.dialect(), String.valueOf(e.getMessage()));
        }
    }

    private void checkAvailable(ReplayRequest request) throws Refusal {
        Fault fault = request.plan().fault();
        if (fault != null
                && fault.kind() == Fault.Kind.UNAVAILABLE
                && unavailable.getAndUpdate(count -> Math.min(count + 1, fault.frame())) < fault.frame()) {
            throw new Refusal(
                    request.dialect(),
                    HttpResponseStatus.SERVICE_UNAVAILABLE,
                    "ServiceUnavailable",
                    "The server was told to refuse its first " + fault.frame() + " requests.");
        }
    }

    private Capture choose(ReplayRequest request) throws Refusal {
        String name = request.capture();
        Capture capture = name == null ? repertoire.next(request.dialect()) : repertoire.named(name);
        if (capture == null) {
            throw new Refusal(
                    request.dialect(),
                    HttpResponseStatus.NOT_FOUND,
                    "NotFound",
                    name == null
                            ? "There is no capture in the dialect of this endpoint."
                            : "There is no capture called " + name);
        }
        return capture;
    }
}
