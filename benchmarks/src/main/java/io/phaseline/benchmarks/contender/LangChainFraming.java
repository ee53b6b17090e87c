package io.phaseline.benchmarks.contender;

import dev.langchain4j.http.client.sse.DefaultServerSentEventParser;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import io.phaseline.benchmarks.corpus.Cuts;
import java.io.IOException;
import java.io.UncheckedIOException;

/** LangChain4j's parser. */
final class LangChainFraming implements Framing {
    private final DefaultServerSentEventParser parser = new DefaultServerSentEventParser();

    @Override
    public void read(Cuts body, JsonStage stage) {
        parser.parse(new CutStream(body), new Listener(stage));
    }

    private record Listener(JsonStage stage) implements ServerSentEventListener {
        @Override
        public void onEvent(ServerSentEvent event) {
            try {
                stage.payload(event.data());
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }

        @Override
        public void onError(Throwable error) {
            throw new IllegalStateException(error);
        }
    }
}
