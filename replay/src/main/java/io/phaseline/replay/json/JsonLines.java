package io.phaseline.replay.json;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.phaseline.bytes.Slice;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Writes one JSON object per line: UTF-8 whatever the locale, LF line ends, nothing escaped that need not be. */
public final class JsonLines {
    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .rootValueSeparator("")
            .build();

    private final JsonGenerator json;

    /**
     * A writer.
     *
     * @param out gets each line as soon as it is whole; not flushed, not closed
     */
    public JsonLines(OutputStream out) {
        try {
            json = JSON.createGenerator(out, JsonEncoding.UTF8);
        } catch (IOException e) {
            throw new OutputLost(e);
        }
    }

    /** Writes the members of one line's object. */
    public interface Members {
        /**
         * Writes the members.
         *
         * @param json stands within the object
         * @throws IOException if the output fails
         */
        void write(JsonGenerator json) throws IOException;
    }

    /**
     * Writes one line.
     *
     * @param members the members of its object
     * @throws OutputLost if the output fails
     */
    public void line(Members members) {
        try {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
            json.writeRaw('\n');
            // Into the buffer of standard output, which is flushed when its time has come.
            json.flush();
        } catch (IOException e) {
            throw new OutputLost(e);
        }
    }

    /**
     * Writes a text as an element of an array.
     *
     * @param json stands within an array
     * @param text the text
     * @throws IOException if the output fails
     */
    public static void text(JsonGenerator json, String text) throws IOException {
        json.writeString(wellFormed(text));
    }

    /**
     * Writes a text member that is null when there is no text.
     *
     * @param json stands within an object
     * @param name the member's name
     * @param text the text
     * @throws IOException if the output fails
     */
    public static void text(JsonGenerator json, String name, @Nullable String text) throws IOException {
        json.writeFieldName(name);
        if (text == null) {
            json.writeNull();
        } else {
            json.writeString(wellFormed(text));
        }
    }

    /**
     * Writes a text member from UTF-8 that is known to be well-formed, as texts of events are.
     *
     * @param json stands within an object
     * @param name the member's name
     * @param text the text
     * @throws IOException if the output fails
     */
    public static void text(JsonGenerator json, String name, Slice text) throws IOException {
        json.writeFieldName(name);
        byte[] array = text.array();
        if (array != null) {
            json.writeUTF8String(array, text.offset(), text.length());
        } else {
            json.writeUTF8String(text.toByteArray(), 0, text.length());
        }
    }

    /**
     * Writes a number member that is null when there is no number.
     *
     * @param json stands within an object
     * @param name the member's name
     * @param number the number
     * @throws IOException if the output fails
     */
    public static void number(JsonGenerator json, String name, @Nullable Integer number) throws IOException {
        json.writeFieldName(name);
        if (number == null) {
            json.writeNull();
        } else {
            json.writeNumber(number);
        }
    }

    /** A lone surrogate, which a file name or a message may hold, cannot be written in UTF-8. */
    private static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return replaceLoneSurrogates(text);
            }
        }
        return text;
    }

    private static String replaceLoneSurrogates(String text) {
        StringBuilder replaced = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? '\uFFFD' : c)
                .forEach(replaced::appendCodePoint);
        return replaced.toString();
    }
}
