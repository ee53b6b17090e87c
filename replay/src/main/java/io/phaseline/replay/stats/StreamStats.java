package io.phaseline.replay.stats;

import io.phaseline.bytes.Slice;
import io.phaseline.event.Dialect;
import io.phaseline.event.ErrorReport;
import io.phaseline.event.Outcome;
import io.phaseline.event.Phase;
import io.phaseline.event.Place;
import io.phaseline.event.ResultAccumulator;
import io.phaseline.event.StreamListener;
import io.phaseline.event.StreamResult;
import io.phaseline.event.ToolChange;
import io.phaseline.event.ToolField;
import io.phaseline.event.Usage;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hears streams one after another, and makes a record of each at its end.
 *
 * <p>Of texts it keeps what {@link StreamLimits} say; the rest of what it does for a piece of text is to add its length.
 * Used by one parser, on its thread.
 */
public final class StreamStats implements StreamListener {
    private static final int FIRST_CHOICE = 0;

    /** Kinds of oddities told apart in one stream, as a count. */
    private static final int MAX_ANOMALIES = 16;

    private static final String OTHER_ANOMALY = "other";
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private final StreamLimits limits;
    private final Consumer<StreamRecord> target;
    private final ResultAccumulator result = new ResultAccumulator(this::ended);
    private final TextKeeper texts;
    private final PhaseLine phases;
    private final TimeLine times;
    private final SortedMap<String, Long> anomalies = new TreeMap<>();

    /** As many as the parser tells apart. */
    private final Set<Integer> otherChoices = new HashSet<>();

    private long streamOffset;
    private long errors;

    /**
     * A listener.
     *
     * @param limits what to keep of a stream
     * @param clock when the bytes arrived that are being fed
     * @param target gets each record on the parser's thread
     */
    public StreamStats(StreamLimits limits, ArrivalClock clock, Consumer<StreamRecord> target) {
        this.limits = limits;
        this.target = target;
        this.texts = new TextKeeper(limits.maxTextBytes(), result);
        this.phases = new PhaseLine(limits.maxPhases());
        this.times = new TimeLine(clock);
    }

    private void arrive(Place at) {
        times.arrive(at.frame());
        if (phases.isEnding()) {
            phases.arrive(at, times.sinceFirstFrame());
        }
    }

    private void heardText(Place at, Slice text, boolean reasoning) {
        arrive(at);
        if (!text.isEmpty()) {
            times.heardText(at.frame(), reasoning);
            phases.heardText(text.length());
        }
    }

    @Override
    public void onStarted(Place at, @Nullable Dialect dialect, Slice id, Slice model) {
        arrive(at);
        result.onStarted(at, dialect, id, model);
    }

    @Override
    public void onPhase(Place at, int choice, Phase phase, @Nullable Phase previous) {
        arrive(at);
        if (choice == FIRST_CHOICE) {
            if (!phases.isFull()) {
                result.onPhase(at, choice, phase, previous);
            }
            phases.enter(phase, at, times.sinceFirstFrame(), streamOffset);
        } else if (otherChoices.add(choice)) {
            // Nobody asks for its phases, but it may have nothing else to show that it is there.
            result.onPhase(at, choice, phase, previous);
        }
    }

    @Override
    public void onReasoning(Place at, int choice, Slice delta) {
        heardText(at, delta, true);
        texts.onReasoning(at, choice, delta);
    }

    @Override
    public void onContent(Place at, int choice, Slice delta) {
        heardText(at, delta, false);
        texts.onContent(at, choice, delta);
    }

    @Override
    public void onRefusal(Place at, int choice, Slice delta) {
        heardText(at, delta, false);
        texts.onRefusal(at, choice, delta);
    }

    @Override
    public void onTool(Place at, int choice, ToolChange change) {
        ToolField field = change.field();
        if (field == null || !TextKeeper.isText(field)) {
            arrive(at);
        } else {
            heardText(at, change.text(), false);
        }
        texts.onTool(at, choice, change);
    }

    @Override
    public void onSearchInfo(Place at, Slice json) {
        arrive(at);
    }

    @Override
    public void onUsage(Place at, Usage changed) {
        arrive(at);
        phases.heardUsage(changed);
        result.onUsage(at, changed);
    }

    @Override
    public void onFinish(Place at, int choice, Slice reason) {
        arrive(at);
        result.onFinish(at, choice, reason);
    }

    @Override
    public void onAnomaly(Place at, String what) {
        arrive(at);
        String kind = NUMBER.matcher(what).replaceAll("N");
        boolean known = anomalies.containsKey(kind) || anomalies.size() < MAX_ANOMALIES;
        anomalies.merge(known ? kind : OTHER_ANOMALY, 1L, Long::sum);
    }

    @Override
    public void onError(Place at, ErrorReport error) {
        arrive(at);
        errors++;
        if (errors <= limits.maxErrors()) {
            result.onError(at, error);
        }
    }

    @Override
    public void onEnded(Place at, Outcome outcome, long frames, long bytes) {
        // The clock is not looked at: an end may be told only when the bytes of the next stream arrive.
        phases.end(at, frames, streamOffset, streamOffset + bytes, times.lastFrameSinceFirst());
        result.onEnded(at, outcome, frames, bytes);
    }

    private void ended(StreamResult heard) {
        boolean timed = times.isTimed();
        StreamRecord made = new StreamRecord(
                Origin.NOWHERE,
                heard,
                streamOffset,
                phases.unphasedFrames(),
                phases.unphasedBytes(),
                phases.kept(timed),
                phases.later(timed),
                phases.leftOut(),
                Math.max(0, errors - limits.maxErrors()),
                texts.hasCut(),
                phases.unattributedTokens(),
                Collections.unmodifiableSortedMap(new TreeMap<>(anomalies)),
                times.timing());
        // The bytes of the streams of an input add up to the input.
        long next = streamOffset + heard.bytes();
        forget();
        streamOffset = next;
        target.accept(made);
    }

    private void forget() {
        texts.reset();
        phases.reset();
        times.reset();
        anomalies.clear();
        otherChoices.clear();
        errors = 0;
    }

    /** Begins a new input, as if new; what was heard of a stream without an end is forgotten. */
    public void reset() {
        forget();
        result.reset();
        streamOffset = 0;
    }
}
