package io.phaseline;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** {@link StreamParserPropertyTest} for the mutation run, which needs its answer in a moment: few seeds stand for all. */
class StreamParserProbe {
    private static final int SEEDS = 100;
    private static final int REPEATING_SEEDS = 20;

    private final StreamParserPropertyTest laws = new StreamParserPropertyTest();

    @Test
    void streams() {
        for (long seed = 0; seed < SEEDS; seed++) {
            laws.agreesWithTheReference(StreamParserPropertyTest.streamOf(seed));
        }
    }

    @Test
    void damagedStreams() {
        for (long seed = 0; seed < SEEDS; seed++) {
            laws.agreesWithTheReferenceOnDamagedStreams(StreamParserPropertyTest.damagedStreamOf(seed));
        }
    }

    @Test
    void lines() {
        for (long seed = 0; seed < SEEDS; seed++) {
            laws.agreesWithTheReferenceOnLinesWithoutSense(StreamParserPropertyTest.linesOf(seed));
        }
    }

    @Test
    void repeatingStreams() {
        for (long seed = 0; seed < REPEATING_SEEDS; seed++) {
            laws.whatWasLearntChangesNothing(StreamParserPropertyTest.repeatingStreamOf(seed), new Random(seed));
        }
    }
}
