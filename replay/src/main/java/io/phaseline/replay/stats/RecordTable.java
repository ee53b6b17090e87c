package io.phaseline.replay.stats;

import io.phaseline.bytes.Utf8;
import io.phaseline.event.ErrorReport;
import io.phaseline.event.Phase;
import io.phaseline.event.StreamResult;
import io.phaseline.event.StreamResult.PlacedError;
import io.phaseline.replay.json.OutputLost;
import io.phaseline.replay.json.Words;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes each stream as one row of a table: RFC 4180, UTF-8. What is not known is an empty field. */
public final class RecordTable {
    private static final double MILLI = 1000;

    private final OutputStream out;

    /**
     * A writer.
     *
     * @param out gets each row as a whole; not flushed, not closed
     */
    public RecordTable(OutputStream out) {
        this.out = out;
    }

    /**
     * Writes the names of the columns.
     *
     * @throws OutputLost if the output fails
     */
    public void header() {
        List<String> names = new ArrayList<>(
                List.of("source", "stream", "dialect", "id", "model", "outcome", "finishReason", "phases", "offset"));
        for (Metric metric : Metric.values()) {
            names.add(metric.key());
        }
        names.addAll(List.of("errors", "firstErrorKind", "firstErrorCode", "firstErrorFrame", "anomalies"));
        row(names);
    }

    /**
     * Writes one row.
     *
     * @param record the stream, placed
     * @throws OutputLost if the output fails
     */
    public void write(StreamRecord record) {
        StreamResult result = record.result();
        List<String> fields = new ArrayList<>();
        fields.add(record.origin().source());
        fields.add(Integer.toString(result.stream()));
        fields.add(result.dialect() == null ? "" : Words.of(result.dialect()));
        fields.add(orEmpty(result.id()));
        fields.add(orEmpty(result.model()));
        fields.add(Words.of(result.outcome()));
        fields.add(orEmpty(result.finishReason()));
        fields.add(result.phases().stream().map(Phase::name).collect(Collectors.joining(" ")));
        fields.add(Long.toString(record.offset()));
        for (Metric metric : Metric.values()) {
            fields.add(value(metric, metric.of(record)));
        }
        fields.add(Long.toString(result.errors().size() + record.errorsLeftOut()));
        addFirstError(fields, result.errors());
        fields.add(Long.toString(
                record.anomalies().values().stream().mapToLong(Long::longValue).sum()));
        row(fields);
    }

    private static void addFirstError(List<String> fields, List<PlacedError> errors) {
        if (errors.isEmpty()) {
            fields.addAll(List.of("", "", ""));
            return;
        }
        ErrorReport error = errors.get(0).error();
        fields.add(Words.of(error.kind()));
        fields.add(orEmpty(error.code()));
        fields.add(Long.toString(errors.get(0).frame()));
    }

    private static String value(Metric metric, long value) {
        if (value < 0) {
            return "";
        }
        return metric.unit() == Metric.Unit.MILLI_TOKENS_PER_SECOND
                ? Double.toString(value / MILLI)
                : Long.toString(value);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private void row(List<String> fields) {
        String row = fields.stream().map(RecordTable::field).collect(Collectors.joining(",", "", "\r\n"));
        try {
            out.write(Utf8.encode(row));
        } catch (IOException e) {
            throw new OutputLost(e);
        }
    }

    private static String field(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
