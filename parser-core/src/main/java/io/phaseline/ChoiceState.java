package io.phaseline;

import io.phaseline.bytes.Slice;
import io.phaseline.bytes.SliceCopy;
import io.phaseline.dialect.TextKind;
import io.phaseline.event.Phase;
import io.phaseline.json.Surrogates;
import io.phaseline.phase.PhaseMachine;
import io.phaseline.state.StateReader;
import io.phaseline.state.StateWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is remembered of one choice of a stream. */
final class ChoiceState {
    static final TextKind[] KINDS = TextKind.values();

    int index;
    final PhaseMachine machine = new PhaseMachine();
    boolean finished;

    /** What kind of text was said last, if more of it leads to no other phase and waits for no half of a pair. */
    @Nullable
    TextKind speaks;

    /** What was heard of a finish reason; empty if none was, or one too long to be remembered. */
    final SliceCopy finishReason = new SliceCopy();
    /** High surrogates at the end of a text that wait for its next piece. */
    private final int[] held = new int[KINDS.length];

    /** Begins a choice, of which nothing was heard yet. */
    void begin(int newIndex) {
        index = newIndex;
        machine.restore(null);
        finished = false;
        speaks = null;
        finishReason.clear();
        Arrays.fill(held, Surrogates.NONE);
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
        out.text(finishReason.isEmpty() ? null : finishReason.get().toString());
        for (int surrogate : held) {
            out.number(surrogate);
        }
    }

    void load(StateReader in) {
        begin(in.number(0, Integer.MAX_VALUE));
        machine.restore(in.constant(Phase.class));
        finished = in.flag();
        String reason = in.text();
        if (reason != null) {
            finishReason.set(Slice.of(reason));
        }
        for (int i = 0; i < held.length; i++) {
            held[i] = in.number(Surrogates.NONE, Character.MAX_VALUE);
        }
    }
}
