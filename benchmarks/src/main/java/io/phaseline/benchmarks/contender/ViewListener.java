package io.phaseline.benchmarks.contender;

import io.phaseline.bytes.Slice;
import io.phaseline.event.Outcome;
import io.phaseline.event.Place;
import io.phaseline.event.StreamListener;
import io.phaseline.event.ToolChange;
import io.phaseline.event.ToolField;
import io.phaseline.event.Usage;
import io.phaseline.event.UsageField;

/** Consumes every view where it lies, or as a string of its own. */
final class ViewListener implements StreamListener {
    private final Tally tally;
    private final boolean strings;

    ViewListener(Tally tally, boolean strings) {
        this.tally = tally;
        this.strings = strings;
    }

    @Override
    public void onReasoning(Place at, int choice, Slice delta) {
        if (strings) {
            tally.reasoning(delta.toString());
        } else {
            tally.reasoning(delta);
        }
    }

    @Override
    public void onContent(Place at, int choice, Slice delta) {
        if (strings) {
            tally.content(delta.toString());
        } else {
            tally.content(delta);
        }
    }

    @Override
    public void onTool(Place at, int choice, ToolChange change) {
        if (change.field() != ToolField.CODE) {
            return;
        }
        switch (change.kind()) {
            case ADDED, APPENDED -> {
                if (strings) {
                    tally.codeAppended(change.index(), change.text().toString());
                } else {
                    tally.codeAppended(change.index(), change.text());
                }
            }
            case REPLACED -> {
                if (strings) {
                    tally.codeReplaced(change.index(), change.text().toString());
                } else {
                    tally.codeReplaced(change.index(), change.text());
                }
            }
            case COMPLETED -> {}
        }
    }

    @Override
    public void onUsage(Place at, Usage changed) {
        if (changed.has(UsageField.INPUT_TOKENS)) {
            tally.inputTokens(changed.value(UsageField.INPUT_TOKENS));
        }
        if (changed.has(UsageField.OUTPUT_TOKENS)) {
            tally.outputTokens(changed.value(UsageField.OUTPUT_TOKENS));
        }
        if (changed.has(UsageField.TOTAL_TOKENS)) {
            tally.totalTokens(changed.value(UsageField.TOTAL_TOKENS));
        }
        if (changed.has(UsageField.REASONING_TOKENS)) {
            tally.reasoningTokens(changed.value(UsageField.REASONING_TOKENS));
        }
    }

    @Override
    public void onFinish(Place at, int choice, Slice reason) {
        tally.finish(reason);
    }

    @Override
    public void onEnded(Place at, Outcome outcome, long frames, long bytes) {
        if (outcome != Outcome.COMPLETED) {
            throw new IllegalStateException("a corpus holds whole replies only, but one was " + outcome);
        }
        tally.frames(frames);
    }
}
