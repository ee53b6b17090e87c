package io.phaseline.replay.stats;

import io.phaseline.event.Usage;
import io.phaseline.event.UsageField;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives output tokens to phases.
 *
 * <p>A server tells how many tokens it has written so far: some with every frame, most at the end only. What the counter
 * has grown by was written since it was last told. If all text since then is of one phase, so are the tokens; if it is
 * of several, reasoning tokens go to those that reason where the server counts them, and the rest is shared by the bytes
 * of text, which makes it an estimate. Tokens of reasoning that was not sent belong to no phase.
 */
final class TokenSplit {
    private final List<OpenSpan> unsettled = new ArrayList<>();
    private long output;
    private long reasoning;
    private long unattributed;

    void heard(OpenSpan span, long bytesOfText) {
        if (bytesOfText > 0 && span.heard(bytesOfText)) {
            unsettled.add(span);
        }
    }

    /**
     * Hears counters.
     *
     * @param current where the stream stands, null before the first phase
     */
    void told(Usage changed, @Nullable OpenSpan current) {
        long reasoningGrowth = 0;
        if (changed.has(UsageField.REASONING_TOKENS)) {
            long now = Math.max(0, changed.value(UsageField.REASONING_TOKENS));
            reasoningGrowth = Math.max(0, now - reasoning);
            reasoning = now;
        }
        if (changed.has(UsageField.OUTPUT_TOKENS)) {
            long now = Math.max(0, changed.value(UsageField.OUTPUT_TOKENS));
            long growth = now - output;
            output = now;
            if (growth > 0) {
                settle(growth, Math.min(growth, reasoningGrowth), current);
            }
        }
    }

    private void settle(long growth, long ofReasoning, @Nullable OpenSpan current) {
        if (unsettled.isEmpty()) {
            if (current == null || current.isFinal()) {
                unattributed = Sums.add(unattributed, growth);
            } else {
                current.settle(growth, false);
            }
            return;
        }
        OpenSpan first = unsettled.get(0);
        if (unsettled.size() == 1 && (ofReasoning == 0 || first.isReasoning())) {
            // Nearly every frame of a server that counts in all of them; nothing is made for it.
            first.settle(growth, false);
        } else {
            settleSeveral(growth, ofReasoning);
        }
        unsettled.clear();
    }

    private void settleSeveral(long growth, long ofReasoning) {
        List<OpenSpan> reasons =
                unsettled.stream().filter(OpenSpan::isReasoning).toList();
        if (ofReasoning == 0 || reasons.size() == unsettled.size()) {
            share(growth, unsettled);
        } else {
            List<OpenSpan> others =
                    unsettled.stream().filter(span -> !span.isReasoning()).toList();
            share(growth - ofReasoning, others);
            if (!reasons.isEmpty()) {
                share(ofReasoning, reasons);
            } else {
                unattributed = Sums.add(unattributed, ofReasoning);
            }
        }
    }

    /** Shares by bytes of text; what rounding leaves goes along, so that nothing is lost. */
    private static void share(long tokens, List<OpenSpan> spans) {
        double all = spans.stream().mapToLong(OpenSpan::unsettledBytes).sum();
        double bytes = 0;
        long given = 0;
        for (int i = 0; i < spans.size(); i++) {
            OpenSpan span = spans.get(i);
            bytes += span.unsettledBytes();
            long upToHere = i == spans.size() - 1 ? tokens : (long) (tokens * (bytes / all));
            span.settle(upToHere - given, spans.size() > 1);
            given = upToHere;
        }
    }

    long unattributed() {
        return unattributed;
    }

    void reset() {
        unsettled.clear();
        output = 0;
        reasoning = 0;
        unattributed = 0;
    }
}
