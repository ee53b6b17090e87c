package io.phaseline.replay.stats;

import org.jspecify.annotations.Nullable;

/** Cuts texts so that together they stay within a number of UTF-16 units. */
final class TextBudget {
    private int left;
    private boolean cut;

    TextBudget(int chars) {
        this.left = chars;
    }

    /** As much of a text as is left; null stays null. */
    @Nullable
    String takeOrNull(@Nullable String text) {
        return text == null ? null : take(text);
    }

    String take(String text) {
        if (text.length() <= left) {
            left -= text.length();
            return text;
        }
        int end = left;
        if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        left = 0;
        cut = true;
        return text.substring(0, end);
    }

    boolean hasCut() {
        return cut;
    }
}
