package io.phaseline.replay;

import io.phaseline.bytes.Slice;
import io.phaseline.event.Dialect;
import io.phaseline.event.ErrorReport;
import io.phaseline.event.Outcome;
import io.phaseline.event.Phase;
import io.phaseline.event.Place;
import io.phaseline.event.StreamListener;
import io.phaseline.event.ToolChange;
import io.phaseline.event.ToolField;
import io.phaseline.event.Usage;
import io.phaseline.event.UsageField;
import io.phaseline.replay.json.JsonLines;
import io.phaseline.replay.json.ResultLines;
import io.phaseline.replay.json.Words;
import org.jspecify.annotations.Nullable;

/** Writes each event as one line of JSON. */
final class EventLines implements StreamListener {
    private static final int FIRST_CHOICE = 0;

    private final JsonLines lines;
    private final @Nullable String source;

    /**
     * A writer.
     *
     * @param source ends each line, because the type stands first; null to leave it out
     */
    EventLines(JsonLines lines, @Nullable String source) {
        this.lines = lines;
        this.source = source;
    }

    private void line(String type, Place at, JsonLines.Members members) {
        line(type, at, FIRST_CHOICE, members);
    }

    private void line(String type, Place at, int choice, JsonLines.Members members) {
        lines.line(json -> {
            json.writeStringField("type", type);
            json.writeNumberField("stream", at.stream());
            json.writeNumberField("frame", at.frame());
            json.writeNumberField("offset", at.offset());
            if (choice != FIRST_CHOICE) {
                json.writeNumberField("choice", choice);
            }
            members.write(json);
            if (source != null) {
                JsonLines.text(json, "source", source);
            }
        });
    }

    private void delta(String type, Place at, int choice, Slice delta) {
        line(type, at, choice, json -> JsonLines.text(json, "delta", delta));
    }

    @Override
    public void onStarted(Place at, @Nullable Dialect dialect, Slice id, Slice model) {
        line("started", at, json -> {
            JsonLines.text(json, "dialect", dialect == null ? null : Words.of(dialect));
            JsonLines.text(json, "id", id.isEmpty() ? null : id.toString());
            JsonLines.text(json, "model", model.isEmpty() ? null : model.toString());
        });
    }

    @Override
    public void onPhase(Place at, int choice, Phase phase, @Nullable Phase previous) {
        line("phase", at, choice, json -> {
            json.writeStringField("phase", phase.name());
            JsonLines.text(json, "previous", previous == null ? null : previous.name());
        });
    }

    @Override
    public void onReasoning(Place at, int choice, Slice delta) {
        delta("reasoning", at, choice, delta);
    }

    @Override
    public void onContent(Place at, int choice, Slice delta) {
        delta("content", at, choice, delta);
    }

    @Override
    public void onRefusal(Place at, int choice, Slice delta) {
        delta("refusal", at, choice, delta);
    }

    @Override
    public void onTool(Place at, int choice, ToolChange change) {
        line("tool", at, choice, json -> {
            json.writeStringField("change", Words.of(change.kind()));
            json.writeNumberField("index", change.index());
            JsonLines.text(json, "tool", change.tool());
            ToolField field = change.field();
            if (field != null) {
                json.writeStringField("field", Words.of(field));
                boolean whole = change.kind() == ToolChange.Kind.REPLACED;
                JsonLines.text(json, whole ? "value" : "delta", change.text());
            }
        });
    }

    @Override
    public void onUsage(Place at, Usage changed) {
        line("usage", at, json -> {
            for (UsageField field : UsageField.values()) {
                if (changed.has(field)) {
                    json.writeNumberField(field.key(), changed.value(field));
                }
            }
        });
    }

    @Override
    public void onFinish(Place at, int choice, Slice reason) {
        line("finish", at, choice, json -> JsonLines.text(json, "reason", reason));
    }

    @Override
    public void onAnomaly(Place at, String what) {
        line("anomaly", at, json -> JsonLines.text(json, "what", what));
    }

    @Override
    public void onError(Place at, ErrorReport error) {
        line("error", at, json -> ResultLines.error(json, error));
    }

    @Override
    public void onEnded(Place at, Outcome outcome, long frames, long bytes) {
        line("ended", at, json -> json.writeStringField("outcome", Words.of(outcome)));
    }
}
