package io.phaseline.replay.flow;

import io.phaseline.replay.flow.UnitEnd.Complaint;
import io.phaseline.replay.flow.UnitEnd.Severity;
import io.phaseline.replay.input.Pump;
import io.phaseline.replay.input.ReadFailure;
import io.phaseline.replay.stats.ArrivalClock;
import io.phaseline.replay.stats.StreamRecord;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads one range of a file, from its boundary to that of a later one. {@link Cuts} says why nothing is lost. */
final class RangeReading implements Pump.Sink {
    private final WorkUnit unit;
    private final Cuts cuts;
    private final RecordQueue queue;
    private final Progress progress;
    private final StopSignal stop;
    private final BodyReading body;
    private final List<Complaint> complaints = new ArrayList<>();

    /** Where the parser began, in bytes. */
    private long fedFrom;
    /** How many bytes it was fed. */
    private long fed;
    /** Where the stream at hand begins, in bytes. */
    private long streamBegin;
    /** The range whose boundary is looked for at the end. */
    private int next;

    private Stage stage;
    private boolean finishing;

    private enum Stage {
        /** The stream at hand is part of the range before. */
        BEFORE,
        INSIDE,
        /** The boundary of a later range has been reached. */
        BEYOND,
        /** No stream begins in the range. */
        NOWHERE
    }

    RangeReading(FlowOptions options, WorkUnit unit, Cuts cuts, RecordQueue queue, Progress progress, StopSignal stop) {
        this.unit = unit;
        this.cuts = cuts;
        this.queue = queue;
        this.progress = progress;
        this.stop = stop;
        this.next = unit.range() + 1;
        this.stage = unit.range() == 0 ? Stage.INSIDE : Stage.BEFORE;
        this.body = new BodyReading(
                options,
                unit.input().named() || unit.range() > 0,
                ArrivalClock.NONE,
                () -> stage != Stage.BEYOND,
                this::hear);
    }

    UnitEnd read(Pump pump) {
        boolean atEnd = false;
        try {
            fedFrom = cuts.firstLine(unit.range());
            if (fedFrom == Cuts.NONE) {
                leaveToTheOneBefore();
                return UnitEnd.ofInput(cuts.size(), complaints);
            }
            streamBegin = fedFrom;
            if (stage == Stage.INSIDE) {
                queue.begin(fedFrom);
            }
            try (InputStream in = cuts.open(fedFrom)) {
                atEnd = pump.pump(in, this);
            }
        } catch (IOException e) {
            atEnd = true;
            complaints.add(new Complaint(unit.input().source(), ReadFailure.reason(e), Severity.UNREADABLE));
        }
        return atEnd ? inputEnded() : ended();
    }

    private UnitEnd ended() {
        return switch (stage) {
            case BEYOND -> new UnitEnd(streamBegin, next, 0, complaints, true);
            case NOWHERE -> UnitEnd.ofInput(cuts.size(), complaints);
            case BEFORE, INSIDE -> {
                if (stage == Stage.BEFORE) {
                    queue.begin(RecordQueue.NOWHERE);
                }
                yield UnitEnd.stopped(complaints);
            }
        };
    }

    private UnitEnd inputEnded() {
        if (stage == Stage.BEYOND) {
            return ended();
        }
        if (fedFrom + fed < cuts.size() && complaints.isEmpty()) {
            complaints.add(new Complaint(
                    unit.input().source(),
                    "cannot be read: it has become shorter while it was read",
                    Severity.UNREADABLE));
        }
        if (stage == Stage.INSIDE) {
            if (body.hasBytes() || complaints.isEmpty()) {
                finishing = true;
                body.finish();
            }
            if (!body.isStream() && complaints.isEmpty()) {
                complaints.add(new Complaint(unit.input().source(), InputReading.PASSED_OVER, Severity.NOTE));
            }
        } else if (stage == Stage.BEFORE) {
            leaveToTheOneBefore();
        }
        return UnitEnd.ofInput(cuts.size(), complaints);
    }

    private void leaveToTheOneBefore() {
        stage = Stage.NOWHERE;
        cuts.agree(unit.range(), Cuts.NONE);
        queue.begin(RecordQueue.NOWHERE);
    }

    @Override
    public boolean feed(byte[] bytes, int offset, int length) {
        long searched = cuts.searchBytes(unit.range()) - fed;
        if (stage == Stage.BEFORE && searched > 0 && length > searched) {
            // Whoever else searches for the boundary stops at the very same byte.
            return feedPart(bytes, offset, (int) searched)
                    && feedPart(bytes, offset + (int) searched, length - (int) searched);
        }
        return feedPart(bytes, offset, length);
    }

    private boolean feedPart(byte[] bytes, int offset, int length) {
        if (stage == Stage.BEFORE
                && fed >= cuts.searchBytes(unit.range())
                && cuts.agree(unit.range(), Cuts.NONE) == Cuts.NONE) {
            leaveToTheOneBefore();
            return false;
        }
        progress.addBytes(Math.max(0, Math.min(length, unit.bytes() - fed)));
        fed += length;
        return body.feed(bytes, offset, length) && !stop.isGiven() && !queue.isUnwanted();
    }

    /** Hears that a stream is over: at a boundary, or at the end of the file. */
    private void hear(StreamRecord record) {
        if (stage == Stage.BEYOND) {
            return; // in the bytes that were fed together with the boundary
        }
        if (stage == Stage.INSIDE) {
            queue.gather(new Found(record, unit.input().source(), own -> fedFrom + own));
        }
        streamBegin += record.result().bytes();
        if (!finishing) {
            beginStream();
        }
    }

    private void beginStream() {
        if (stage == Stage.BEFORE && cuts.agree(unit.range(), streamBegin) == streamBegin) {
            stage = Stage.INSIDE;
            queue.begin(streamBegin);
        }
        while (stage == Stage.INSIDE && next < cuts.count() && streamBegin > cuts.nominalBegin(next)) {
            long boundary = cuts.boundary(next);
            if (boundary == streamBegin) {
                stage = Stage.BEYOND;
            } else if (boundary == Cuts.NONE || boundary < streamBegin) {
                next++;
            } else {
                return;
            }
        }
    }
}
