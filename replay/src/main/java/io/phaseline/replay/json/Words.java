package io.phaseline.replay.json;

import java.util.Locale;

/** How the constants of {@code io.phaseline.event} are spelled in what Phaseline prints. */
public final class Words {
    private Words() {}

    /**
     * Lower case, words joined by hyphens: {@code not-a-stream}.
     *
     * @param constant the constant
     * @return its word
     */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
