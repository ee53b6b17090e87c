package io.phaseline.netty.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.phaseline.event.Dialect;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Errors as each dialect writes them. */
final class ErrorBodies {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String REQUEST_ID = "00000000-0000-4000-8000-000000000000";

    private ErrorBodies() {}

    /** The JSON body of a refused request. */
    static byte[] body(Dialect dialect, String code, String message) {
        return switch (dialect) {
            case DASHSCOPE ->
                object(json -> {
                    json.writeStringField("code", code);
                    json.writeStringField("message", message);
                    json.writeStringField("request_id", REQUEST_ID);
                });
            case CHAT, RESPONSES ->
                object(json -> {
                    json.writeObjectFieldStart("error");
                    json.writeStringField("message", message);
                    json.writeStringField("type", "invalid_request_error");
                    json.writeNullField("param");
                    json.writeStringField("code", code);
                    json.writeEndObject();
                });
        };
    }

    /** A frame that reports an error in the midst of a stream. */
    static byte[] frame(Dialect dialect, int number) {
        String message = "The server was told to fail at frame " + number + ".";
        return switch (dialect) {
            case DASHSCOPE ->
                frame("id:" + number + "\nevent:error\n:HTTP_STATUS/500\ndata:", object(json -> {
                    json.writeStringField("code", "InternalError");
                    json.writeStringField("message", message);
                    json.writeStringField("request_id", REQUEST_ID);
                }));
            case CHAT ->
                frame("data: ", object(json -> {
                    json.writeObjectFieldStart("error");
                    json.writeStringField("message", message);
                    json.writeStringField("type", "server_error");
                    json.writeNullField("param");
                    json.writeStringField("code", "internal_error");
                    json.writeEndObject();
                }));
            case RESPONSES ->
                frame("event: error\ndata: ", object(json -> {
                    json.writeStringField("type", "error");
                    json.writeNumberField("sequence_number", number - 1);
                    json.writeStringField("code", "server_error");
                    json.writeStringField("message", message);
                    json.writeNullField("param");
                }));
        };
    }

    private interface Members {
        void write(JsonGenerator json) throws IOException;
    }

    private static byte[] object(Members members) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("an array can be written to", e);
        }
        return bytes.toByteArray();
    }

    private static byte[] frame(String before, byte[] data) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(before.getBytes(StandardCharsets.US_ASCII));
        frame.writeBytes(data);
        frame.writeBytes("\n\n".getBytes(StandardCharsets.US_ASCII));
        return frame.toByteArray();
    }
}
