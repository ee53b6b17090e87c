package io.phaseline.replay.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The event streams in an HTTP archive (HAR 1.2): the bodies of responses whose type is {@code text/event-stream}, in the
 * order of the archive. One body is in memory at a time.
 */
public final class HttpArchive {
    /** A longer body cannot be read: 64 Mi UTF-16 units of JSON text. */
    private static final int MAX_BODY_CHARS = 64 << 20;

    /** How many bytes an archive may begin with before its {@code "log"} member, white space included. */
    private static final int MAX_HEAD_BYTES = 256;

    private static final String HEAD = "{\"log\":{";
    private static final String EVENT_STREAM = "text/event-stream";

    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(MAX_BODY_CHARS)
                    .build())
            .build();

    /** Takes the bodies. */
    public interface Target {
        /**
         * Takes a body.
         *
         * @param entry which entry of the archive, from 0
         * @param status the response's status; 0 where it is not told
         * @param body its bytes
         * @return whether to go on
         */
        boolean take(int entry, int status, byte[] body);
    }

    private final JsonParser json;
    private int status;
    private String type = "";
    private String encoding = "";
    private @Nullable String text;

    private HttpArchive(InputStream in) throws IOException {
        this.json = JSON.createParser(in);
    }

    /**
     * Something that can be asked whether it is an archive.
     *
     * @param in the bytes
     * @return the same bytes
     */
    public static PushbackInputStream peekable(InputStream in) {
        return new PushbackInputStream(in, MAX_HEAD_BYTES);
    }

    /**
     * Tells by the first bytes whether they are an archive. Waits for no more than it takes.
     *
     * @param in from {@link #peekable}; afterwards as it was
     * @return true if so
     * @throws IOException if it cannot be read
     */
    public static boolean isAhead(PushbackInputStream in) throws IOException {
        byte[] head = new byte[MAX_HEAD_BYTES];
        int length = 0;
        int matched = 0;
        while (length < MAX_HEAD_BYTES && matched < HEAD.length()) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head[length++] = (byte) next;
            if (next == HEAD.charAt(matched)) {
                matched++;
            } else if (next != ' ' && next != '\t' && next != '\r' && next != '\n') {
                break;
            }
        }
        in.unread(head, 0, length);
        return matched == HEAD.length();
    }

    /**
     * Hands every event stream on.
     *
     * @param in an archive
     * @param target takes the bodies
     * @throws IOException if it cannot be read, or is no archive; bodies before that place were handed on
     */
    public static void read(InputStream in, Target target) throws IOException {
        try {
            new HttpArchive(in).readArchive(target);
        } catch (JsonProcessingException e) {
            // In brackets Jackson names a source of its own, which says nothing here.
            String what = e.getOriginalMessage().replaceAll(" \\(start marker at .*", "");
            throw new IOException("HAR: " + what + " at byte " + e.getLocation().getByteOffset(), e);
        }
    }

    private void readArchive(Target target) throws IOException {
        json.nextToken();
        while (json.nextFieldName() != null) {
            if (json.currentName().equals("log") && json.nextToken() == JsonToken.START_OBJECT) {
                readLog(target);
                return;
            }
            json.skipChildren();
        }
    }

    private void readLog(Target target) throws IOException {
        int entry = 0;
        while (json.nextFieldName() != null) {
            boolean isEntries = json.currentName().equals("entries");
            if (json.nextToken() != JsonToken.START_ARRAY || !isEntries) {
                json.skipChildren();
                continue;
            }
            while (json.nextToken() != JsonToken.END_ARRAY) {
                readEntry();
                if (isEventStream() && !target.take(entry, status, body(entry))) {
                    return;
                }
                entry++;
            }
        }
    }

    private void readEntry() throws IOException {
        status = 0;
        type = "";
        encoding = "";
        text = null;
        if (!json.isExpectedStartObjectToken()) {
            json.skipChildren();
            return;
        }
        while (json.nextFieldName() != null) {
            boolean isResponse = json.currentName().equals("response");
            if (json.nextToken() == JsonToken.START_OBJECT && isResponse) {
                readResponse();
            } else {
                json.skipChildren();
            }
        }
    }

    private void readResponse() throws IOException {
        while (json.nextFieldName() != null) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals("status") && value == JsonToken.VALUE_NUMBER_INT) {
                status = (int) Math.max(0, Math.min(999, json.getValueAsLong()));
            } else if (name.equals("content") && value == JsonToken.START_OBJECT) {
                readContent();
            } else {
                json.skipChildren();
            }
        }
    }

    private void readContent() throws IOException {
        while (json.nextFieldName() != null) {
            String name = json.currentName();
            if (json.nextToken() != JsonToken.VALUE_STRING) {
                json.skipChildren();
                continue;
            }
            switch (name) {
                case "mimeType" -> type = json.getText();
                case "encoding" -> encoding = json.getText();
                case "text" -> text = json.getText();
                default -> {}
            }
        }
    }

    private boolean isEventStream() {
        int end = type.indexOf(';');
        String bare = (end < 0 ? type : type.substring(0, end)).strip();
        return text != null && bare.toLowerCase(Locale.ROOT).equals(EVENT_STREAM);
    }

    private byte[] body(int entry) throws IOException {
        String whole = text == null ? "" : text;
        if (!encoding.equals("base64")) {
            return whole.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getMimeDecoder().decode(whole);
        } catch (IllegalArgumentException e) {
            throw new IOException("HAR: entry " + entry + " is not base64: " + e.getMessage(), e);
        }
    }
}
