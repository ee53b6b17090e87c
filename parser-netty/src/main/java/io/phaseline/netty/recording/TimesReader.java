package io.phaseline.netty.recording;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads the times beside a capture, one network read after the other, however many there are: JSON objects with a time
 * and a length, as the package shows them. Members that are not known are passed over.
 *
 * <p>Used by one thread.
 */
public final class TimesReader implements Closeable {
    static final String AT = "at_ns";
    static final String LENGTH = "length";

    private static final JsonFactory JSON = new JsonFactory();
    private static final long NONE = -1;

    private final JsonParser json;
    private boolean isFirst = true;
    private long atNanos;
    private long length;

    /**
     * Begins before the first one.
     *
     * @param file the file with the times
     * @throws IOException if it cannot be opened
     */
    public TimesReader(Path file) throws IOException {
        this.json = JSON.createParser(Files.newInputStream(file));
    }

    /**
     * Goes on to the next one.
     *
     * @return false at the end
     * @throws IOException if the file cannot be read, or what comes next is not what it should be; the message says in
     *     which line
     */
    public boolean next() throws IOException {
        try {
            if (json.nextToken() == null) {
                return false;
            }
            long line = json.currentTokenLocation().getLineNr();
            long last = isFirst ? 0 : atNanos;
            readObject();
            if (atNanos < 0 || length < 0) {
                throw new IOException("line " + line + ": not a read: " + AT + " and " + LENGTH + " are needed");
            }
            if (atNanos < last) {
                throw new IOException("line " + line + ": the time goes back");
            }
            if (length == 0 && !isFirst) {
                throw new IOException("line " + line + ": a read of no bytes");
            }
            isFirst = false;
            return true;
        } catch (JsonProcessingException e) {
            long line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new IOException("line " + line + ": not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private void readObject() throws IOException {
        atNanos = NONE;
        length = NONE;
        if (!json.isExpectedStartObjectToken()) {
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            boolean isInteger = json.nextToken() == JsonToken.VALUE_NUMBER_INT;
            if (isInteger && name.equals(AT)) {
                atNanos = json.getLongValue();
            } else if (isInteger && name.equals(LENGTH)) {
                length = json.getLongValue();
            } else {
                json.skipChildren();
            }
        }
    }

    /**
     * When the read came.
     *
     * @return nanoseconds by a clock of the recorder's that never goes back
     */
    public long atNanos() {
        return atNanos;
    }

    /**
     * How many bytes of the body it brought.
     *
     * @return bytes; 0 in the first one alone, and then it is the moment at which the request was sent
     */
    public long length() {
        return length;
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
