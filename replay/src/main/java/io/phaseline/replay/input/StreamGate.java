package io.phaseline.replay.input;

import io.phaseline.bytes.Slice;
import io.phaseline.event.Dialect;
import io.phaseline.event.ErrorReport;
import io.phaseline.event.EventRecorder;
import io.phaseline.event.Outcome;
import io.phaseline.event.Phase;
import io.phaseline.event.Place;
import io.phaseline.event.StreamEvent;
import io.phaseline.event.StreamListener;
import io.phaseline.event.ToolChange;
import io.phaseline.event.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the parser and what a command prints, for one input.
 *
 * <p>A folder may hold files that are no streams at all. What is heard of a file before its first frame is held back
 * until there is one; if none comes, it is never passed on. What is passed on also tells the exit status.
 */
public final class StreamGate implements StreamListener {
    private final StreamListener target;
    private final Runnable onFlaw;
    private final List<StreamEvent> held = new ArrayList<>();
    private final StreamListener recorder = new EventRecorder(held::add);
    private boolean open;

    /**
     * A gate.
     *
     * @param target who hears what is passed on
     * @param onFlaw told of each thing passed on that makes the input less than complete
     * @param open whether to pass on everything from the start
     */
    public StreamGate(StreamListener target, Runnable onFlaw, boolean open) {
        this.target = target;
        this.onFlaw = onFlaw;
        this.open = open;
    }

    /**
     * Tells whether anything was passed on, or would have been.
     *
     * @return true if so
     */
    public boolean isOpen() {
        return open;
    }

    private StreamListener ear(boolean isStream) {
        if (!open && isStream) {
            open = true;
            for (StreamEvent event : held) {
                event.deliverTo(this);
            }
            held.clear();
        }
        return open ? target : recorder;
    }

    private StreamListener ear(Place at) {
        return ear(at.frame() > 0);
    }

    @Override
    public void onStarted(Place at, @Nullable Dialect dialect, Slice id, Slice model) {
        // Said of every input, whatever it turns out to be.
        ear(false).onStarted(at, dialect, id, model);
    }

    @Override
    public void onPhase(Place at, int choice, Phase phase, @Nullable Phase previous) {
        ear(at).onPhase(at, choice, phase, previous);
    }

    @Override
    public void onReasoning(Place at, int choice, Slice delta) {
        ear(at).onReasoning(at, choice, delta);
    }

    @Override
    public void onContent(Place at, int choice, Slice delta) {
        ear(at).onContent(at, choice, delta);
    }

    @Override
    public void onRefusal(Place at, int choice, Slice delta) {
        ear(at).onRefusal(at, choice, delta);
    }

    @Override
    public void onTool(Place at, int choice, ToolChange change) {
        ear(at).onTool(at, choice, change);
    }

    @Override
    public void onSearchInfo(Place at, Slice json) {
        ear(at).onSearchInfo(at, json);
    }

    @Override
    public void onUsage(Place at, Usage changed) {
        ear(at).onUsage(at, changed);
    }

    @Override
    public void onFinish(Place at, int choice, Slice reason) {
        ear(at).onFinish(at, choice, reason);
    }

    @Override
    public void onAnomaly(Place at, String what) {
        ear(at).onAnomaly(at, what);
    }

    @Override
    public void onError(Place at, ErrorReport error) {
        StreamListener ear = ear(
                switch (error.kind()) {
                    // A first frame that is cut off does not count as one, and yet this is a stream.
                    case SERVER, MALFORMED -> true;
                    // A large file without line ends is too long a line, and no stream.
                    case LIMIT, NOT_A_STREAM -> false;
                });
        if (open) {
            onFlaw.run();
        }
        ear.onError(at, error);
    }

    @Override
    public void onEnded(Place at, Outcome outcome, long frames, long bytes) {
        StreamListener ear = ear(frames > 0);
        if (open && outcome != Outcome.COMPLETED) {
            onFlaw.run();
        }
        ear.onEnded(at, outcome, frames, bytes);
    }
}
