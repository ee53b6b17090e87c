package io.phaseline.replay;

import io.phaseline.replay.flow.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Draws on one line of a terminal how far a run is. Only for a terminal: a pipe would keep every line. */
final class ProgressBar implements ProgressDisplay {
    private static final int CELLS = 20;
    private static final double MEGABYTE = 1_000_000;

    private final OutputStream terminal;

    ProgressBar(OutputStream terminal) {
        this.terminal = terminal;
    }

    @Override
    public void accept(Progress.State state) {
        String speed = String.format(
                Locale.ROOT,
                "%,.0f MB, %,.0f MB/s, %,.0f streams/s",
                state.bytes() / MEGABYTE,
                state.bytesPerSecond() / MEGABYTE,
                state.streamsPerSecond());
        if (state.expectedBytes() == 0) {
            write("\r" + speed + "\u001B[K");
            return;
        }
        double share = Math.min(1, (double) state.bytes() / state.expectedBytes());
        int full = (int) (share * CELLS);
        long left = Math.max(0, state.remainingSeconds());
        String bar = "#".repeat(full) + "-".repeat(CELLS - full);
        write(String.format(
                Locale.ROOT,
                "\r[%s] %3.0f %%  %s, %d:%02d:%02d left\u001B[K",
                bar,
                share * 100,
                speed,
                left / 3600,
                left / 60 % 60,
                left % 60));
    }

    /** Takes the bar away, so that the terminal shows only what stays. */
    @Override
    public void clear() {
        write("\r\u001B[K");
    }

    @Override
    public void end(Progress.State last) {
        clear();
    }

    private void write(String text) {
        try {
            terminal.write(text.getBytes(StandardCharsets.US_ASCII));
            terminal.flush();
        } catch (IOException e) {
            // A bar that cannot be drawn is not worth a word.
        }
    }
}
