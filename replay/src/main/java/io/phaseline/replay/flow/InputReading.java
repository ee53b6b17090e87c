package io.phaseline.replay.flow;

import io.phaseline.netty.recording.TimesReader;
import io.phaseline.replay.flow.UnitEnd.Complaint;
import io.phaseline.replay.flow.UnitEnd.Severity;
import io.phaseline.replay.input.Compression;
import io.phaseline.replay.input.GrowingInput;
import io.phaseline.replay.input.HttpArchive;
import io.phaseline.replay.input.Input;
import io.phaseline.replay.input.Pump;
import io.phaseline.replay.input.ReadFailure;
import io.phaseline.replay.input.RecordedTimes;
import io.phaseline.replay.stats.ArrivalClock;
import io.phaseline.replay.stats.StreamRecord;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads an input as a whole: through its compression, by the times at which it arrived, body by body. */
final class InputReading {
    static final String PASSED_OVER = "nothing in it is a stream, passed over";

    private static final int LOOKS_PER_SECOND = 10;

    private final FlowOptions options;
    private final Input input;
    private final RecordQueue queue;
    private final Progress progress;
    private final StopSignal stop;
    private final List<Complaint> complaints = new ArrayList<>();
    private long rawBytes;

    InputReading(FlowOptions options, Input input, RecordQueue queue, Progress progress, StopSignal stop) {
        this.options = options;
        this.input = input;
        this.queue = queue;
        this.progress = progress;
        this.stop = stop;
    }

    UnitEnd read(Pump pump) {
        queue.begin(0);
        try (InputStream raw = new Counted(open());
                PushbackInputStream in = HttpArchive.peekable(Compression.open(raw))) {
            if (HttpArchive.isAhead(in)) {
                readArchive(in);
            } else if (options.interleaving() != null) {
                readInterleaved(in, pump, options.interleaving());
            } else {
                readStreams(in, pump);
            }
        } catch (IOException e) {
            cannotBeRead(e);
        }
        return isWanted() ? UnitEnd.ofInput(rawBytes, complaints) : UnitEnd.stopped(complaints);
    }

    private InputStream open() throws IOException {
        InputStream file = input.opener().open();
        return options.followSeconds() == 0 || input.path() == null ? file : new GrowingInput(file, this::await);
    }

    private boolean await(int fruitless) {
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1) / LOOKS_PER_SECOND);
        return isWanted() && fruitless < options.followSeconds() * LOOKS_PER_SECOND;
    }

    private boolean isWanted() {
        return !stop.isGiven() && !queue.isUnwanted();
    }

    private void cannotBeRead(IOException e) {
        complaints.add(new Complaint(input.source(), ReadFailure.reason(e), Severity.UNREADABLE));
    }

    private void flawed(String what) {
        complaints.add(new Complaint(input.source(), what, Severity.FLAW));
    }

    private void put(StreamRecord record, String source) {
        put(new Found(record, source, LongUnaryOperator.identity()));
    }

    private void put(Found found) {
        boolean comesAsItIsMade = input.path() == null || options.followSeconds() > 0;
        if (comesAsItIsMade) {
            queue.put(found);
        } else {
            queue.gather(found);
        }
    }

    // Streams one after the other.

    private void readStreams(InputStream in, Pump pump) {
        Times times = new Times(recordedTimes());
        BodyReading body =
                new BodyReading(options, input.named(), times, this::isWanted, record -> put(record, input.source()));
        IOException failure = null;
        try (times) {
            times.pump(pump, in, body);
        } catch (IOException e) {
            failure = e;
        }
        if (isWanted() && (failure == null || body.hasBytes())) {
            body.finish();
            if (!body.isStream()) {
                complaints.add(new Complaint(input.source(), PASSED_OVER, Severity.NOTE));
            }
        }
        if (failure != null) {
            cannotBeRead(failure);
        }
    }

    private @Nullable TimesReader recordedTimes() {
        Path path = input.path();
        Path sideFile = path == null ? null : RecordedTimes.beside(path);
        if (path == null || sideFile == null) {
            return null;
        }
        try {
            if (Compression.isCompressed(path)) {
                throw new IOException("the recording is compressed");
            }
            return RecordedTimes.open(sideFile, input.size());
        } catch (IOException e) {
            complaints.add(new Complaint(sideFile.toString(), "not used: " + e.getMessage(), Severity.NOTE));
            return null;
        }
    }

    // Frames of many streams, mixed.

    private void readInterleaved(InputStream in, Pump pump, Interleaving limits) {
        InterleavedReading streams = new InterleavedReading(
                options,
                limits,
                this::isWanted,
                (record, inInput) -> put(new Found(record, input.source(), inInput)),
                this::flawed);
        IOException failure = null;
        try {
            pump.pump(in, streams);
        } catch (IOException e) {
            failure = e;
        }
        if (isWanted() && (failure == null || streams.hasFrames())) {
            streams.finish();
            if (!streams.hasFrames()) {
                complaints.add(new Complaint(input.source(), PASSED_OVER, Severity.NOTE));
            }
        }
        if (failure != null) {
            cannotBeRead(failure);
        }
    }

    // HTTP archives.

    private void readArchive(InputStream in) throws IOException {
        boolean[] any = {false};
        HttpArchive.read(in, (entry, status, bytes) -> {
            any[0] = true;
            String source = input.source() + "[" + entry + "]";
            BodyReading body =
                    new BodyReading(options, true, ArrivalClock.NONE, this::isWanted, record -> put(record, source));
            body.httpStatus(status);
            body.feed(bytes, 0, bytes.length);
            body.finish();
            return isWanted();
        });
        if (!any[0]) {
            complaints.add(
                    new Complaint(input.source(), "no event stream in this HTTP archive, passed over", Severity.NOTE));
        }
    }

    /** Tells how much was read, before decompression. */
    private final class Counted extends FilterInputStream {
        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = in.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = in.read(target, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int read) {
            rawBytes += read;
            progress.addBytes(read);
        }
    }
}
