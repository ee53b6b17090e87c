package io.phaseline.replay;

import io.phaseline.replay.input.Complaints;

/** The exit status so far, and the way to standard error that goes with it. The worst that happened stays. */
final class Verdict implements Complaints {
    /** Every stream completed. */
    static final int COMPLETE = 0;
    /** All was read, but a stream failed, was cut off, or held something malformed. */
    static final int FLAWED = 1;
    /** Wrong usage, or an input that cannot be read. */
    static final int UNREADABLE = 2;

    private final Stdio stdio;
    private int status = COMPLETE;

    Verdict(Stdio stdio) {
        this.stdio = stdio;
    }

    @Override
    public void note(String source, String what) {
        stdio.complain("phaseline: " + source + ": " + what);
    }

    void flawed() {
        status = Math.max(status, FLAWED);
    }

    void flawed(String source, String what) {
        note(source, what);
        flawed();
    }

    @Override
    public void unreadable(String source, String why) {
        note(source, why);
        status = UNREADABLE;
    }

    /** Goes on with the status of an earlier run. */
    void atLeast(int earlier) {
        status = Math.max(status, earlier);
    }

    int status() {
        return status;
    }
}
