package io.phaseline.replay;

import io.phaseline.replay.flow.Progress;
import io.phaseline.replay.json.JsonLines;
import io.phaseline.replay.json.OutputLost;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/**
 * Tells programs how far a run is: one JSON object per line, and a last one at the end. What is
 * not known is left out.
 */
final class ProgressLines implements ProgressDisplay {
    private final JsonLines lines;

    ProgressLines(OutputStream err) {
        this.lines = new JsonLines(err);
    }

    @Override
    public void accept(Progress.State state) {
        line(state, false);
    }

    @Override
    public void end(Progress.State last) {
        line(last, true);
    }

    private void line(Progress.State state, boolean isLast) {
        try {
            write(state, isLast);
        } catch (OutputLost e) {
            // Nobody is left who could be told.
        }
    }

    private void write(Progress.State state, boolean isLast) {
        lines.line(json -> {
            json.writeNumberField("bytes", state.bytes());
            if (state.expectedBytes() > 0) {
                json.writeNumberField("expectedBytes", state.expectedBytes());
            }
            json.writeNumberField("streams", state.streams());
            json.writeNumberField("millis", TimeUnit.NANOSECONDS.toMillis(state.nanos()));
            json.writeNumberField("bytesPerSecond", Math.round(state.bytesPerSecond()));
            json.writeNumberField("streamsPerSecond", Math.round(state.streamsPerSecond()));
            long left = isLast ? 0 : state.remainingSeconds();
            if (left >= 0) {
                json.writeNumberField("remainingSeconds", left);
            }
            json.writeBooleanField("last", isLast);
        });
    }
}
