package io.phaseline;

import io.phaseline.bytes.Slice;
import io.phaseline.dialect.TextKind;
import io.phaseline.event.Phase;
import io.phaseline.json.Surrogates;
import io.phaseline.phase.PhaseMachine;
import io.phaseline.state.StateReader;
import io.phaseline.state.StateWriter;
import org.jspecify.annotations.Nullable;

/** What is remembered of one choice of a stream. */
final class ChoiceState {
    static final TextKind[] KINDS = TextKind.values();

    final int index;
    final PhaseMachine machine = new PhaseMachine();
    boolean finished;

    /** What kind of text was said last, if more of it leads to no other phase and waits for no half of a pair. */
    @Nullable
    TextKind speaks;

    @Nullable
    Slice finishReason;
    /** High surrogates at the end of a text that wait for its next piece. */
    private final int[] held = new int[KINDS.length];

    ChoiceState(int index) {
        this.index = index;
    }

    int held(TextKind kind) {
        return held[kind.ordinal()];
    }

    void hold(TextKind kind, int surrogate) {
        held[kind.ordinal()] = surrogate;
    }

    void save(StateWriter out) {
        out.number(index);
        out.constant(machine.phase());
        out.flag(finished);
        out.text(finishReason == null ? null : finishReason.toString());
        for (int surrogate : held) {
            out.number(surrogate);
        }
    }

    static ChoiceState load(StateReader in) {
        ChoiceState choice = new ChoiceState(in.number(0, Integer.MAX_VALUE));
        choice.machine.restore(in.constant(Phase.class));
        choice.finished = in.flag();
        String reason = in.text();
        choice.finishReason = reason == null ? null : Slice.of(reason);
        for (int i = 0; i < choice.held.length; i++) {
            choice.held[i] = in.number(Surrogates.NONE, Character.MAX_VALUE);
        }
        return choice;
    }
}
