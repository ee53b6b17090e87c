package io.phaseline.replay.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.phaseline.netty.recording.RecordedReads;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * When each part of a recording arrived: the file {@code FILE.times.jsonl} beside FILE, with one object per network read,
 * {@code {"at_ns":N,"length":N}}: nanoseconds on a clock of the recorder's that never runs back, and bytes. A first one
 * of length 0 is the moment at which the request was sent. The lengths add up to those of FILE.
 *
 * <p>Read by one thread, one object at a time, however long it is.
 */
public final class RecordedTimes implements Closeable {
    private static final String SUFFIX = RecordedReads.SUFFIX;
    private static final long UNKNOWN = -1;
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonParser json;
    private long count;
    private long nanos;
    private long length;

    private RecordedTimes(Path sideFile) throws IOException {
        this.json = JSON.createParser(Files.newInputStream(sideFile));
    }

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
    public static RecordedTimes open(Path sideFile, long recordedBytes) throws IOException {
        long total = 0;
        try (RecordedTimes times = new RecordedTimes(sideFile)) {
            long last = 0;
            while (times.next()) {
                if (times.nanos < last) {
                    throw new IOException("read " + times.count + " is earlier than the one before it");
                }
                last = times.nanos;
                total = Math.addExact(total, times.length);
            }
        } catch (ArithmeticException e) {
            throw new IOException("the lengths are too large", e);
        }
        if (total != recordedBytes) {
            throw new IOException("the lengths add up to " + total + " bytes, but there are " + recordedBytes);
        }
        return new RecordedTimes(sideFile);
    }

    /**
     * Goes on to the next read.
     *
     * @return false at the end
     * @throws IOException if it cannot be read, or is none
     */
    public boolean next() throws IOException {
        try {
            if (json.nextToken() == null) {
                return false;
            }
            count++;
            readObject();
            return true;
        } catch (JsonProcessingException e) {
            throw new IOException("read " + count + " is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private void readObject() throws IOException {
        nanos = UNKNOWN;
        length = UNKNOWN;
        if (!json.isExpectedStartObjectToken()) {
            throw new IOException("read " + count + " is not an object");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            boolean isNumber = json.nextToken() == JsonToken.VALUE_NUMBER_INT;
            if (isNumber && name.equals("at_ns")) {
                nanos = json.getLongValue();
            } else if (isNumber && name.equals("length")) {
                length = json.getLongValue();
            } else {
                json.skipChildren();
            }
        }
        if (nanos < 0 || length < 0) {
            throw new IOException("read " + count + " has no at_ns and length");
        }
    }

    /**
     * When the bytes had arrived.
     *
     * @return nanoseconds
     */
    public long nanos() {
        return nanos;
    }

    /**
     * How many bytes had arrived.
     *
     * @return bytes; 0 for the moment at which the request was sent
     */
    public long length() {
        return length;
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
