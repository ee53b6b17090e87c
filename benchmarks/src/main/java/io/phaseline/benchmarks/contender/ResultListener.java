package io.phaseline.benchmarks.contender;

import io.phaseline.event.ResultAccumulator;
import io.phaseline.event.StreamListener;
import io.phaseline.event.StreamResult;
import io.phaseline.event.Usage;
import io.phaseline.event.UsageField;

/** Counts what a whole result holds, which is what somebody gets who does not care for the stream. */
final class ResultListener {
    private final Tally tally;

    ResultListener(Tally tally) {
        this.tally = tally;
    }

    StreamListener accumulator() {
        return new ResultAccumulator(this::accept);
    }

    private void accept(StreamResult result) {
        tally.frames(result.frames());
        tally.reasoning(result.reasoning());
        tally.content(result.content());
        tally.finish(result.finishReason());
        for (StreamResult.ToolCall call : result.toolCalls()) {
            String code = call.code();
            tally.codeReplaced(call.index(), code == null ? "" : code);
        }
        Usage usage = result.usage();
        if (usage != null) {
            tally.inputTokens(usage.value(UsageField.INPUT_TOKENS));
            tally.outputTokens(usage.value(UsageField.OUTPUT_TOKENS));
            tally.totalTokens(usage.value(UsageField.TOTAL_TOKENS));
            tally.reasoningTokens(usage.value(UsageField.REASONING_TOKENS));
        }
    }
}
