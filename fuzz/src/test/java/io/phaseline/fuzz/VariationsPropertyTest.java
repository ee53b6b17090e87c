package io.phaseline.fuzz;

import io.phaseline.reference.LawSeeds;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/**
 * What the fuzzers look for, for some inputs of every build: frames of goldens that repeat with small changes, cut, lent
 * and stopped in any way, are heard as the reference hears them.
 */
class VariationsPropertyTest {
    private static final int TRIES = 300;

    private static final List<Golden> GOLDENS = Golden.all().stream()
            .filter(golden -> golden.bytes().length < FuzzInput.MAX_BYTES)
            .toList();

    @Property(seed = LawSeeds.FIXED, tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void framesThatNearlyRepeat(@ForAll("variations") byte[] data) {
        Door.PARSER.judge(data);
    }

    @Property(seed = LawSeeds.FIXED, tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void framesThatNearlyRepeatInPieces(@ForAll("variations") byte[] data) {
        Door.CUT.judge(data);
    }

    @Property(seed = LawSeeds.FIXED, tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void framesThatNearlyRepeatThroughSnapshots(@ForAll("variations") byte[] data) {
        Door.SNAPSHOT.judge(data);
    }

    @Property(seed = LawSeeds.FIXED, tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void linesThatNearlyRepeat(@ForAll("variations") byte[] data) {
        Door.LINES.judge(data);
    }

    @Provide
    Arbitrary<byte[]> variations() {
        Arbitrary<byte[]> program =
                Arbitraries.bytes().array(byte[].class).ofMinSize(0).ofMaxSize(100);
        return Combinators.combine(
                        Arbitraries.of(GOLDENS),
                        program,
                        program,
                        Arbitraries.integers().between(0, 63))
                .as((golden, variations, feeding, options) ->
                        FuzzInput.of(golden.bytes(), variations, feeding, options));
    }
}
