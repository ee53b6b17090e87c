package io.phaseline.replay.flow;

import io.phaseline.StreamParser;
import io.phaseline.replay.input.Pump;
import io.phaseline.replay.input.StreamGate;
import io.phaseline.replay.stats.ArrivalClock;
import io.phaseline.replay.stats.StreamRecord;
import io.phaseline.replay.stats.StreamStats;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Streams one after the other, from bytes to records. */
final class BodyReading implements Pump.Sink {
    private final StreamGate gate;
    private final StreamParser parser;
    private final BooleanSupplier isWanted;
    private boolean anything;

    /**
     * The reading of a body.
     *
     * @param isNamed whether it counts as a stream whatever is in it
     * @param clock when its bytes arrived
     * @param isWanted whether to go on
     * @param target gets each stream
     */
    BodyReading(
            FlowOptions options,
            boolean isNamed,
            ArrivalClock clock,
            BooleanSupplier isWanted,
            Consumer<StreamRecord> target) {
        // Whether a stream has flaws is asked of its record, when its turn has come.
        this.gate = new StreamGate(new StreamStats(options.limits(), clock, target), () -> {}, isNamed);
        this.parser = new StreamParser(options.parser(), gate);
        this.isWanted = isWanted;
    }

    void httpStatus(int status) {
        if (status >= 100 && status <= 999) {
            parser.httpStatus(status);
        }
    }

    @Override
    public boolean feed(byte[] bytes, int offset, int length) {
        anything = true;
        parser.feed(bytes, offset, length);
        return isWanted.getAsBoolean();
    }

    void finish() {
        parser.finish();
    }

    /** Whether anything was fed. */
    boolean hasBytes() {
        return anything;
    }

    /** Whether anything in it is a stream. */
    boolean isStream() {
        return gate.isOpen();
    }
}
