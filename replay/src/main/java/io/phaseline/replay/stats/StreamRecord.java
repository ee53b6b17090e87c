package io.phaseline.replay.stats;

import io.phaseline.event.Phase;
import io.phaseline.event.StreamResult;
import io.phaseline.event.UsageField;
import java.util.List;
import java.util.SortedMap;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one stream at its end. Immutable, may be kept.
 *
 * @param origin where it was found
 * @param result what the contract calls its result; texts as far as they were kept
 * @param offset bytes from the start of the input to the stream; its length is {@code result.bytes()}
 * @param unphasedFrames frames before the first phase
 * @param unphasedBytes bytes before the first phase
 * @param spans the phases of choice 0 in their order, as far as they were kept
 * @param laterSpans the sums of those that were not kept, at most one for each phase
 * @param phasesLeftOut how many were not kept
 * @param errorsLeftOut errors that were not kept, as a count
 * @param textsCut whether a text was not kept whole
 * @param unattributedTokens output tokens that no phase can be given: those of reasoning that was not sent
 * @param anomalies how often each kind of oddity was heard
 * @param timing its times, null where arrivals were not recorded
 */
public record StreamRecord(
        Origin origin,
        StreamResult result,
        long offset,
        long unphasedFrames,
        long unphasedBytes,
        List<PhaseSpan> spans,
        List<PhaseSpan> laterSpans,
        long phasesLeftOut,
        long errorsLeftOut,
        boolean textsCut,
        long unattributedTokens,
        SortedMap<String, Long> anomalies,
        @Nullable Timing timing) {

    /**
     * The same stream, placed.
     *
     * @param where where it was found
     * @param streamsBefore streams of the same input before the bytes that were fed
     * @param bytesBefore bytes of the same input before the bytes that were fed
     * @return a new record
     */
    public StreamRecord at(Origin where, int streamsBefore, long bytesBefore) {
        return at(where, streamsBefore, own -> own + bytesBefore);
    }

    /**
     * The same stream, placed in an input in which its bytes do not all lie together.
     *
     * @param where where it was found
     * @param streamsBefore streams of the same input before the bytes that were fed
     * @param inInput where a byte lies in the input, by where it lies in what was fed
     * @return a new record
     */
    public StreamRecord at(Origin where, int streamsBefore, LongUnaryOperator inInput) {
        List<StreamResult.PlacedError> errors = result.errors().stream()
                .map(e -> new StreamResult.PlacedError(e.error(), e.frame(), inInput.applyAsLong(e.offset())))
                .toList();
        StreamResult moved = new StreamResult(
                result.stream() + streamsBefore,
                result.dialect(),
                result.id(),
                result.model(),
                result.outcome(),
                result.phases(),
                result.reasoning(),
                result.content(),
                result.refusal(),
                result.toolCalls(),
                result.finishReason(),
                result.usage(),
                errors,
                result.frames(),
                result.bytes(),
                result.choices());
        return new StreamRecord(
                where,
                moved,
                inInput.applyAsLong(offset),
                unphasedFrames,
                unphasedBytes,
                spans.stream().map(span -> span.moved(inInput)).toList(),
                laterSpans,
                phasesLeftOut,
                errorsLeftOut,
                textsCut,
                unattributedTokens,
                anomalies,
                timing);
    }

    /** Its times, none of them known where arrivals were not recorded. */
    Timing timingOrUnknown() {
        return timing == null ? Timing.NONE : timing;
    }

    /**
     * How often code was executed: how often the phase was entered.
     *
     * @return rounds, as far as phases were kept
     */
    public long codeRounds() {
        return spans.stream()
                .filter(span -> span.phase() == Phase.CODE_EXECUTION)
                .count();
    }

    /**
     * A counter of the reply.
     *
     * @param field which one
     * @return its last value, not below 0; -1 where it was never sent
     */
    public long usage(UsageField field) {
        return result.usage() == null || !result.usage().has(field)
                ? -1
                : Math.max(0, result.usage().value(field));
    }

    /**
     * How many tokens a second came between the first text and the last: (output tokens - 1) / generation.
     *
     * @return thousandths of a token per second; -1 where it cannot be told
     */
    public long milliTokensPerSecond() {
        long tokens = usage(UsageField.OUTPUT_TOKENS);
        long generation = timingOrUnknown().generation();
        return generation <= 0 || tokens < 2 ? -1 : Math.round((tokens - 1) * 1e12 / generation);
    }

    /**
     * How long a token took on average after the first: generation / (output tokens - 1).
     *
     * @return nanoseconds; -1 where it cannot be told
     */
    public long interTokenNanos() {
        long tokens = usage(UsageField.OUTPUT_TOKENS);
        long generation = timingOrUnknown().generation();
        return generation < 0 || tokens < 2 ? -1 : Math.round(generation / (tokens - 1.0));
    }
}
