package io.phaseline.benchmarks.corpus;

import java.util.Map;
import java.util.TreeMap;

/** Counts what is written, and how many frames are deltas, are noisy, or have their members in the second order. */
final class Counting {
    long frames;
    long deltas;
    long noisy;
    long reasoningChars;
    long contentChars;
    long codeChars;
    long toolCalls;
    long input;
    long output;
    long reasoning;
    final Map<String, Long> finishes = new TreeMap<>();

    Totals totals() {
        return new Totals(
                frames,
                reasoningChars,
                contentChars,
                codeChars,
                toolCalls,
                Map.copyOf(finishes),
                input,
                output,
                input + output,
                reasoning);
    }
}
