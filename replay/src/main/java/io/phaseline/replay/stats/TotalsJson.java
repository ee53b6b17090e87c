package io.phaseline.replay.stats;

import com.fasterxml.jackson.core.JsonGenerator;
import io.phaseline.event.Dialect;
import io.phaseline.event.Outcome;
import io.phaseline.replay.json.JsonLines;
import io.phaseline.replay.json.Words;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** Writes totals as one JSON object on one line; docs/metrics.md tells its members. */
public final class TotalsJson {
    static final String GAPS = "interChunkLatencyNanos";
    static final double[] PERCENTILES = {50, 90, 99};
    private static final double MILLI = 1000;

    private TotalsJson() {}

    /**
     * Writes the object and a line end.
     *
     * @param out UTF-8; not flushed, not closed
     * @param totals all streams
     * @param facts of the run
     * @throws io.phaseline.replay.json.OutputLost if the output fails
     */
    public static void write(OutputStream out, Totals totals, RunFacts facts) {
        new JsonLines(out).line(json -> members(json, totals, facts));
    }

    /**
     * Writes the members of the object.
     *
     * @param json stands within an object
     * @param totals all streams
     * @param facts of the run
     * @throws IOException if the output fails
     */
    public static void members(JsonGenerator json, Totals totals, RunFacts facts) throws IOException {
        json.writeObjectFieldStart("run");
        json.writeNumberField("inputs", facts.inputs());
        json.writeNumberField("unreadable", facts.unreadable());
        json.writeNumberField("rawBytes", facts.rawBytes());
        json.writeArrayFieldStart("problems");
        for (String problem : facts.problems()) {
            JsonLines.text(json, problem);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeObjectFieldStart("total");
        group(json, totals.all());
        json.writeEndObject();
        json.writeArrayFieldStart("groups");
        for (Map.Entry<GroupKey, GroupTotals> entry : totals.groups().kept().entrySet()) {
            json.writeStartObject();
            Dialect dialect = entry.getKey().dialect();
            JsonLines.text(json, "dialect", dialect == null ? null : Words.of(dialect));
            JsonLines.text(json, "model", entry.getKey().model());
            group(json, entry.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
        GroupTotals others = totals.groups().others();
        if (others != null) {
            json.writeObjectFieldStart("otherGroups");
            group(json, others);
            json.writeEndObject();
        }
        json.writeObjectFieldStart("inOrder");
        json.writeNumberField("streamsPerPoint", totals.inOrder().perPoint());
        curves(json, totals.inOrder());
        if (totals.overTime().points() > 0) {
            json.writeObjectFieldStart("overTime");
            json.writeNumberField(
                    "nanosPerPoint", OverTime.nanos(totals.overTime().perPoint()));
            curves(json, totals.overTime());
        }
    }

    private static void group(JsonGenerator json, GroupTotals group) throws IOException {
        json.writeNumberField("streams", group.streams());
        json.writeObjectFieldStart("outcomes");
        for (Outcome outcome : Outcome.values()) {
            json.writeNumberField(Words.of(outcome), group.streams(outcome));
        }
        json.writeEndObject();
        json.writeArrayFieldStart("phases");
        for (var entry : group.phases().entrySet()) {
            phase(json, entry.getKey().name(), entry.getValue());
        }
        json.writeEndArray();
        json.writeNumberField("unphasedFrames", group.unphasedFrames());
        json.writeNumberField("unphasedBytes", group.unphasedBytes());
        json.writeNumberField("unattributedTokens", group.unattributedTokens());
        json.writeObjectFieldStart("perStream");
        for (Metric metric : Metric.values()) {
            Distribution values = group.distribution(metric);
            if (values != null) {
                json.writeFieldName(metric.key());
                distribution(json, metric.unit(), values);
            }
        }
        json.writeEndObject();
        if (group.gaps().count() > 0) {
            json.writeFieldName(GAPS);
            distribution(json, Metric.Unit.NANOS, group.gaps());
        }
        names(json, "toolCalls", group.tools());
        names(json, "finishReasons", group.finishReasons());
        names(json, "errors", group.errors());
        json.writeArrayFieldStart("errorsByFrame");
        for (int slot = 0; slot <= group.lastErrorSlot(); slot++) {
            if (group.errorsInSlot(slot) > 0) {
                FrameRange range = FrameRange.ofSlot(slot);
                json.writeStartObject();
                json.writeNumberField("from", range.from());
                json.writeNumberField("to", range.to());
                json.writeNumberField("count", group.errorsInSlot(slot));
                json.writeEndObject();
            }
        }
        json.writeEndArray();
        names(json, "anomalies", group.anomalies());
    }

    private static void phase(JsonGenerator json, String name, PhaseTotals phase) throws IOException {
        json.writeStartObject();
        json.writeStringField("phase", name);
        json.writeNumberField("streams", phase.streams());
        json.writeNumberField("entries", phase.entries());
        json.writeNumberField("frames", phase.frames());
        json.writeNumberField("bytes", phase.bytes());
        json.writeNumberField("textBytes", phase.textBytes());
        json.writeNumberField("tokens", phase.tokens());
        json.writeNumberField("estimatedTokens", phase.estimatedTokens());
        if (phase.nanos().count() > 0) {
            json.writeFieldName("lengthNanos");
            distribution(json, Metric.Unit.NANOS, phase.nanos());
        }
        json.writeEndObject();
    }

    /** Names and counts; in a list, for the names are the wire's, and one may be "other". */
    private static void names(JsonGenerator json, String member, KeptApart<String, Tally> names) throws IOException {
        json.writeArrayFieldStart(member);
        for (Map.Entry<String, Tally> entry : names.kept().entrySet()) {
            json.writeStartObject();
            JsonLines.text(json, "name", entry.getKey());
            json.writeNumberField("count", entry.getValue().count());
            json.writeEndObject();
        }
        Tally others = names.others();
        if (others != null) {
            json.writeStartObject();
            json.writeNullField("name");
            json.writeNumberField("count", others.count());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static void distribution(JsonGenerator json, Metric.Unit unit, Distribution values) throws IOException {
        json.writeStartObject();
        json.writeNumberField("count", values.count());
        if (unit == Metric.Unit.MILLI_TOKENS_PER_SECOND) {
            json.writeNumberField("mean", values.mean() / MILLI);
        } else {
            json.writeNumberField("sum", values.sum());
            json.writeNumberField("mean", values.mean());
        }
        for (double percentile : PERCENTILES) {
            json.writeFieldName("p" + (int) percentile);
            number(json, unit, values.percentile(percentile));
        }
        json.writeFieldName("max");
        number(json, unit, values.max());
        json.writeEndObject();
    }

    static void value(JsonGenerator json, Metric metric, long value) throws IOException {
        json.writeFieldName(metric.key());
        number(json, metric.unit(), value);
    }

    private static void number(JsonGenerator json, Metric.Unit unit, long value) throws IOException {
        if (unit == Metric.Unit.MILLI_TOKENS_PER_SECOND) {
            json.writeNumber(value / MILLI);
        } else {
            json.writeNumber(value);
        }
    }

    /** The rest of an object. */
    private static void curves(JsonGenerator json, Series series) throws IOException {
        for (Series.Curve curve : Series.Curve.values()) {
            json.writeArrayFieldStart(curve.key());
            for (int point = 0; point < series.points(); point++) {
                json.writeNumber(series.value(point, curve));
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }
}
