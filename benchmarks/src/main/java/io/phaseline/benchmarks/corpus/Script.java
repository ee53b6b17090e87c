package io.phaseline.benchmarks.corpus;

import io.phaseline.event.Dialect;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is said in one conversation, before it is written in a wire format.
 *
 * @param id of the reply
 * @param asciiOnly whether the server escapes all that is not ASCII, as Python's json module does unless told otherwise
 * @param rounds thinking, then code; the last one has no code and leads to the answer
 * @param answer the response
 */
record Script(String id, boolean asciiOnly, List<Round> rounds, List<String> answer) {
    /**
     * One inference.
     *
     * @param reasoning in pieces
     * @param code what is run after it
     * @param output what that prints
     */
    record Round(List<String> reasoning, @Nullable String code, String output) {}

    static Script write(Shape shape, Dice dice) {
        Language language = dice.pick(Language.values());
        Prose prose = new Prose(dice, language);
        boolean asciiOnly = dice.chance(0.125);
        // Replies in the Responses format run code more often and talk less: 80 to 85 % of their frames are deltas.
        boolean manyCalls = shape.dialect() == Dialect.RESPONSES;
        boolean few = shape.codeBytes() > 0;
        int scale = few ? 4 : manyCalls ? 3 : 1;
        int calls = few ? 1 : manyCalls ? dice.between(3, 6) : calls(dice);
        List<Round> rounds = new ArrayList<>();
        rounds.add(round(shape, dice, prose, dice.between(80, 250) / scale, calls > 0));
        for (int call = 1; call <= calls; call++) {
            rounds.add(round(shape, dice, prose, dice.between(20, 80) / Math.min(scale, 2), call < calls));
        }
        return new Script(dice.uuid(), asciiOnly, rounds, prose.pieces(dice.between(60, 250) / scale));
    }

    private static int calls(Dice dice) {
        int kind = dice.below(10);
        return kind < 6 ? 1 : kind < 9 ? 2 : 3;
    }

    private static Round round(Shape shape, Dice dice, Prose prose, int length, boolean runsCode) {
        List<String> reasoning = prose.pieces(length);
        if (!runsCode) {
            return new Round(reasoning, null, "");
        }
        String code = prose.code(shape.codeBytes() > 0 ? shape.codeBytes() : dice.between(150, 1_500));
        return new Round(reasoning, code, String.join("", prose.pieces(dice.between(3, 40))) + "\n");
    }

    boolean runsCode() {
        return rounds.get(0).code() != null;
    }
}
