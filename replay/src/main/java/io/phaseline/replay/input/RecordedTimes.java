package io.phaseline.replay.input;

import io.phaseline.netty.recording.RecordedReads;
import io.phaseline.netty.recording.TimesReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The times beside a recording, as far as they are those of its bytes. */
public final class RecordedTimes {
    private static final String SUFFIX = RecordedReads.SUFFIX;

    private RecordedTimes() {}

    /** Whether a file tells the times of a recording that lies beside it, so that it is no capture itself. */
    static boolean isSideFile(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.length() > SUFFIX.length()
                && name.endsWith(SUFFIX)
                && Files.exists(file.resolveSibling(name.substring(0, name.length() - SUFFIX.length())));
    }

    /**
     * The times of a recording.
     *
     * @param recording where the recording lies
     * @return where its times lie, or null if they were not recorded
     */
    public static @Nullable Path beside(Path recording) {
        Path sideFile = RecordedReads.fileBeside(recording);
        return Files.isRegularFile(sideFile) ? sideFile : null;
    }

    /**
     * Begins to read times, after all of them were checked.
     *
     * @param sideFile where they lie
     * @param recordedBytes the length of the recording
     * @return before the first one
     * @throws IOException if they cannot be read, or are not times of that recording; the message says why
     */
    public static TimesReader open(Path sideFile, long recordedBytes) throws IOException {
        long total = 0;
        try (TimesReader times = new TimesReader(sideFile)) {
            while (times.next()) {
                total = Math.addExact(total, times.length());
            }
        } catch (ArithmeticException e) {
            throw new IOException("the lengths are too large", e);
        }
        if (total != recordedBytes) {
            throw new IOException("the lengths add up to " + total + " bytes, but there are " + recordedBytes);
        }
        return new TimesReader(sideFile);
    }
}
