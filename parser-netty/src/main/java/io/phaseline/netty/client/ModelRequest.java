package io.phaseline.netty.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.phaseline.event.Dialect;
import io.phaseline.netty.wire.Endpoints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A request for a stream. Immutable; may be sent any number of times. */
public final class ModelRequest {
    private static final JsonFactory JSON = new JsonFactory();

    private final Dialect dialect;
    private final String path;
    private final byte[] body;
    private final Map<String, String> headers;

    private ModelRequest(Dialect dialect, String path, byte[] body, Map<String, String> headers) {
        this.dialect = dialect;
        this.path = path;
        this.body = body;
        this.headers = headers;
    }

    /**
     * A request with a body of the caller's own, sent as it is: it has to ask for a stream ({@code "stream":true} for
     * Chat Completions and Responses).
     *
     * @param dialect tells the path, and whether the header {@code X-DashScope-SSE: enable} is needed
     * @param json the body; must not be written to any more
     * @return a request
     */
    public static ModelRequest of(Dialect dialect, byte[] json) {
        Map<String, String> headers =
                dialect == Dialect.DASHSCOPE ? Map.of(Endpoints.SSE_HEADER, Endpoints.SSE_ENABLE) : Map.of();
        return new ModelRequest(dialect, Endpoints.pathOf(dialect), Objects.requireNonNull(json, "json"), headers);
    }

    /**
     * A request that lets the model use the Code Interpreter, as Model Studio's documentation shows it for each dialect:
     * {@code enable_code_interpreter} and {@code enable_thinking} among the native parameters, or at top level for Chat
     * Completions; a tool of type {@code code_interpreter} for Responses.
     *
     * @param dialect how to ask
     * @param model the model's name
     * @param prompt what the user says
     * @return a request
     * @see <a href="https://www.alibabacloud.com/help/en/model-studio/qwen-code-interpreter">Code interpreter</a>
     */
    public static ModelRequest codeInterpreter(Dialect dialect, String model, String prompt) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("model", model);
            switch (dialect) {
                case DASHSCOPE -> writeNative(json, prompt);
                case CHAT -> writeChat(json, prompt);
                case RESPONSES -> writeResponses(json, prompt);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("an array can be written to", e);
        }
        return of(dialect, bytes.toByteArray());
    }

    private static void writeNative(JsonGenerator json, String prompt) throws IOException {
        json.writeObjectFieldStart("input");
        writeMessages(json, prompt);
        json.writeEndObject();
        json.writeObjectFieldStart("parameters");
        json.writeBooleanField("enable_code_interpreter", true);
        json.writeBooleanField("enable_thinking", true);
        json.writeBooleanField("incremental_output", true);
        json.writeStringField("result_format", "message");
        json.writeEndObject();
    }

    private static void writeChat(JsonGenerator json, String prompt) throws IOException {
        writeMessages(json, prompt);
        json.writeBooleanField("enable_code_interpreter", true);
        json.writeBooleanField("enable_thinking", true);
        json.writeBooleanField("stream", true);
        json.writeObjectFieldStart("stream_options");
        json.writeBooleanField("include_usage", true);
        json.writeEndObject();
    }

    private static void writeResponses(JsonGenerator json, String prompt) throws IOException {
        json.writeStringField("input", prompt);
        json.writeArrayFieldStart("tools");
        json.writeStartObject();
        json.writeStringField("type", "code_interpreter");
        json.writeEndObject();
        json.writeEndArray();
        json.writeBooleanField("enable_thinking", true);
        json.writeBooleanField("stream", true);
    }

    private static void writeMessages(JsonGenerator json, String prompt) throws IOException {
        json.writeArrayFieldStart("messages");
        json.writeStartObject();
        json.writeStringField("role", "user");
        json.writeStringField("content", prompt);
        json.writeEndObject();
        json.writeEndArray();
    }

    /**
     * The dialect that Model Studio, or OpenAI, speaks at a path.
     *
     * @param path without a query
     * @return the dialect; null if the path is none of theirs
     */
    public static @Nullable Dialect dialectAt(String path) {
        return Endpoints.dialectAt(path);
    }

    /**
     * This request to another path, as for models that live on the multimodal endpoint.
     *
     * @param path the path, with a query if need be; begins with {@code /}
     * @return a new request
     * @throws IllegalArgumentException if it is no path
     */
    public ModelRequest withPath(String path) {
        if (!path.startsWith("/") || path.chars().anyMatch(c -> c <= ' ' || c >= 0x7F)) {
            throw new IllegalArgumentException("not a path: " + path);
        }
        return new ModelRequest(dialect, path, body, headers);
    }

    /**
     * This request with one more header, or another value of one.
     *
     * @param name the header's name
     * @param value its value
     * @return a new request
     */
    public ModelRequest withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ModelRequest(dialect, path, body, Collections.unmodifiableMap(more));
    }

    /**
     * The dialect it asks in.
     *
     * @return the dialect
     */
    public Dialect dialect() {
        return dialect;
    }

    /**
     * Where it goes.
     *
     * @return the path, and the query if there is one
     */
    public String path() {
        return path;
    }

    /**
     * What it says.
     *
     * @return the body, a copy
     */
    public byte[] body() {
        return body.clone();
    }

    /** The body itself, to be sent. */
    byte[] bytes() {
        return body;
    }

    /**
     * The headers that it has of its own.
     *
     * @return name and value
     */
    public Map<String, String> headers() {
        return headers;
    }

    /** Dialect and path; a header may be a secret. */
    @Override
    public String toString() {
        return "ModelRequest[" + dialect + " " + path + ", " + body.length + " bytes]";
    }
}
