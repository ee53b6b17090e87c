package io.phaseline.replay.stats;

import io.phaseline.event.Outcome;
import io.phaseline.event.Phase;
import io.phaseline.event.StreamResult;
import io.phaseline.event.StreamResult.PlacedError;
import io.phaseline.replay.json.Words;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All streams of one dialect and model. */
public final class GroupTotals implements Part<GroupTotals> {
    /** Errors of which only the count is known, for there were too many in one stream. */
    private static final String NOT_TOLD_APART = "too many in one stream to tell apart";

    private final TotalsLimits limits;
    private final long[] outcomes = new long[Outcome.values().length];
    private final Map<Phase, PhaseTotals> phases = new EnumMap<>(Phase.class);
    private final Map<Metric, Distribution> metrics = new EnumMap<>(Metric.class);
    private final Distribution gaps = new Distribution();
    private final KeptApart<String, Tally> tools;
    private final KeptApart<String, Tally> finishReasons;
    private final KeptApart<String, Tally> errors;
    private final KeptApart<String, Tally> anomalies;

    private final long[] errorsByFrame = new long[FrameRange.SLOTS];

    private long unphasedFrames;
    private long unphasedBytes;
    private long unattributedTokens;

    GroupTotals(TotalsLimits limits) {
        this.limits = limits;
        this.tools = names();
        this.finishReasons = names();
        this.errors = names();
        this.anomalies = names();
    }

    private KeptApart<String, Tally> names() {
        return new KeptApart<>(limits.maxNames(), Tally::new, KeptApart.TEXTS);
    }

    void add(StreamRecord record) {
        StreamResult result = record.result();
        outcomes[result.outcome().ordinal()]++;
        Set<Phase> entered = EnumSet.noneOf(Phase.class);
        addPhases(record.spans(), entered);
        addPhases(record.laterSpans(), entered);
        entered.forEach(phase -> phase(phase).addStream());
        for (Metric metric : Metric.values()) {
            long value = metric.of(record);
            if (value >= 0) {
                metric(metric).record(value);
            }
        }
        result.toolCalls().forEach(call -> count(tools, call.type(), 1));
        addFinishReasons(result);
        for (PlacedError error : result.errors()) {
            String code = error.error().code();
            String kind = Words.of(error.error().kind());
            count(errors, code == null ? kind : kind + " " + code, 1);
            errorsByFrame[FrameRange.slotOf(error.frame())]++;
        }
        if (record.errorsLeftOut() > 0) {
            count(errors, NOT_TOLD_APART, record.errorsLeftOut());
        }
        record.anomalies().forEach((what, count) -> count(anomalies, what, count));
        if (record.timing() != null) {
            gaps.merge(record.timing().gaps());
        }
        unphasedFrames += record.unphasedFrames();
        unphasedBytes += record.unphasedBytes();
        unattributedTokens = Sums.add(unattributedTokens, record.unattributedTokens());
    }

    private void addPhases(List<PhaseSpan> spans, Set<Phase> entered) {
        for (PhaseSpan span : spans) {
            phase(span.phase()).add(span);
            entered.add(span.phase());
        }
    }

    private void addFinishReasons(StreamResult result) {
        if (result.choices().isEmpty()) {
            countIfSent(result.finishReason());
        } else {
            result.choices().forEach(choice -> countIfSent(choice.finishReason()));
        }
    }

    private void countIfSent(@Nullable String finishReason) {
        if (finishReason != null) {
            count(finishReasons, finishReason, 1);
        }
    }

    private void count(KeptApart<String, Tally> names, String name, long times) {
        names.part(limits.cut(name)).add(times);
    }

    private PhaseTotals phase(Phase phase) {
        return phases.computeIfAbsent(phase, p -> new PhaseTotals());
    }

    private Distribution metric(Metric metric) {
        return metrics.computeIfAbsent(metric, m -> new Distribution());
    }

    /**
     * Streams in all.
     *
     * @return a count
     */
    public long streams() {
        return Arrays.stream(outcomes).sum();
    }

    /**
     * Streams that ended in one way.
     *
     * @param outcome the way
     * @return a count
     */
    public long streams(Outcome outcome) {
        return outcomes[outcome.ordinal()];
    }

    /**
     * The phases that were entered at all, in their order.
     *
     * @return views, not to be changed
     */
    public Map<Phase, PhaseTotals> phases() {
        return phases;
    }

    /**
     * How the values of a metric are distributed.
     *
     * @param metric which one
     * @return null where no stream gave a value
     */
    public @Nullable Distribution distribution(Metric metric) {
        return metrics.get(metric);
    }

    /**
     * The sum of a metric over all streams.
     *
     * @param metric which one
     * @return 0 where no stream gave a value
     */
    public long sum(Metric metric) {
        Distribution values = metrics.get(metric);
        return values == null ? 0 : values.sum();
    }

    /**
     * Gaps between frames with text: AIPerf's inter chunk latency,
     * {@code gen_ai.client.operation.time_per_output_chunk}.
     *
     * @return nanoseconds
     */
    public Distribution gaps() {
        return gaps;
    }

    KeptApart<String, Tally> tools() {
        return tools;
    }

    KeptApart<String, Tally> finishReasons() {
        return finishReasons;
    }

    KeptApart<String, Tally> errors() {
        return errors;
    }

    KeptApart<String, Tally> anomalies() {
        return anomalies;
    }

    long errorsInSlot(int slot) {
        return errorsByFrame[slot];
    }

    /** The last slot with an error, or -1. */
    int lastErrorSlot() {
        int slot = errorsByFrame.length - 1;
        while (slot >= 0 && errorsByFrame[slot] == 0) {
            slot--;
        }
        return slot;
    }

    /**
     * Frames before the first phase of a stream.
     *
     * @return a count
     */
    public long unphasedFrames() {
        return unphasedFrames;
    }

    /**
     * Bytes before the first phase of a stream.
     *
     * @return bytes
     */
    public long unphasedBytes() {
        return unphasedBytes;
    }

    /**
     * Output tokens that belong to no phase.
     *
     * @return a count
     */
    public long unattributedTokens() {
        return unattributedTokens;
    }

    @Override
    public void merge(GroupTotals other) {
        addAll(outcomes, other.outcomes);
        other.phases.forEach((phase, totals) -> phase(phase).merge(totals));
        other.metrics.forEach((metric, values) -> metric(metric).merge(values));
        gaps.merge(other.gaps);
        tools.merge(other.tools);
        finishReasons.merge(other.finishReasons);
        errors.merge(other.errors);
        anomalies.merge(other.anomalies);
        addAll(errorsByFrame, other.errorsByFrame);
        unphasedFrames += other.unphasedFrames;
        unphasedBytes += other.unphasedBytes;
        unattributedTokens = Sums.add(unattributedTokens, other.unattributedTokens);
    }

    private static void addAll(long[] to, long[] more) {
        for (int i = 0; i < to.length; i++) {
            to[i] += more[i];
        }
    }

    @Override
    public void write(DataOutput out) throws IOException {
        Stored.longs(out, outcomes);
        Stored.map(out, phases);
        Stored.map(out, metrics);
        gaps.write(out);
        tools.write(out);
        finishReasons.write(out);
        errors.write(out);
        anomalies.write(out);
        Stored.longs(out, errorsByFrame);
        out.writeLong(unphasedFrames);
        out.writeLong(unphasedBytes);
        out.writeLong(unattributedTokens);
    }

    @Override
    public void read(DataInput in) throws IOException {
        Stored.longs(in, outcomes);
        Stored.map(in, phases, Phase.class, PhaseTotals::new);
        Stored.map(in, metrics, Metric.class, Distribution::new);
        gaps.read(in);
        tools.read(in);
        finishReasons.read(in);
        errors.read(in);
        anomalies.read(in);
        Stored.longs(in, errorsByFrame);
        unphasedFrames = in.readLong();
        unphasedBytes = in.readLong();
        unattributedTokens = in.readLong();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GroupTotals totals
                && Arrays.equals(totals.outcomes, outcomes)
                && totals.phases.equals(phases)
                && totals.metrics.equals(metrics)
                && totals.gaps.equals(gaps)
                && totals.tools.equals(tools)
                && totals.finishReasons.equals(finishReasons)
                && totals.errors.equals(errors)
                && totals.anomalies.equals(anomalies)
                && Arrays.equals(totals.errorsByFrame, errorsByFrame)
                && totals.unphasedFrames == unphasedFrames
                && totals.unphasedBytes == unphasedBytes
                && totals.unattributedTokens == unattributedTokens;
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(outcomes), phases, unphasedFrames, unphasedBytes);
    }
}
