package io.phaseline.replay.flow;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Counts what has been read, from any thread, and has it shown now and then. */
public final class Progress {
    /**
     * How far a run is.
     *
     * @param bytes read, before decompression
     * @param expectedBytes of all inputs; 0 where that is not known
     * @param streams found
     * @param nanos since the beginning
     */
    public record State(long bytes, long expectedBytes, long streams, long nanos) {
        private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

        /**
         * The speed so far.
         *
         * @return bytes per second
         */
        public double bytesPerSecond() {
            return bytes * NANOS_PER_SECOND / Math.max(1, nanos);
        }

        /**
         * The speed so far.
         *
         * @return streams per second
         */
        public double streamsPerSecond() {
            return streams * NANOS_PER_SECOND / Math.max(1, nanos);
        }

        /**
         * How long the rest takes at this speed.
         *
         * @return seconds; -1 where that is not known
         */
        public long remainingSeconds() {
            if (expectedBytes == 0 || bytes == 0) {
                return -1;
            }
            return Math.round(Math.max(0, expectedBytes - bytes) / bytesPerSecond());
        }
    }

    private final LongAdder bytes = new LongAdder();
    private final LongAdder streams = new LongAdder();
    private final long expectedBytes;
    private final LongSupplier clock;
    private final long start;
    private final long nanosBetween;
    private final AtomicLong shown;
    private final Consumer<State> display;

    /**
     * Nothing was read yet.
     *
     * @param expectedBytes of all inputs; 0 where that is not known
     * @param clock nanoseconds, as {@link System#nanoTime()}
     * @param nanosBetween the display hears at most so often
     * @param display shows it; called by one thread at a time
     */
    public Progress(long expectedBytes, LongSupplier clock, long nanosBetween, Consumer<State> display) {
        this.expectedBytes = expectedBytes;
        this.clock = clock;
        this.start = clock.getAsLong();
        this.nanosBetween = nanosBetween;
        this.shown = new AtomicLong(start);
        this.display = display;
    }

    void addBytes(long more) {
        bytes.add(more);
        long last = shown.get();
        long now = clock.getAsLong();
        if (now - last >= nanosBetween && shown.compareAndSet(last, now)) {
            synchronized (display) {
                display.accept(state());
            }
        }
    }

    void addStream() {
        streams.increment();
    }

    /**
     * How far it is.
     *
     * @return the state now
     */
    public State state() {
        return new State(bytes.sum(), expectedBytes, streams.sum(), clock.getAsLong() - start);
    }
}
