package io.phaseline.replay;

import java.io.IOException;

/**
 * Standard output cannot be written. Unchecked, for it has to get out through listeners and the parser, and the run is
 * over with it.
 */
final class OutputLost extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String reason;

    OutputLost(IOException cause) {
        super(cause);
        this.reason = String.valueOf(cause.getMessage());
    }

    /** What the system says. */
    String reason() {
        return reason;
    }
}
