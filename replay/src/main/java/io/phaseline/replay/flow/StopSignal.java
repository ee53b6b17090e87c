package io.phaseline.replay.flow;

/** Asks the flow to come to an end and show what it knows. From any thread. */
public final class StopSignal {
    private volatile boolean given;

    /** Nobody has asked. */
    public StopSignal() {}

    /** Asks. */
    public void give() {
        given = true;
    }

    /**
     * Tells whether somebody has asked.
     *
     * @return true if so
     */
    public boolean isGiven() {
        return given;
    }
}
