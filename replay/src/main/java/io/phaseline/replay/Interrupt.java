package io.phaseline.replay;

import io.phaseline.replay.flow.StopSignal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Turns Ctrl-C into an early end: what is known is printed before the process goes. */
final class Interrupt {
    /** The process does not wait longer for what is known to be printed. */
    private static final long MAX_SECONDS = 30;

    private final CountDownLatch isPrinted = new CountDownLatch(1);
    private final Thread hook;

    Interrupt(StopSignal stop) {
        this.hook = new Thread(() -> {
            stop.give();
            try {
                isPrinted.await(MAX_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Everything is printed: the process may go. */
    void printed() {
        isPrinted.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is on its way out: that is what it was for.
        }
    }
}
