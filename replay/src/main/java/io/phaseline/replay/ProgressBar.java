package io.phaseline.replay;

import io.phaseline.replay.input.Input;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** Draws on one line of a terminal how much has been read. Only for a terminal: a pipe would keep every line. */
final class ProgressBar implements LongConsumer {
    private static final int CELLS = 30;
    private static final long NANOS_BETWEEN = TimeUnit.MILLISECONDS.toNanos(100);
    private static final double MEGABYTE = 1_000_000;

    private final OutputStream terminal;
    private final long expectedBytes;
    private final long start = System.nanoTime();
    private long drawn = start;
    private long bytes;

    ProgressBar(OutputStream terminal, List<Input> inputs) {
        this.terminal = terminal;
        boolean known = inputs.stream().allMatch(input -> input.size() >= 0);
        this.expectedBytes = known ? inputs.stream().mapToLong(Input::size).sum() : 0;
    }

    /** Hears that more bytes were read. */
    @Override
    public void accept(long more) {
        bytes += more;
        long now = System.nanoTime();
        if (now - drawn >= NANOS_BETWEEN) {
            drawn = now;
            draw(bytes / MEGABYTE / ((now - start) / 1e9));
        }
    }

    private void draw(double megabytesPerSecond) {
        String speed = String.format(Locale.ROOT, "%,.0f MB, %,.0f MB/s", bytes / MEGABYTE, megabytesPerSecond);
        if (expectedBytes == 0) {
            write("\r" + speed + "\u001B[K");
            return;
        }
        double share = Math.min(1, (double) bytes / expectedBytes);
        int full = (int) (share * CELLS);
        String bar = "#".repeat(full) + "-".repeat(CELLS - full);
        write(String.format(Locale.ROOT, "\r[%s] %3.0f %%  %s\u001B[K", bar, share * 100, speed));
    }

    /** Takes the bar away, so that the terminal shows only what stays. */
    void clear() {
        write("\r\u001B[K");
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
