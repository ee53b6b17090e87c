package io.phaseline.replay.stats;

import com.fasterxml.jackson.core.JsonGenerator;
import io.phaseline.replay.json.JsonLines;
import io.phaseline.replay.json.ResultLines;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * Writes each stream as one line of JSON: the members of the contract's {@code result}, then {@code stats}, which holds
 * what replay knows beyond them.
 */
public final class RecordLines {
    private final JsonLines lines;
    private final boolean texts;

    /**
     * A writer.
     *
     * @param out gets each line as soon as it is whole; not flushed, not closed
     * @param texts whether to write what the model and its tools wrote
     */
    public RecordLines(OutputStream out, boolean texts) {
        this.lines = new JsonLines(out);
        this.texts = texts;
    }

    /**
     * Writes one line.
     *
     * @param record the stream, placed
     * @throws io.phaseline.replay.json.OutputLost if the output fails
     */
    public void write(StreamRecord record) {
        lines.line(json -> {
            ResultLines.members(json, record.origin().source(), record.result(), texts);
            json.writeObjectFieldStart("stats");
            stats(json, record);
            json.writeEndObject();
        });
    }

    /**
     * Writes the members of {@code stats}.
     *
     * @param json stands within an object
     * @param record the stream
     * @throws IOException if the output fails
     */
    public static void stats(JsonGenerator json, StreamRecord record) throws IOException {
        json.writeNumberField("ordinal", record.origin().ordinal());
        json.writeNumberField("offset", record.offset());
        json.writeNumberField("codeRounds", record.codeRounds());
        json.writeArrayFieldStart("phases");
        spans(json, record.spans());
        json.writeEndArray();
        if (record.phasesLeftOut() > 0) {
            json.writeNumberField("phasesLeftOut", record.phasesLeftOut());
            json.writeArrayFieldStart("laterPhases");
            spans(json, record.laterSpans());
            json.writeEndArray();
        }
        json.writeNumberField("unphasedFrames", record.unphasedFrames());
        json.writeNumberField("unphasedBytes", record.unphasedBytes());
        json.writeNumberField("unattributedTokens", record.unattributedTokens());
        json.writeObjectFieldStart("anomalies");
        for (Map.Entry<String, Long> anomaly : record.anomalies().entrySet()) {
            json.writeNumberField(anomaly.getKey(), anomaly.getValue());
        }
        json.writeEndObject();
        json.writeNumberField("errorsLeftOut", record.errorsLeftOut());
        json.writeBooleanField("textsCut", record.textsCut());
        json.writeFieldName("times");
        times(json, record);
    }

    private static void spans(JsonGenerator json, List<PhaseSpan> spans) throws IOException {
        for (PhaseSpan span : spans) {
            json.writeStartObject();
            json.writeStringField("phase", span.phase().name());
            json.writeNumberField("firstFrame", span.firstFrame());
            json.writeNumberField("frames", span.frames());
            json.writeNumberField("offset", span.offset());
            json.writeNumberField("bytes", span.bytes());
            json.writeNumberField("textBytes", span.textBytes());
            json.writeNumberField("tokens", span.tokens());
            json.writeNumberField("estimatedTokens", span.estimatedTokens());
            if (span.nanos() >= 0) {
                json.writeNumberField("startNanos", span.startNanos());
                json.writeNumberField("nanos", span.nanos());
            }
            json.writeEndObject();
        }
    }

    private static void times(JsonGenerator json, StreamRecord record) throws IOException {
        Timing timing = record.timing();
        if (timing == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        for (Metric metric : Metric.values()) {
            long value = metric.of(record);
            if (metric.isTime() && value >= 0) {
                TotalsJson.value(json, metric, value);
            }
        }
        if (timing.gaps().count() > 0) {
            json.writeFieldName(TotalsJson.GAPS);
            TotalsJson.distribution(json, Metric.Unit.NANOS, timing.gaps());
        }
        json.writeEndObject();
    }
}
