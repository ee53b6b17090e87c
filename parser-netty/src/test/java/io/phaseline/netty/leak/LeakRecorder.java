package io.phaseline.netty.leak;

import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes every buffer that was dropped without being released to the file that the build looks for. Netty makes it:
 * {@code -Dio.netty.customResourceLeakDetector}.
 *
 * @param <T> what is tracked
 */
public final class LeakRecorder<T> extends ResourceLeakDetector<T> {
    /** A detector, as Netty wants to make it. */
    public LeakRecorder(Class<?> resourceType, int samplingInterval) {
        super(resourceType, samplingInterval);
    }

    /** A detector, as Netty 4.1 wants to make it. */
    public LeakRecorder(Class<?> resourceType, int samplingInterval, long maxActive) {
        super(resourceType, samplingInterval);
    }

    /** Where leaks are written. */
    static Path file() {
        return Path.of(System.getProperty("phaseline.leaks", "target/leaks.txt"));
    }

    @Override
    protected boolean needReport() {
        return true;
    }

    @Override
    protected void reportTracedLeak(String resourceType, String records) {
        report(resourceType + records);
    }

    @Override
    protected void reportUntracedLeak(String resourceType) {
        report(resourceType);
    }

    private static synchronized void report(String leak) {
        String text = "LEAK: " + leak + "\n";
        System.err.print(text);
        try {
            Files.writeString(file(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException thrown) {
            throw new UncheckedIOException(thrown);
        }
    }
}
