package io.phaseline.netty.recording;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes a response body as it comes, and beside it when it came; see {@link RecordedReads}.
 *
 * <p>Bytes go to their file at once, so that what came before a crash is kept; times when the recording is closed. One thread at a time.
 */
public final class Recording implements Closeable {
    private static final JsonFactory JSON = new JsonFactory();

    private final FileChannel bytes;
    private final OutputStream times;
    private final JsonGenerator json;

    private Recording(FileChannel bytes, OutputStream times) throws IOException {
        this.bytes = bytes;
        this.times = times;
        this.json = JSON.createGenerator(times, JsonEncoding.UTF8).setRootValueSeparator(null);
    }

    /**
     * Begins both files; what is in them is lost.
     *
     * @param capture where the bytes are to go
     * @return a recording, to be closed
     * @throws IOException if one of them cannot be written
     */
    public static Recording begin(Path capture) throws IOException {
        FileChannel bytes = open(capture);
        try {
            FileChannel times = open(RecordedReads.fileBeside(capture));
            Recording recording = new Recording(bytes, new BufferedOutputStream(Channels.newOutputStream(times)));
            recording.line(0, 0);
            return recording;
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    /**
     * Writes bytes of the body.
     *
     * @param next what follows; read to its limit
     * @throws IOException if they cannot be written
     */
    public void write(ByteBuffer next) throws IOException {
        while (next.hasRemaining()) {
            bytes.write(next);
        }
    }

    /**
     * Writes when a network read came.
     *
     * @param atNanos nanoseconds since the request was sent
     * @param length bytes of the body that it brought, 1 or more
     * @throws IOException if it cannot be written
     */
    public void read(long atNanos, int length) throws IOException {
        line(atNanos, length);
    }

    private void line(long atNanos, int length) throws IOException {
        json.writeStartObject();
        json.writeNumberField(TimesReader.AT, atNanos);
        json.writeNumberField(TimesReader.LENGTH, length);
        json.writeEndObject();
        json.writeRaw('\n');
    }

    @Override
    public void close() throws IOException {
        try (bytes;
                times) {
            json.close();
        }
    }
}
