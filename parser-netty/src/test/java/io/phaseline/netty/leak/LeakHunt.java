package io.phaseline.netty.leak;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Has what was leaked during the tests found before they end: a leak shows when its buffer was collected and another one
 * is made.
 */
public final class LeakHunt implements TestExecutionListener {
    private static final int ROUNDS = 3;

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        try {
            Files.deleteIfExists(LeakRecorder.file());
        } catch (IOException thrown) {
            throw new UncheckedIOException(thrown);
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        for (int round = 0; round < ROUNDS; round++) {
            collect();
            ByteBufAllocator.DEFAULT.buffer().release();
            PooledByteBufAllocator.DEFAULT.buffer().release();
        }
    }

    private static void collect() {
        WeakReference<Object> canary = new WeakReference<>(new Object());
        while (canary.get() != null) {
            System.gc();
        }
    }
}
