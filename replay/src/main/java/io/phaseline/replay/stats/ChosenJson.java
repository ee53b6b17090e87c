package io.phaseline.replay.stats;

import com.fasterxml.jackson.core.JsonGenerator;
import io.phaseline.replay.json.ResultLines;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes the streams that were kept to be looked at: each once, and which of them are the first, slowest, failed. */
public final class ChosenJson {
    private ChosenJson() {}

    /**
     * Writes the members {@code streams}, each as a line of jsonl has it, and {@code first}, {@code slowest},
     * {@code failed}, which are positions in it; {@code timed} tells whether the slowest are told by time.
     *
     * @param json stands within an object
     * @param totals all streams
     * @throws IOException if the output fails
     */
    public static void members(JsonGenerator json, Totals totals) throws IOException {
        ChosenStreams chosen = totals.chosen();
        List<StreamRecord> all = chosen.all();
        Map<Long, Integer> positions = new HashMap<>();
        json.writeArrayFieldStart("streams");
        for (StreamRecord record : all) {
            positions.put(record.origin().ordinal(), positions.size());
            json.writeStartObject();
            ResultLines.members(json, record.origin().source(), record.result(), true);
            json.writeObjectFieldStart("stats");
            RecordLines.stats(json, record);
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeBooleanField("timed", all.stream().anyMatch(record -> record.timing() != null));
        positions(json, "first", chosen.first(), positions);
        positions(json, "slowest", chosen.slowest(), positions);
        positions(json, "failed", chosen.failed(), positions);
    }

    private static void positions(
            JsonGenerator json, String member, Collection<StreamRecord> sort, Map<Long, Integer> positions)
            throws IOException {
        json.writeArrayFieldStart(member);
        for (StreamRecord record : sort) {
            json.writeNumber(positions.getOrDefault(record.origin().ordinal(), -1));
        }
        json.writeEndArray();
    }
}
