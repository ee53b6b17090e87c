package io.phaseline.event;

import io.phaseline.bytes.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes a record of everything it hears and hands it on. */
public final class EventRecorder implements StreamListener {
    private final Consumer<? super StreamEvent> target;

    /**
     * A recorder that hands each event on as it is heard.
     *
     * @param target who gets the events, on the feeding thread
     */
    public EventRecorder(Consumer<? super StreamEvent> target) {
        this.target = target;
    }

    /**
     * Runs something with a recorder and gives back what the recorder heard.
     *
     * @param run feeds a parser that talks to the recorder it is given
     * @return the events in stream order
     */
    public static List<StreamEvent> record(Consumer<? super StreamListener> run) {
        List<StreamEvent> events = new ArrayList<>();
        run.accept(new EventRecorder(events::add));
        return events;
    }

    @Override
    public void onStarted(Place at, @Nullable Dialect dialect, Slice id, Slice model) {
        target.accept(new StreamEvent.Started(at.copy(), dialect, id.toString(), model.toString()));
    }

    @Override
    public void onPhase(Place at, int choice, Phase phase, @Nullable Phase previous) {
        target.accept(new StreamEvent.PhaseEntered(at.copy(), choice, phase, previous));
    }

    @Override
    public void onReasoning(Place at, int choice, Slice delta) {
        target.accept(new StreamEvent.Reasoning(at.copy(), choice, delta.toString()));
    }

    @Override
    public void onContent(Place at, int choice, Slice delta) {
        target.accept(new StreamEvent.Content(at.copy(), choice, delta.toString()));
    }

    @Override
    public void onRefusal(Place at, int choice, Slice delta) {
        target.accept(new StreamEvent.Refusal(at.copy(), choice, delta.toString()));
    }

    @Override
    public void onTool(Place at, int choice, ToolChange change) {
        target.accept(new StreamEvent.Tool(
                at.copy(),
                choice,
                change.kind(),
                change.index(),
                change.tool(),
                change.field(),
                change.text().toString()));
    }

    @Override
    public void onSearchInfo(Place at, Slice json) {
        target.accept(new StreamEvent.SearchInfo(at.copy(), json.toString()));
    }

    @Override
    public void onUsage(Place at, Usage changed) {
        target.accept(new StreamEvent.UsageChanged(at.copy(), Counters.copyOf(changed)));
    }

    @Override
    public void onFinish(Place at, int choice, Slice reason) {
        target.accept(new StreamEvent.Finished(at.copy(), choice, reason.toString()));
    }

    @Override
    public void onAnomaly(Place at, String what) {
        target.accept(new StreamEvent.Anomaly(at.copy(), what));
    }

    @Override
    public void onError(Place at, ErrorReport error) {
        target.accept(new StreamEvent.Failed(at.copy(), error));
    }

    @Override
    public void onEnded(Place at, Outcome outcome, long frames, long bytes) {
        target.accept(new StreamEvent.Ended(at.copy(), outcome, frames, bytes));
    }
}
