package io.phaseline.benchmarks.corpus;

import java.util.Map;

/**
 * What is in a corpus, and what a contender says is in it.
 *
 * @param frames payloads that are JSON
 * @param reasoningChars UTF-16 units of reasoning
 * @param contentChars UTF-16 units of the answers
 * @param codeChars UTF-16 units of each code as it stood at last
 * @param toolCalls how many codes
 * @param finishes how often each finish reason was heard
 * @param inputTokens the last count of each body, over all bodies; likewise the next three
 * @param outputTokens see above
 * @param totalTokens see above
 * @param reasoningTokens see above
 */
public record Totals(
        long frames,
        long reasoningChars,
        long contentChars,
        long codeChars,
        long toolCalls,
        Map<String, Long> finishes,
        long inputTokens,
        long outputTokens,
        long totalTokens,
        long reasoningTokens) {
    /**
     * What somebody finds who does not look for code.
     *
     * @return the same without it
     */
    public Totals withoutCode() {
        return new Totals(
                frames,
                reasoningChars,
                contentChars,
                0,
                0,
                finishes,
                inputTokens,
                outputTokens,
                totalTokens,
                reasoningTokens);
    }
}
