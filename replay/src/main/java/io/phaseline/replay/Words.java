package io.phaseline.replay;

import java.util.Locale;

/** How the constants of {@code io.phaseline.event} are spelled in what Phaseline prints. */
final class Words {
    private Words() {}

    /** Lower case, words joined by hyphens: {@code not-a-stream}. */
    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
