package io.phaseline.replay.flow;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What waits in all queues together. The queue whose turn it is always takes one more record; the others only while there
 * is room. It is the one monitor of all of them.
 */
final class Backlog {
    /** 32 MiB of records that wait for those before them. */
    static final long MAX_BYTES = 32L << 20;

    private static final long MILLIS_BETWEEN_LOOKS = 100;

    private final long maxBytes;
    private final StopSignal stop;
    private long bytes;
    private @Nullable RecordQueue head;

    Backlog(long maxBytes, StopSignal stop) {
        this.maxBytes = maxBytes;
        this.stop = stop;
    }

    /** Waits until something is so. Under this monitor. */
    void await(BooleanSupplier condition) {
        try {
            while (!condition.getAsBoolean()) {
                wait(MILLIS_BETWEEN_LOOKS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Whether an early end was asked for: a worker may be waiting for bytes that never come. */
    boolean isStopped() {
        return stop.isGiven();
    }

    synchronized void lead(RecordQueue queue) {
        head = queue;
        notifyAll();
    }

    /** Whether a record has to wait. Under this monitor. */
    boolean isFull(RecordQueue queue, boolean isEmpty) {
        return bytes >= maxBytes && !(queue == head && isEmpty);
    }

    /** More waits. Under this monitor. */
    void add(long more) {
        bytes += more;
    }

    /** Less waits. Under this monitor. */
    void remove(long less) {
        boolean wasFull = bytes >= maxBytes;
        bytes -= less;
        if (wasFull) {
            notifyAll();
        }
    }

    /** Something of a queue has changed; only the one whose turn it is has somebody who waits for it. Under this monitor. */
    void told(RecordQueue queue) {
        if (queue == head) {
            notifyAll();
        }
    }
}
