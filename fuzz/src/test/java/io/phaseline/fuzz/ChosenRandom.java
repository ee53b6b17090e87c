package io.phaseline.fuzz;

import java.util.Random;

/** What is drawn is the fuzzer's choice as long as it has any; then it is always the same. */
final class ChosenRandom extends Random {
    private static final long serialVersionUID = 1;
    private static final int OCTET = 8;

    private final transient Choices choices;

    ChosenRandom(Choices choices) {
        super(0);
        this.choices = choices;
    }

    /** One choice for a few bits, two for many. {@code Random} draws small numbers from the highest bits. */
    @Override
    protected int next(int bits) {
        if (choices.isEmpty()) {
            return super.next(bits);
        }
        return bits <= OCTET
                ? choices.octet() >>> OCTET - bits
                : (choices.octet() << OCTET | choices.octet()) << 2 * OCTET >>> Integer.SIZE - bits;
    }
}
