package io.phaseline.reference;

import io.phaseline.bytes.Slice;
import io.phaseline.bytes.Utf8;
import io.phaseline.event.Dialect;
import io.phaseline.event.ErrorReport;
import io.phaseline.event.Outcome;
import io.phaseline.event.Phase;
import io.phaseline.event.Place;
import io.phaseline.event.StreamListener;
import io.phaseline.event.ToolChange;
import io.phaseline.event.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Passes on what it hears, and fails where the bytes of a text are not well-formed: once they are a {@code String} that
 * shows no more.
 */
public record WellFormed(StreamListener next) implements StreamListener {
    private static Slice checked(Slice text) {
        if (!Utf8.isWellFormed(text)) {
            throw new AssertionError("not well-formed: " + text);
        }
        return text;
    }

    @Override
    public void onStarted(Place at, @Nullable Dialect dialect, Slice id, Slice model) {
        next.onStarted(at, dialect, checked(id), checked(model));
    }

    @Override
    public void onPhase(Place at, int choice, Phase phase, @Nullable Phase previous) {
        next.onPhase(at, choice, phase, previous);
    }

    @Override
    public void onReasoning(Place at, int choice, Slice delta) {
        next.onReasoning(at, choice, checked(delta));
    }

    @Override
    public void onContent(Place at, int choice, Slice delta) {
        next.onContent(at, choice, checked(delta));
    }

    @Override
    public void onRefusal(Place at, int choice, Slice delta) {
        next.onRefusal(at, choice, checked(delta));
    }

    @Override
    public void onTool(Place at, int choice, ToolChange change) {
        checked(change.text());
        next.onTool(at, choice, change);
    }

    @Override
    public void onSearchInfo(Place at, Slice json) {
        next.onSearchInfo(at, checked(json));
    }

    @Override
    public void onUsage(Place at, Usage changed) {
        next.onUsage(at, changed);
    }

    @Override
    public void onFinish(Place at, int choice, Slice reason) {
        next.onFinish(at, choice, checked(reason));
    }

    @Override
    public void onAnomaly(Place at, String what) {
        next.onAnomaly(at, what);
    }

    @Override
    public void onError(Place at, ErrorReport error) {
        next.onError(at, error);
    }

    @Override
    public void onEnded(Place at, Outcome outcome, long frames, long bytes) {
        next.onEnded(at, outcome, frames, bytes);
    }
}
