package io.phaseline.netty;

import io.phaseline.bytes.Slice;
import io.phaseline.event.Dialect;
import io.phaseline.event.ErrorReport;
import io.phaseline.event.Outcome;
import io.phaseline.event.Phase;
import io.phaseline.event.Place;
import io.phaseline.event.StreamListener;
import io.phaseline.event.ToolChange;
import io.phaseline.event.Usage;
import org.jspecify.annotations.Nullable;

/** Passes on what it hears until it is closed, also from within, and notes that there was something. */
final class Relay implements StreamListener {
    private static final StreamListener NOBODY = new StreamListener() {};

    private StreamListener target;
    private boolean heard;

    Relay(StreamListener target) {
        this.target = target;
    }

    /** Nothing is passed on any more. */
    void close() {
        target = NOBODY;
    }

    boolean isClosed() {
        return target == NOBODY;
    }

    /** Whether something was heard since this was asked last. */
    boolean takeHeard() {
        boolean had = heard;
        heard = false;
        return had;
    }

    private StreamListener target() {
        heard = true;
        return target;
    }

    @Override
    public void onStarted(Place at, @Nullable Dialect dialect, Slice id, Slice model) {
        target().onStarted(at, dialect, id, model);
    }

    @Override
    public void onPhase(Place at, int choice, Phase phase, @Nullable Phase previous) {
        target().onPhase(at, choice, phase, previous);
    }

    @Override
    public void onReasoning(Place at, int choice, Slice delta) {
        target().onReasoning(at, choice, delta);
    }

    @Override
    public void onContent(Place at, int choice, Slice delta) {
        target().onContent(at, choice, delta);
    }

    @Override
    public void onRefusal(Place at, int choice, Slice delta) {
        target().onRefusal(at, choice, delta);
    }

    @Override
    public void onTool(Place at, int choice, ToolChange change) {
        target().onTool(at, choice, change);
    }

    @Override
    public void onSearchInfo(Place at, Slice json) {
        target().onSearchInfo(at, json);
    }

    @Override
    public void onUsage(Place at, Usage changed) {
        target().onUsage(at, changed);
    }

    @Override
    public void onFinish(Place at, int choice, Slice reason) {
        target().onFinish(at, choice, reason);
    }

    @Override
    public void onAnomaly(Place at, String what) {
        target().onAnomaly(at, what);
    }

    @Override
    public void onError(Place at, ErrorReport error) {
        target().onError(at, error);
    }

    @Override
    public void onEnded(Place at, Outcome outcome, long frames, long bytes) {
        target().onEnded(at, outcome, frames, bytes);
    }
}
