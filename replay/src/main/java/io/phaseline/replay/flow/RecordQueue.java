package io.phaseline.replay.flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
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

    /** 32 KiB, some 32 streams without texts: to wake the other side costs more than to add a stream up. */
    private static final long MAX_GATHERED_BYTES = 32L << 10;

    private final Backlog backlog;
    private final Deque<Found> records = new ArrayDeque<>();

    /** Of the worker alone. */
    private final List<Found> gathered = new ArrayList<>();

    private long gatheredBytes;
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
            backlog.told(this);
        }
    }

    /** Hands a stream on, at the latest with those that follow; waits while there is no room. */
    void gather(Found found) {
        gathered.add(found);
        gatheredBytes += found.weight();
        if (gatheredBytes >= MAX_GATHERED_BYTES) {
            handOn();
        }
    }

    /** Hands a stream on at once; waits while there is no room. */
    void put(Found found) {
        gathered.add(found);
        handOn();
    }

    private void handOn() {
        synchronized (backlog) {
            for (Found found : gathered) {
                if (backlog.isFull(this, records.isEmpty())) {
                    backlog.told(this);
                    backlog.await(() -> unwanted || !backlog.isFull(this, records.isEmpty()));
                }
                if (!unwanted) {
                    records.add(found);
                    backlog.add(found.weight());
                }
            }
            gathered.clear();
            gatheredBytes = 0;
            backlog.told(this);
        }
    }

    /** Tells that nothing follows. */
    void end(UnitEnd how) {
        synchronized (backlog) {
            handOn();
            end = how;
            backlog.told(this);
        }
    }

    /** Tells that the worker broke. */
    void fail(Throwable cause) {
        synchronized (backlog) {
            failure = cause;
            backlog.told(this);
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
                backlog.remove(found.weight());
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
            backlog.remove(records.stream().mapToLong(Found::weight).sum());
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
