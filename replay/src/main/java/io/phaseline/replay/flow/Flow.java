package io.phaseline.replay.flow;

import io.phaseline.replay.flow.UnitEnd.Complaint;
import io.phaseline.replay.input.Input;
import io.phaseline.replay.input.Pump;
import io.phaseline.replay.stats.Origin;
import io.phaseline.replay.stats.StreamRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Has the inputs read by several workers at once, and hands what they find to the results in the order of the inputs. */
public final class Flow {
    /** Units that are begun or done while an earlier one is not, as a count. */
    private static final int MAX_UNITS_AHEAD = 1_000;

    private final FlowOptions options;
    private final WorkUnits units;
    private final Results results;
    private final Progress progress;
    private final StopSignal stop;

    private final Backlog backlog;
    private final ThreadLocal<Pump> pumps;
    private final Deque<Reading> ahead = new ArrayDeque<>();
    private long bytesAhead;
    private Position position;
    private String source = "";
    private long sourceStreams;

    private record Reading(WorkUnit unit, RecordQueue queue) {}

    /**
     * A run.
     *
     * @param options how to read
     * @param inputs what to read
     * @param begin everything before it was read by an earlier run
     * @param results gets what is found
     * @param progress is kept up to date
     * @param stop asks for an early end
     */
    public Flow(
            FlowOptions options,
            List<Input> inputs,
            Position begin,
            Results results,
            Progress progress,
            StopSignal stop) {
        this.options = options;
        this.units = new WorkUnits(inputs, options, begin);
        this.position = begin;
        this.results = results;
        this.progress = progress;
        this.stop = stop;
        this.backlog = new Backlog(Backlog.MAX_BYTES, stop);
        this.pumps = ThreadLocal.withInitial(() -> new Pump(options.chunkBytes(), FlowOptions.BLOCK_BYTES));
    }

    /**
     * Reads everything.
     *
     * @return false if it was stopped before
     */
    public boolean run() {
        ExecutorService workers = Executors.newFixedThreadPool(options.threads(), task -> {
            Thread worker = new Thread(task, "replay");
            worker.setDaemon(true);
            return worker;
        });
        try {
            boolean goesOn = true;
            while (goesOn) {
                beginUnits(workers);
                Reading next = ahead.poll();
                if (next == null) {
                    return ended();
                }
                bytesAhead -= bytes(next.unit);
                goesOn = take(next);
            }
            return false;
        } finally {
            ahead.forEach(reading -> reading.queue.discard());
            workers.shutdown();
        }
    }

    private boolean ended() {
        if (!stop.isGiven() && position.offset() > 0) {
            throw new IllegalStateException("streams of input " + position.input() + " are lost");
        }
        return !units.hasNext();
    }

    private void beginUnits(ExecutorService workers) {
        while (units.hasNext() && !stop.isGiven() && mayBegin()) {
            WorkUnit unit = units.next();
            RecordQueue queue = new RecordQueue(backlog);
            ahead.add(new Reading(unit, queue));
            bytesAhead += bytes(unit);
            workers.execute(() -> read(unit, queue));
        }
    }

    private boolean mayBegin() {
        return ahead.size() <= options.threads()
                || ahead.size() < MAX_UNITS_AHEAD && bytesAhead < 2L * options.threads() * options.rangeBytes();
    }

    private long bytes(WorkUnit unit) {
        return unit.bytes() < 0 ? options.rangeBytes() : unit.bytes();
    }

    // A worker.

    private void read(WorkUnit unit, RecordQueue queue) {
        try {
            Cuts cuts = unit.cuts();
            Pump pump = pumps.get();
            queue.end(
                    cuts == null
                            ? new InputReading(options, unit.input(), queue, progress, stop).read(pump)
                            : new RangeReading(options, unit, cuts, queue, progress, stop).read(pump));
        } catch (Throwable e) {
            // Whoever waits for it has to know; it is thrown there.
            queue.fail(e);
        }
    }

    // In order.

    private boolean take(Reading reading) {
        WorkUnit unit = reading.unit;
        RecordQueue queue = reading.queue;
        if (unit.number() != position.input()) {
            throw new IllegalStateException("streams of input " + position.input() + " are lost");
        }
        if (queue.awaitBegin() != position.offset()) {
            // The unit before has read it as well.
            queue.discard();
            return true;
        }
        Found found;
        while ((found = queue.take()) != null) {
            add(unit, found);
        }
        UnitEnd end = queue.ended();
        end.complaints().forEach(this::complain);
        if (!end.isWhole()) {
            return false;
        }
        boolean isOver = end.end() == UnitEnd.INPUT_END;
        if (isOver) {
            // Its remaining ranges, if there are any, have been read.
            while (!ahead.isEmpty() && ahead.peek().unit.number() == unit.number()) {
                bytesAhead -= bytes(ahead.peek().unit);
                ahead.remove().queue.discard();
            }
            units.leave(unit.number());
            source = "";
        }
        position = isOver ? position.afterInput(end.rawBytes()) : position.afterRange(end.nextRange(), end.end());
        results.reached(position);
        return true;
    }

    private void add(WorkUnit unit, Found found) {
        StreamRecord record = found.record();
        if (!found.source().equals(source)) {
            // Each body of an archive is counted by itself; a range goes on with the number that its input has reached.
            source = found.source();
            sourceStreams = unit.cuts() == null ? 0 : position.streams();
        }
        Origin origin = new Origin(unit.number(), source, position.allStreams());
        long streamsBefore = sourceStreams - record.result().stream() + 1;
        results.add(record.at(origin, (int) streamsBefore, found.inSource()));
        sourceStreams++;
        position = position.afterStream();
        progress.addStream();
    }

    private void complain(Complaint complaint) {
        switch (complaint.severity()) {
            case NOTE -> results.note(complaint.source(), complaint.what());
            case FLAW -> results.flawed(complaint.source(), complaint.what());
            case UNREADABLE -> results.unreadable(complaint.source(), complaint.what());
        }
    }
}
