package io.phaseline.dialect;

import io.phaseline.bytes.Slice;
import org.jspecify.annotations.Nullable;

/**
 * The text that was last found to be what had been delivered: servers send it again in the part, in the item and in the
 * response, and then it need only be compared.
 */
final class FilledText {
    private static final int MAX_LENGTH = 16 << 10;

    private final Slice text = new Slice();
    private byte[] bytes = {};
    private @Nullable TextProgress of;
    private long state;

    /** Whether this text is what has been delivered, as far as can be told without measuring it. */
    boolean isSame(TextProgress progress, Slice other) {
        return of == progress && state == progress.state() && text.contentEquals(other);
    }

    /** Takes note of a text that was found to be what has been delivered. */
    void set(TextProgress progress, Slice same) {
        int length = same.length();
        if (length > MAX_LENGTH) {
            return;
        }
        if (bytes.length < length) {
            bytes = new byte[length];
        }
        same.copyTo(bytes, 0);
        text.wrap(bytes, 0, length);
        of = progress;
        state = progress.state();
    }

    void clear() {
        of = null;
        text.clear();
        bytes = new byte[0];
    }
}
