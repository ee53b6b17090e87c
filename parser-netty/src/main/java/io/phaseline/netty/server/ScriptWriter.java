package io.phaseline.netty.server;

import io.phaseline.event.Dialect;
import io.phaseline.netty.recording.RecordedReads;
import io.phaseline.netty.server.Script.Ending;
import io.phaseline.netty.server.Script.Part;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Writes the script of a reply: the bytes of a capture at their pace, with the fault where it is to be. */
final class ScriptWriter {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BLANK_LINE = {'\n', '\n'};

    private final byte[] body;
    private final Frames frames;
    private final Dialect dialect;
    private final List<Part> paced;
    private final List<Part> parts = new ArrayList<>();

    private ScriptWriter(Capture capture, Pace pace, Dialect dialect) {
        this.body = capture.body();
        this.frames = capture.frames();
        this.dialect = dialect;
        this.paced = paced(capture, pace);
    }

    /**
     * The script of one reply.
     *
     * @param dialect how an error frame is written, if one is needed
     * @throws IllegalArgumentException if the pace is that of a recording, and the capture has no times
     */
    static Script write(Capture capture, Plan plan, Dialect dialect) {
        ScriptWriter writer = new ScriptWriter(capture, plan.pace(), dialect);
        Fault fault = plan.fault();
        if (fault == null || fault.frame() > capture.frameCount()) {
            return new Script(writer.paced, Ending.END);
        }
        Ending ending = writer.fail(fault);
        return new Script(writer.parts, ending);
    }

    private static List<Part> paced(Capture capture, Pace pace) {
        return switch (pace.kind()) {
            case AT_ONCE -> byFrames(capture, 0);
            case TOKENS -> byFrames(capture, NANOS_PER_SECOND / pace.tokensPerSecond());
            case RECORDED -> byReads(capture);
        };
    }

    private static List<Part> byFrames(Capture capture, double nanosPerToken) {
        Frames frames = capture.frames();
        List<Part> parts = new ArrayList<>();
        double tokens = 0;
        int end = 0;
        for (int frame = 1; frame <= frames.count(); frame++) {
            tokens += frames.tokens(frame);
            end = frames.end(frame);
            add(parts, capture.body(), frames.start(frame), end, (long) (tokens * nanosPerToken));
        }
        add(parts, capture.body(), end, capture.body().length, (long) (tokens * nanosPerToken));
        return parts;
    }

    private static List<Part> byReads(Capture capture) {
        RecordedReads recorded = capture.reads();
        if (recorded == null) {
            throw new IllegalArgumentException("no times were recorded with the capture " + capture.name());
        }
        List<Part> parts = new ArrayList<>();
        int start = 0;
        for (RecordedReads.Read read : recorded.reads()) {
            add(parts, capture.body(), start, start + read.length(), read.atNanos());
            start += read.length();
        }
        return parts;
    }

    private static void add(List<Part> parts, byte[] bytes, int start, int end, long atNanos) {
        if (start < end) {
            parts.add(new Part(ByteBuffer.wrap(bytes, start, end - start), atNanos));
        }
    }

    private Ending fail(Fault fault) {
        int start = frames.start(fault.frame());
        int end = frames.end(fault.frame());
        int half = start + (end - start) / 2;
        return switch (fault.kind()) {
            case RESET -> {
                copy(0, half);
                yield Ending.RESET;
            }
            case STALL -> {
                copy(0, half);
                yield Ending.STALL;
            }
            case ENDLESS -> {
                copy(0, halfOfPayload(start, end));
                yield Ending.ENDLESS;
            }
            case CUT -> {
                copy(0, start);
                yield Ending.END;
            }
            case ERROR -> {
                copy(0, start);
                insert(ErrorBodies.frame(dialect, fault.frame()), start);
                yield Ending.END;
            }
            case MALFORMED -> {
                copy(0, halfOfPayload(start, end));
                insert(BLANK_LINE, start);
                copy(end, body.length);
                yield Ending.END;
            }
            case NO_DONE -> {
                copyWithoutDone(fault.frame());
                yield Ending.END;
            }
            case UNAVAILABLE -> {
                copy(0, body.length);
                yield Ending.END;
            }
        };
    }

    private void copyWithoutDone(int fromFrame) {
        copy(0, frames.start(fromFrame));
        for (int frame = fromFrame; frame <= frames.count(); frame++) {
            if (!frames.isDone(frame)) {
                copy(frames.start(frame), frames.end(frame));
            }
        }
        copy(frames.end(frames.count()), body.length);
    }

    /** A range of the capture, each byte at its own time. */
    private void copy(int from, int to) {
        for (Part part : paced) {
            int start = Math.max(from, part.bytes().position());
            int end = Math.min(to, part.bytes().limit());
            add(parts, body, start, end, part.atNanos());
        }
    }

    /** Bytes of ours in the place of a byte of the capture, at its time. */
    private void insert(byte[] bytes, int place) {
        long atNanos = paced.stream()
                .filter(part ->
                        part.bytes().position() <= place && place < part.bytes().limit())
                .findFirst()
                .map(Part::atNanos)
                .orElseThrow();
        add(parts, bytes, 0, bytes.length, atNanos);
    }

    /** The middle of the value of the frame's first {@code data} line. */
    private int halfOfPayload(int start, int end) {
        for (int line = start; line < end; ) {
            int lineEnd = line;
            while (lineEnd < end && body[lineEnd] != '\n' && body[lineEnd] != '\r') {
                lineEnd++;
            }
            if (Arrays.equals(body, line, Math.min(line + DATA.length, lineEnd), DATA, 0, DATA.length)) {
                int value = line + DATA.length + 1;
                return Math.min(lineEnd, value + Math.max(1, (lineEnd - value) / 2));
            }
            line = lineEnd + 1;
        }
        return Objects.checkIndex(start + (end - start) / 2, end + 1);
    }
}
