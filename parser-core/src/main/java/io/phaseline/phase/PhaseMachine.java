package io.phaseline.phase;

import io.phaseline.event.Phase;
import org.jspecify.annotations.Nullable;

/** Where one choice stands. */
public final class PhaseMachine {
    private @Nullable Phase phase;

    /** At the start. */
    public PhaseMachine() {}

    /** The phase it is in; null at the start. */
    public @Nullable Phase phase() {
        return phase;
    }

    /** Takes a signal; true if that led to another phase. */
    public boolean take(Signal signal) {
        Phase before = phase;
        Phase next = PhaseTable.next(before, signal);
        phase = next;
        return next != before;
    }

    /** Puts it where it stood when its state was saved. */
    public void restore(@Nullable Phase saved) {
        phase = saved;
    }
}
