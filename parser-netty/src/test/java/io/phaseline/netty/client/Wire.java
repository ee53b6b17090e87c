package io.phaseline.netty.client;

import io.phaseline.event.Dialect;
import io.phaseline.event.EventRecorder;
import io.phaseline.event.StreamEvent;
import io.phaseline.event.StreamResult;
import io.phaseline.netty.server.Goldens;
import io.phaseline.netty.server.ReplayServer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** The two sides of the tests: a server of one capture in each dialect, and a client. */
final class Wire {
    static final RetryPolicy AT_ONCE = RetryPolicy.DEFAULT.withFirstBackoff(Duration.ZERO);

    private Wire() {}

    static String golden(Dialect dialect) {
        return switch (dialect) {
            case DASHSCOPE -> Goldens.DASHSCOPE;
            case CHAT -> Goldens.CHAT;
            case RESPONSES -> Goldens.RESPONSES;
        };
    }

    static ReplayServer.Builder server() {
        return ReplayServer.builder()
                .captures(Stream.of(Dialect.values())
                        .map(dialect -> Goldens.capture(golden(dialect)))
                        .toList());
    }

    static ModelClient.Builder client(URI server, Transport transport) {
        return ModelClient.builder(server).transport(transport).retries(AT_ONCE);
    }

    static ModelRequest request(Dialect dialect) {
        return ModelRequest.codeInterpreter(dialect, "m-1", "123**21?");
    }

    /** What a listener heard, and how that ended. */
    record Heard(List<StreamEvent> events, CompletableFuture<Void> ended) {
        static Heard by(ModelClient client, ModelRequest request) {
            List<StreamEvent> events = Collections.synchronizedList(new ArrayList<>());
            return new Heard(events, client.listen(request, new EventRecorder(events::add)));
        }

        /** Why it ended; null if it ended well. */
        Throwable failure() throws InterruptedException {
            try {
                ended.get();
                return null;
            } catch (ExecutionException e) {
                return e.getCause();
            }
        }

        StreamResult result() {
            return Replies.result(events);
        }
    }
}
