package io.phaseline.json;

import org.junit.jupiter.api.Test;

/** {@link ByteCursorPropertyTest} for the mutation run, which needs its answer in a moment: few seeds stand for all. */
class ByteCursorProbe {
    private static final int SEEDS = 1_500;

    private final ByteCursorPropertyTest laws = new ByteCursorPropertyTest();

    @Test
    void textsInEverySpelling() {
        for (long seed = 0; seed < SEEDS; seed++) {
            laws.readsWhatJacksonReads(seed);
        }
    }

    @Test
    void damagedTexts() {
        for (long seed = 0; seed < 2 * SEEDS; seed++) {
            laws.refusesWhatJacksonRefuses(seed);
        }
    }

    @Test
    void texts() {
        laws.halfASurrogatePairInANameIsTaken();
        laws.everyCutOfATextIsRefused();
        laws.everyByteInEveryPlaceIsTakenAsJacksonTakesIt();
        laws.depthIsCountedAsJacksonCountsIt();
        laws.theLastTextOfEachPartIsTaken();
    }

    @Test
    void separators() {
        laws.everySeparatorOfAnExpectedNameIsTakenAsJacksonTakesIt();
    }

    @Test
    void numbers() {
        laws.everyNumberIsTakenAsJacksonTakesIt();
        laws.everyPowerOfTenIsTakenAsJacksonTakesIt();
    }

    @Test
    void buffers() {
        laws.textsWithoutEscapesAreViewsOfThePayload();
        laws.payloadsOfEveryLengthAreReadFromBuffers();
    }
}
