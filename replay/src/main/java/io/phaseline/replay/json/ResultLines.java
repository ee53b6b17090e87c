package io.phaseline.replay.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.phaseline.event.Dialect;
import io.phaseline.event.ErrorReport;
import io.phaseline.event.Phase;
import io.phaseline.event.StreamResult;
import io.phaseline.event.Usage;
import io.phaseline.event.UsageField;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes results as lines of JSON. The order of the members is part of the contract. */
public final class ResultLines {
    private final JsonLines lines;

    /**
     * A writer.
     *
     * @param lines gets the lines
     */
    public ResultLines(JsonLines lines) {
        this.lines = lines;
    }

    /**
     * Writes one result.
     *
     * @param source the input's name
     * @param result the result
     * @throws OutputLost if the output fails
     */
    public void write(String source, StreamResult result) {
        lines.line(json -> members(json, source, result, true));
    }

    /**
     * Writes the members of one result.
     *
     * @param json stands within an object
     * @param source the input's name
     * @param result the result
     * @param texts whether to write what the model wrote: without it, {@code reasoning}, {@code content},
     *     {@code refusal}, and {@code code}, {@code arguments} and {@code output} of the calls are left out
     * @throws IOException if the output fails
     */
    public static void members(JsonGenerator json, String source, StreamResult result, boolean texts)
            throws IOException {
        JsonLines.text(json, "source", source);
        json.writeNumberField("stream", result.stream());
        Dialect dialect = result.dialect();
        JsonLines.text(json, "dialect", dialect == null ? null : Words.of(dialect));
        JsonLines.text(json, "id", result.id());
        JsonLines.text(json, "model", result.model());
        json.writeStringField("outcome", Words.of(result.outcome()));
        json.writeArrayFieldStart("phases");
        for (Phase phase : result.phases()) {
            json.writeString(phase.name());
        }
        json.writeEndArray();
        if (texts) {
            JsonLines.text(json, "reasoning", result.reasoning());
            JsonLines.text(json, "content", result.content());
            JsonLines.text(json, "refusal", result.refusal());
        }
        json.writeArrayFieldStart("toolCalls");
        for (StreamResult.ToolCall call : result.toolCalls()) {
            toolCall(json, call, texts);
        }
        json.writeEndArray();
        JsonLines.text(json, "finishReason", result.finishReason());
        json.writeFieldName("usage");
        usage(json, result.usage());
        json.writeArrayFieldStart("errors");
        for (StreamResult.PlacedError error : result.errors()) {
            json.writeStartObject();
            error(json, error.error());
            json.writeNumberField("frame", error.frame());
            json.writeNumberField("offset", error.offset());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("frames", result.frames());
        json.writeNumberField("bytes", result.bytes());
        if (!result.choices().isEmpty()) {
            json.writeArrayFieldStart("choices");
            for (StreamResult.Choice choice : result.choices()) {
                choice(json, choice, texts);
            }
            json.writeEndArray();
        }
    }

    /**
     * Writes the members of an error; where it stands is told beside them.
     *
     * @param json stands within an object
     * @param error the error
     * @throws IOException if the output fails
     */
    public static void error(JsonGenerator json, ErrorReport error) throws IOException {
        json.writeStringField("kind", Words.of(error.kind()));
        JsonLines.text(json, "code", error.code());
        JsonLines.text(json, "message", error.message());
        JsonLines.number(json, "httpStatus", error.httpStatus());
    }

    private static void toolCall(JsonGenerator json, StreamResult.ToolCall call, boolean texts) throws IOException {
        json.writeStartObject();
        json.writeNumberField("index", call.index());
        JsonLines.text(json, "type", call.type());
        JsonLines.text(json, "id", call.id());
        JsonLines.text(json, "name", call.name());
        if (texts) {
            JsonLines.text(json, "code", call.code());
            JsonLines.text(json, "arguments", call.arguments());
            JsonLines.text(json, "output", call.output());
        }
        json.writeEndObject();
    }

    /**
     * Writes counters as one object, in which a counter never sent is null.
     *
     * @param json stands where a value is expected
     * @param usage the counters, or null where none was ever sent
     * @throws IOException if the output fails
     */
    public static void usage(JsonGenerator json, @Nullable Usage usage) throws IOException {
        if (usage == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        for (UsageField field : UsageField.values()) {
            json.writeFieldName(field.key());
            if (usage.has(field)) {
                json.writeNumber(usage.value(field));
            } else {
                json.writeNull();
            }
        }
        json.writeEndObject();
    }

    private static void choice(JsonGenerator json, StreamResult.Choice choice, boolean texts) throws IOException {
        json.writeStartObject();
        json.writeNumberField("index", choice.index());
        if (texts) {
            JsonLines.text(json, "reasoning", choice.reasoning());
            JsonLines.text(json, "content", choice.content());
        }
        JsonLines.text(json, "finishReason", choice.finishReason());
        json.writeEndObject();
    }
}
