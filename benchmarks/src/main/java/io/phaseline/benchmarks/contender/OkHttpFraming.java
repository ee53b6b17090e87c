package io.phaseline.benchmarks.contender;

import io.phaseline.benchmarks.corpus.Cuts;
import java.io.IOException;
import java.io.UncheckedIOException;
import okhttp3.sse.internal.ServerSentEventReader;
import okio.BufferedSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** okhttp-sse's reader over a source that reads as a socket would. */
final class OkHttpFraming implements Framing {
    @Override
    public void read(Cuts body, JsonStage stage) throws IOException {
        try (BufferedSource source = Okio.buffer(Okio.source(new CutStream(body)))) {
            ServerSentEventReader reader = new ServerSentEventReader(source, new Callback(stage));
            while (reader.processNextEvent()) {
                // The callback has it.
            }
        }
    }

    private record Callback(JsonStage stage) implements ServerSentEventReader.Callback {
        @Override
        public void onEvent(@Nullable String id, @Nullable String type, String data) {
            try {
                stage.payload(data);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }

        @Override
        public void onRetryChange(long timeMs) {}
    }
}
