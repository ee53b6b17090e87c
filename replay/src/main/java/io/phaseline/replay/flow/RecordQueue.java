package io.phaseline.replay.flow;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker found in one unit, on its way to the thread that puts all units in order. Bounded: a worker that is far
 * ahead waits.
 */
final class RecordQueue {
    /** No stream begins in the unit that is not part of the unit before. */
    static final long NOWHERE = -1;

    private static final long NOT_YET_KNOWN = -2;

    private final Backlog backlog;
    private final Deque<Found> records = new ArrayDeque<>();
    private long begin = NOT_YET_KNOWN;
    private @Nullable UnitEnd end;
    private @Nullable Throwable failure;
    private boolean unwanted;

    /** A queue; the backlog is its monitor. */
    RecordQueue(Backlog backlog) {
        this.backlog = backlog;
    }

    // The worker.

    /** Tells where the first stream of the unit begins, before any is put. */
    void begin(long offset) {
        synchronized (backlog) {
            begin = offset;
            backlog.notifyAll();
        }
    }

    /** Hands a stream on; waits while there is no room. */
    void put(Found found) {
        synchronized (backlog) {
            backlog.await(() -> unwanted || !backlog.isFull(this, records.isEmpty()));
            if (!unwanted) {
                records.add(found);
                backlog.change(found.weight());
            }
        }
    }

    /** Tells that nothing follows. */
    void end(UnitEnd how) {
        synchronized (backlog) {
            end = how;
            backlog.notifyAll();
        }
    }

    /** Tells that the worker broke. */
    void fail(Throwable cause) {
        synchronized (backlog) {
            failure = cause;
            backlog.notifyAll();
        }
    }

    /** Whether nobody waits for more. */
    boolean isUnwanted() {
        synchronized (backlog) {
            return unwanted;
        }
    }

    // The other side.

    /** Where the first stream of the unit begins; {@link #NOWHERE} if none does. Waits until it is known. */
    long awaitBegin() {
        synchronized (backlog) {
            backlog.lead(this);
            backlog.await(() -> begin != NOT_YET_KNOWN || failure != null || backlog.isStopped());
            throwFailure();
            return begin;
        }
    }

    /** The next stream, or null when there are no more, or an early end was asked for. Waits for it. */
    @Nullable
    Found take() {
        synchronized (backlog) {
            backlog.await(() -> !records.isEmpty() || end != null || failure != null || backlog.isStopped());
            throwFailure();
            Found found = records.poll();
            if (found != null) {
                backlog.change(-found.weight());
            }
            return found;
        }
    }

    /** How it ended. Only after {@link #take()} has given null. */
    UnitEnd ended() {
        synchronized (backlog) {
            UnitEnd known = end;
            return known == null ? UnitEnd.stopped(List.of()) : known;
        }
    }

    /** Wants no more of it. */
    void discard() {
        synchronized (backlog) {
            unwanted = true;
            backlog.change(-records.stream().mapToLong(Found::weight).sum());
            records.clear();
        }
    }

    private void throwFailure() {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw new IllegalStateException("a worker broke: " + failure, failure);
        }
    }
}
