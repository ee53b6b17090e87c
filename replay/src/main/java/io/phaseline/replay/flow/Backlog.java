package io.phaseline.replay.flow;

import org.jspecify.annotations.Nullable;

/**
 * What waits in all queues together. The queue whose turn it is always takes one more record; the others only while there
 * is room. It is the one monitor of all of them.
 */
final class Backlog {
    /** 32 MiB of records that wait for those before them. */
    static final long MAX_BYTES = 32L << 20;

    private final long maxBytes;
    private long bytes;
    private @Nullable RecordQueue head;

    Backlog(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    synchronized void lead(RecordQueue queue) {
        head = queue;
        notifyAll();
    }

    /** Whether a record has to wait. Under this monitor. */
    boolean isFull(RecordQueue queue, boolean isEmpty) {
        return bytes >= maxBytes && !(queue == head && isEmpty);
    }

    /** More or less waits. Under this monitor. */
    void change(long by) {
        bytes += by;
        notifyAll();
    }
}
