package io.phaseline.benchmarks.contender;

import io.phaseline.event.StreamEvent;
import io.phaseline.event.StreamListener;
import io.phaseline.event.ToolField;
import io.phaseline.event.UsageField;

/** Counts records, which is what somebody gets who wants to keep events. */
final class RecordListener {
    private final Tally tally;

    RecordListener(Tally tally) {
        this.tally = tally;
    }

    StreamListener recorder() {
        return new io.phaseline.event.EventRecorder(this::accept);
    }

    private void accept(StreamEvent event) {
        if (event instanceof StreamEvent.Reasoning reasoning) {
            tally.reasoning(reasoning.delta());
        } else if (event instanceof StreamEvent.Content content) {
            tally.content(content.delta());
        } else if (event instanceof StreamEvent.UsageChanged usage) {
            usage(usage);
        } else if (event instanceof StreamEvent.Tool tool) {
            tool(tool);
        } else if (event instanceof StreamEvent.Finished finished) {
            tally.finish(finished.reason());
        } else if (event instanceof StreamEvent.Ended ended) {
            tally.frames(ended.frames());
        }
    }

    private void tool(StreamEvent.Tool tool) {
        if (tool.field() == ToolField.CODE) {
            switch (tool.kind()) {
                case ADDED, APPENDED -> tally.codeAppended(tool.index(), tool.text());
                case REPLACED -> tally.codeReplaced(tool.index(), tool.text());
                case COMPLETED -> {}
            }
        }
    }

    private void usage(StreamEvent.UsageChanged event) {
        for (UsageField field : UsageField.values()) {
            if (event.changed().has(field)) {
                long value = event.changed().value(field);
                switch (field) {
                    case INPUT_TOKENS -> tally.inputTokens(value);
                    case OUTPUT_TOKENS -> tally.outputTokens(value);
                    case TOTAL_TOKENS -> tally.totalTokens(value);
                    case REASONING_TOKENS -> tally.reasoningTokens(value);
                    case CACHED_TOKENS, CODE_INTERPRETER_CALLS -> {}
                }
            }
        }
    }
}
