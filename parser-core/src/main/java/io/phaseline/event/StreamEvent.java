package io.phaseline.event;

import io.phaseline.bytes.Slice;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link StreamListener} hears, as records that may be kept.
 *
 * <p>An {@link EventRecorder} makes them, {@link #deliverTo} turns them back into calls: recording and delivering again
 * is the identity.
 */
public sealed interface StreamEvent {
    /**
     * Where it was found.
     *
     * @return the place
     */
    Place.Fixed at();

    /**
     * Calls the listener's method for this event, once.
     *
     * @param listener who is to hear it
     */
    void deliverTo(StreamListener listener);

    /**
     * {@link StreamListener#onStarted}.
     *
     * @param at where
     * @param dialect the wire format, null when nothing tells it
     * @param id the stream's id, empty when not sent
     * @param model the model's name, empty when not sent
     */
    record Started(Place.Fixed at, @Nullable Dialect dialect, String id, String model) implements StreamEvent {
        @Override
        public void deliverTo(StreamListener listener) {
            listener.onStarted(at, dialect, Slice.of(id), Slice.of(model));
        }
    }

    /**
     * {@link StreamListener#onPhase}.
     *
     * @param at where
     * @param choice index of the choice
     * @param phase the phase entered
     * @param previous the phase left, null at first
     */
    record PhaseEntered(
            Place.Fixed at,
            int choice,
            Phase phase,
            @Nullable Phase previous) implements StreamEvent {
        @Override
        public void deliverTo(StreamListener listener) {
            listener.onPhase(at, choice, phase, previous);
        }
    }

    /**
     * {@link StreamListener#onReasoning}.
     *
     * @param at where
     * @param choice index of the choice
     * @param delta what follows
     */
    record Reasoning(Place.Fixed at, int choice, String delta) implements StreamEvent {
        @Override
        public void deliverTo(StreamListener listener) {
            listener.onReasoning(at, choice, Slice.of(delta));
        }
    }

    /**
     * {@link StreamListener#onContent}.
     *
     * @param at where
     * @param choice index of the choice
     * @param delta what follows
     */
    record Content(Place.Fixed at, int choice, String delta) implements StreamEvent {
        @Override
        public void deliverTo(StreamListener listener) {
            listener.onContent(at, choice, Slice.of(delta));
        }
    }

    /**
     * {@link StreamListener#onRefusal}.
     *
     * @param at where
     * @param choice index of the choice
     * @param delta what follows
     */
    record Refusal(Place.Fixed at, int choice, String delta) implements StreamEvent {
        @Override
        public void deliverTo(StreamListener listener) {
            listener.onRefusal(at, choice, Slice.of(delta));
        }
    }

    /**
     * {@link StreamListener#onTool}.
     *
     * @param at where
     * @param choice index of the choice that calls
     * @param kind what kind of difference
     * @param index which call, from 0
     * @param tool what the tool is
     * @param field which text changed, null where none did
     * @param text what follows, or the whole new text; empty where no field changed
     */
    record Tool(
            Place.Fixed at,
            int choice,
            ToolChange.Kind kind,
            int index,
            String tool,
            @Nullable ToolField field,
            String text)
            implements StreamEvent {
        @Override
        public void deliverTo(StreamListener listener) {
            listener.onTool(at, choice, new KeptToolChange(kind, index, tool, field, Slice.of(text)));
        }
    }

    /**
     * {@link StreamListener#onSearchInfo}.
     *
     * @param at where
     * @param json raw JSON object
     */
    record SearchInfo(Place.Fixed at, String json) implements StreamEvent {
        @Override
        public void deliverTo(StreamListener listener) {
            listener.onSearchInfo(at, Slice.of(json));
        }
    }

    /**
     * {@link StreamListener#onUsage}.
     *
     * @param at where
     * @param changed the counters that changed; must not be written to
     */
    record UsageChanged(Place.Fixed at, Counters changed) implements StreamEvent {
        @Override
        public void deliverTo(StreamListener listener) {
            listener.onUsage(at, changed);
        }
    }

    /**
     * {@link StreamListener#onFinish}.
     *
     * @param at where
     * @param choice index of the choice
     * @param reason the wire's word
     */
    record Finished(Place.Fixed at, int choice, String reason) implements StreamEvent {
        @Override
        public void deliverTo(StreamListener listener) {
            listener.onFinish(at, choice, Slice.of(reason));
        }
    }

    /**
     * {@link StreamListener#onAnomaly}.
     *
     * @param at where
     * @param what in words
     */
    record Anomaly(Place.Fixed at, String what) implements StreamEvent {
        @Override
        public void deliverTo(StreamListener listener) {
            listener.onAnomaly(at, what);
        }
    }

    /**
     * {@link StreamListener#onError}.
     *
     * @param at where
     * @param error what
     */
    record Failed(Place.Fixed at, ErrorReport error) implements StreamEvent {
        @Override
        public void deliverTo(StreamListener listener) {
            listener.onError(at, error);
        }
    }

    /**
     * {@link StreamListener#onEnded}.
     *
     * @param at the last frame
     * @param outcome how it ended
     * @param frames frames of the stream
     * @param bytes bytes of the input that belong to the stream
     */
    record Ended(Place.Fixed at, Outcome outcome, long frames, long bytes) implements StreamEvent {
        @Override
        public void deliverTo(StreamListener listener) {
            listener.onEnded(at, outcome, frames, bytes);
        }
    }
}
