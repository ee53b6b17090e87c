package io.phaseline.benchmarks.contender;

import io.phaseline.benchmarks.corpus.Cuts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ReactiveHttpInputMessage;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.http.codec.ServerSentEventHttpMessageReader;
import reactor.core.publisher.Flux;

/** What WebClient does with an event stream: Spring WebFlux's reader over the buffers of a response. */
final class SpringFraming implements Framing {
    private static final ResolvableType EVENTS =
            ResolvableType.forClassWithGenerics(ServerSentEvent.class, String.class);

    private final ServerSentEventHttpMessageReader reader = new ServerSentEventHttpMessageReader();

    SpringFraming() {
        reader.setMaxInMemorySize(-1);
    }

    @Override
    public void read(Cuts body, JsonStage stage) {
        reader.read(EVENTS, new Response(buffers(body)), Map.of())
                .doOnNext(event -> accept((ServerSentEvent<?>) event, stage))
                .blockLast();
    }

    private static void accept(ServerSentEvent<?> event, JsonStage stage) {
        Object data = event.data();
        if (data != null) {
            try {
                stage.payload((String) data);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }

    private static Flux<DataBuffer> buffers(Cuts body) {
        int[] ends = body.ends();
        return Flux.range(0, ends.length).map(i -> {
            int start = i == 0 ? 0 : ends[i - 1];
            return DefaultDataBufferFactory.sharedInstance.wrap(
                    ByteBuffer.wrap(body.bytes(), start, ends[i] - start).slice());
        });
    }

    private record Response(Flux<DataBuffer> body) implements ReactiveHttpInputMessage {
        @Override
        public Flux<DataBuffer> getBody() {
            return body;
        }

        @Override
        public HttpHeaders getHeaders() {
            return HttpHeaders.EMPTY;
        }
    }
}
