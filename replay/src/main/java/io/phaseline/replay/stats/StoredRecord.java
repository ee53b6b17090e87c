package io.phaseline.replay.stats;

import io.phaseline.event.Counters;
import io.phaseline.event.Dialect;
import io.phaseline.event.ErrorKind;
import io.phaseline.event.ErrorReport;
import io.phaseline.event.Outcome;
import io.phaseline.event.Phase;
import io.phaseline.event.StreamResult;
import io.phaseline.event.StreamResult.Choice;
import io.phaseline.event.StreamResult.PlacedError;
import io.phaseline.event.StreamResult.ToolCall;
import io.phaseline.event.Usage;
import io.phaseline.event.UsageField;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes and reads records. */
final class StoredRecord {
    private StoredRecord() {}

    static void write(DataOutput out, StreamRecord record) throws IOException {
        Origin origin = record.origin();
        out.writeInt(origin.input());
        Stored.text(out, origin.source());
        out.writeLong(origin.ordinal());
        writeResult(out, record.result());
        out.writeLong(record.offset());
        out.writeLong(record.unphasedFrames());
        out.writeLong(record.unphasedBytes());
        Stored.list(out, record.spans(), StoredRecord::writeSpan);
        Stored.list(out, record.laterSpans(), StoredRecord::writeSpan);
        out.writeLong(record.phasesLeftOut());
        out.writeLong(record.errorsLeftOut());
        out.writeBoolean(record.textsCut());
        out.writeLong(record.unattributedTokens());
        Stored.list(out, List.copyOf(record.anomalies().entrySet()), (o, entry) -> {
            Stored.text(o, entry.getKey());
            o.writeLong(entry.getValue());
        });
        writeTiming(out, record.timing());
    }

    static StreamRecord read(DataInput in) throws IOException {
        Origin origin = new Origin(in.readInt(), Stored.text(in), in.readLong());
        return new StreamRecord(
                origin,
                readResult(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                Stored.list(in, StoredRecord::readSpan),
                Stored.list(in, StoredRecord::readSpan),
                in.readLong(),
                in.readLong(),
                in.readBoolean(),
                in.readLong(),
                readAnomalies(in),
                readTiming(in));
    }

    private static SortedMap<String, Long> readAnomalies(DataInput in) throws IOException {
        SortedMap<String, Long> anomalies = new TreeMap<>();
        for (Map.Entry<String, Long> entry : Stored.list(in, i -> Map.entry(Stored.text(i), i.readLong()))) {
            anomalies.put(entry.getKey(), entry.getValue());
        }
        return Collections.unmodifiableSortedMap(anomalies);
    }

    private static void writeResult(DataOutput out, StreamResult result) throws IOException {
        out.writeInt(result.stream());
        Stored.constant(out, result.dialect());
        Stored.textOrNull(out, result.id());
        Stored.textOrNull(out, result.model());
        Stored.constant(out, result.outcome());
        Stored.list(out, result.phases(), Stored::constant);
        Stored.text(out, result.reasoning());
        Stored.text(out, result.content());
        Stored.text(out, result.refusal());
        Stored.list(out, result.toolCalls(), StoredRecord::writeCall);
        Stored.textOrNull(out, result.finishReason());
        writeUsage(out, result.usage());
        Stored.list(out, result.errors(), StoredRecord::writeError);
        out.writeLong(result.frames());
        out.writeLong(result.bytes());
        Stored.list(out, result.choices(), StoredRecord::writeChoice);
    }

    private static StreamResult readResult(DataInput in) throws IOException {
        return new StreamResult(
                in.readInt(),
                Stored.constantOrNull(in, Dialect.class),
                Stored.textOrNull(in),
                Stored.textOrNull(in),
                Stored.constant(in, Outcome.class),
                Stored.list(in, i -> Stored.constant(i, Phase.class)),
                Stored.text(in),
                Stored.text(in),
                Stored.text(in),
                Stored.list(in, StoredRecord::readCall),
                Stored.textOrNull(in),
                readUsage(in),
                Stored.list(in, StoredRecord::readError),
                in.readLong(),
                in.readLong(),
                Stored.list(in, StoredRecord::readChoice));
    }

    private static void writeCall(DataOutput out, ToolCall call) throws IOException {
        out.writeInt(call.index());
        Stored.text(out, call.type());
        Stored.textOrNull(out, call.id());
        Stored.textOrNull(out, call.name());
        Stored.textOrNull(out, call.code());
        Stored.textOrNull(out, call.arguments());
        Stored.textOrNull(out, call.output());
    }

    private static ToolCall readCall(DataInput in) throws IOException {
        return new ToolCall(
                in.readInt(),
                Stored.text(in),
                Stored.textOrNull(in),
                Stored.textOrNull(in),
                Stored.textOrNull(in),
                Stored.textOrNull(in),
                Stored.textOrNull(in));
    }

    private static void writeUsage(DataOutput out, @Nullable Usage usage) throws IOException {
        out.writeBoolean(usage != null);
        if (usage != null) {
            for (UsageField field : UsageField.values()) {
                out.writeBoolean(usage.has(field));
                out.writeLong(usage.value(field));
            }
        }
    }

    private static @Nullable Usage readUsage(DataInput in) throws IOException {
        if (!in.readBoolean()) {
            return null;
        }
        Counters counters = new Counters();
        for (UsageField field : UsageField.values()) {
            boolean sent = in.readBoolean();
            long value = in.readLong();
            if (sent) {
                counters.put(field, value);
            }
        }
        return counters;
    }

    private static void writeError(DataOutput out, PlacedError placed) throws IOException {
        ErrorReport error = placed.error();
        Stored.constant(out, error.kind());
        Stored.textOrNull(out, error.code());
        Stored.textOrNull(out, error.message());
        Integer status = error.httpStatus();
        out.writeInt(status == null ? -1 : status);
        out.writeLong(placed.frame());
        out.writeLong(placed.offset());
    }

    private static PlacedError readError(DataInput in) throws IOException {
        ErrorKind kind = Stored.constant(in, ErrorKind.class);
        String code = Stored.textOrNull(in);
        String message = Stored.textOrNull(in);
        int status = in.readInt();
        return new PlacedError(
                new ErrorReport(kind, code, message, status < 0 ? null : status), in.readLong(), in.readLong());
    }

    private static void writeChoice(DataOutput out, Choice choice) throws IOException {
        out.writeInt(choice.index());
        Stored.text(out, choice.reasoning());
        Stored.text(out, choice.content());
        Stored.textOrNull(out, choice.finishReason());
    }

    private static Choice readChoice(DataInput in) throws IOException {
        return new Choice(in.readInt(), Stored.text(in), Stored.text(in), Stored.textOrNull(in));
    }

    private static void writeSpan(DataOutput out, PhaseSpan span) throws IOException {
        Stored.constant(out, span.phase());
        out.writeLong(span.firstFrame());
        out.writeLong(span.frames());
        out.writeLong(span.offset());
        out.writeLong(span.bytes());
        out.writeLong(span.textBytes());
        out.writeLong(span.tokens());
        out.writeLong(span.estimatedTokens());
        out.writeLong(span.startNanos());
        out.writeLong(span.nanos());
    }

    private static PhaseSpan readSpan(DataInput in) throws IOException {
        return new PhaseSpan(
                Stored.constant(in, Phase.class),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong());
    }

    private static void writeTiming(DataOutput out, @Nullable Timing timing) throws IOException {
        out.writeBoolean(timing != null);
        if (timing != null) {
            out.writeLong(timing.toFirstFrame());
            out.writeLong(timing.toFirstReasoning());
            out.writeLong(timing.toFirstToken());
            out.writeLong(timing.toFirstAnswer());
            out.writeLong(timing.requestLatency());
            out.writeLong(timing.generation());
            out.writeLong(timing.duration());
            timing.gaps().write(out);
        }
    }

    private static @Nullable Timing readTiming(DataInput in) throws IOException {
        if (!in.readBoolean()) {
            return null;
        }
        long toFirstFrame = in.readLong();
        long toFirstReasoning = in.readLong();
        long toFirstToken = in.readLong();
        long toFirstAnswer = in.readLong();
        long requestLatency = in.readLong();
        long generation = in.readLong();
        long duration = in.readLong();
        Distribution gaps = new Distribution();
        gaps.read(in);
        return new Timing(
                toFirstFrame,
                toFirstReasoning,
                toFirstToken,
                toFirstAnswer,
                requestLatency,
                generation,
                duration,
                gaps);
    }
}
