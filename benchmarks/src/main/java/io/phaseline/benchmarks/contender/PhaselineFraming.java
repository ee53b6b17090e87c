package io.phaseline.benchmarks.contender;

import io.phaseline.benchmarks.corpus.Cuts;
import io.phaseline.bytes.Slice;
import io.phaseline.sse.EventStreamReader;
import io.phaseline.sse.Frame;
import io.phaseline.sse.FrameListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Our framing alone, which any JSON library can stand behind. */
final class PhaselineFraming implements Framing, FrameListener {
    private static final int MAX_FRAME_BYTES = 1 << 26;

    private final EventStreamReader reader = new EventStreamReader(this, MAX_FRAME_BYTES);
    private @Nullable JsonStage stage;

    @Override
    public void read(Cuts body, JsonStage stage) {
        this.stage = stage;
        reader.reset();
        int start = 0;
        for (int end : body.ends()) {
            reader.feed(body.bytes(), start, end - start);
            start = end;
        }
        reader.finish();
    }

    @Override
    public void onFrame(Frame frame) {
        Slice data = frame.data();
        byte[] bytes = Objects.requireNonNull(data.array(), "bodies lie in arrays");
        try {
            Objects.requireNonNull(stage, "stage").payload(bytes, data.offset(), data.length());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
