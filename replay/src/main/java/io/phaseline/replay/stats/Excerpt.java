package io.phaseline.replay.stats;

import io.phaseline.event.ErrorReport;
import io.phaseline.event.StreamResult;
import io.phaseline.event.StreamResult.PlacedError;
import io.phaseline.event.StreamResult.ToolCall;
import java.util.List;

/** Cuts a record down to what may be kept of it for as long as the run lasts. */
final class Excerpt {
    private static final int MAX_ERRORS = 100;

    private Excerpt() {}

    /**
     * The same stream with bounded texts; the same record if they are short enough.
     *
     * @param maxChars of the answer, of the reasoning, of all calls, and of all errors, in UTF-16 units each
     */
    static StreamRecord of(StreamRecord record, int maxChars) {
        StreamResult whole = record.result();
        TextBudget answer = new TextBudget(maxChars);
        TextBudget reasoning = new TextBudget(maxChars);
        TextBudget calls = new TextBudget(maxChars);
        TextBudget errors = new TextBudget(maxChars);
        StreamResult cut = new StreamResult(
                whole.stream(),
                whole.dialect(),
                whole.id(),
                whole.model(),
                whole.outcome(),
                whole.phases(),
                reasoning.take(whole.reasoning()),
                answer.take(whole.content()),
                answer.take(whole.refusal()),
                whole.toolCalls().stream().map(call -> cut(call, calls)).toList(),
                whole.finishReason(),
                whole.usage(),
                cut(whole.errors(), errors),
                whole.frames(),
                whole.bytes(),
                // Answers of other choices are not looked at.
                List.of());
        boolean anyCut = answer.hasCut()
                || reasoning.hasCut()
                || calls.hasCut()
                || !whole.choices().isEmpty();
        return new StreamRecord(
                record.origin(),
                cut,
                record.offset(),
                record.unphasedFrames(),
                record.unphasedBytes(),
                record.spans(),
                record.laterSpans(),
                record.phasesLeftOut(),
                record.errorsLeftOut() + whole.errors().size() - cut.errors().size(),
                record.textsCut() || anyCut,
                record.unattributedTokens(),
                record.anomalies(),
                record.timing());
    }

    private static ToolCall cut(ToolCall call, TextBudget budget) {
        return new ToolCall(
                call.index(),
                call.type(),
                budget.takeOrNull(call.id()),
                budget.takeOrNull(call.name()),
                budget.takeOrNull(call.code()),
                budget.takeOrNull(call.arguments()),
                budget.takeOrNull(call.output()));
    }

    private static List<PlacedError> cut(List<PlacedError> errors, TextBudget budget) {
        return errors.stream()
                .limit(MAX_ERRORS)
                .map(placed -> {
                    ErrorReport error = placed.error();
                    ErrorReport cut = new ErrorReport(
                            error.kind(),
                            budget.takeOrNull(error.code()),
                            budget.takeOrNull(error.message()),
                            error.httpStatus());
                    return new PlacedError(cut, placed.frame(), placed.offset());
                })
                .toList();
    }
}
