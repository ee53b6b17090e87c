package io.phaseline.replay.flow;

import io.phaseline.netty.recording.TimesReader;
import io.phaseline.replay.input.Pump;
import io.phaseline.replay.stats.ArrivalClock;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Feeds a recording as it arrived, read by read, and tells the time of each; any other input as it comes. */
final class Times implements ArrivalClock, Closeable {
    private final @Nullable TimesReader recorded;
    private long now = UNKNOWN;
    private long requested = UNKNOWN;

    Times(@Nullable TimesReader recorded) {
        this.recorded = recorded;
    }

    void pump(Pump pump, InputStream in, Pump.Sink sink) throws IOException {
        TimesReader times = recorded;
        if (times == null) {
            pump.pump(in, sink);
            return;
        }
        while (times.next()) {
            now = times.atNanos();
            if (times.length() == 0 && requested == UNKNOWN) {
                requested = now;
            }
            if (!pump.pump(in, times.length(), sink)) {
                throw new EOFException("it has become shorter while it was read");
            }
        }
    }

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public long requestNanos() {
        return requested;
    }

    @Override
    public void close() throws IOException {
        if (recorded != null) {
            recorded.close();
        }
    }
}
