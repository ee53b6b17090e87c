package io.phaseline.replay.json;

import java.io.IOException;

/**
 * Standard output cannot be written. Unchecked, for it has to get out through listeners and the parser, and the run is
 * over with it.
 */
public final class OutputLost extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String reason;

    /**
     * Wraps what the system threw.
     *
     * @param cause the failure of a write
     */
    public OutputLost(IOException cause) {
        super(cause);
        this.reason = String.valueOf(cause.getMessage());
    }

    /**
     * What the system says.
     *
     * @return its message
     */
    public String reason() {
        return reason;
    }
}
