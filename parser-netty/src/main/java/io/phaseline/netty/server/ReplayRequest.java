package io.phaseline.netty.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.phaseline.event.Dialect;
import io.phaseline.netty.wire.Endpoints;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for.
 *
 * @param dialect the dialect spoken at its path
 * @param capture the name of the capture it wants; null for the next one
 * @param plan how it wants it
 */
record ReplayRequest(Dialect dialect, @Nullable String capture, Plan plan) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String HEADER_PREFIX = "X-Phaseline-";
    private static final String NO_FAULT = "none";

    /**
     * Reads a request.
     *
     * @param usual how captures are served to those who do not ask for anything
     * @param apiKey the only key that is let in; null for everybody
     * @throws Refusal if it is not to be answered by a stream
     */
    static ReplayRequest read(FullHttpRequest request, Plan usual, @Nullable String apiKey) throws Refusal {
        if (request.decoderResult().isFailure()) {
            throw Refusal.badRequest(Dialect.CHAT, "This is not HTTP.");
        }
        QueryStringDecoder query = query(request.uri());
        Dialect dialect = Endpoints.dialectAt(query.path());
        if (dialect == null) {
            throw new Refusal(
                    Endpoints.nearestDialect(query.path()),
                    HttpResponseStatus.NOT_FOUND,
                    "NotFound",
                    "No endpoint is at " + query.path());
        }
        if (!request.method().equals(HttpMethod.POST)) {
            throw new Refusal(
                    dialect, HttpResponseStatus.METHOD_NOT_ALLOWED, "MethodNotAllowed", "This endpoint takes POST.");
        }
        checkKey(dialect, request.headers(), apiKey);
        checkAsksForStream(dialect, request);
        Choices choices = new Choices(dialect, query, request.headers());
        return new ReplayRequest(dialect, choices.text("capture"), choices.plan(usual));
    }

    private static QueryStringDecoder query(String uri) throws Refusal {
        QueryStringDecoder query = new QueryStringDecoder(uri);
        try {
            query.path();
            query.parameters();
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest(Endpoints.nearestDialect(uri), "The URI is broken: " + e.getMessage());
        }
        return query;
    }

    private static void checkKey(Dialect dialect, HttpHeaders headers, @Nullable String apiKey) throws Refusal {
        if (apiKey != null && !("Bearer " + apiKey).equals(headers.get(HttpHeaderNames.AUTHORIZATION))) {
            String code = dialect == Dialect.DASHSCOPE ? "InvalidApiKey" : "invalid_api_key";
            throw new Refusal(dialect, HttpResponseStatus.UNAUTHORIZED, code, "Invalid API-key provided.");
        }
    }

    private static void checkAsksForStream(Dialect dialect, FullHttpRequest request) throws Refusal {
        boolean streamMember = streamMember(dialect, request.content());
        if (dialect == Dialect.DASHSCOPE) {
            boolean asked = request.headers().contains(Endpoints.SSE_HEADER, Endpoints.SSE_ENABLE, true)
                    || request.headers().contains(HttpHeaderNames.ACCEPT, "text/event-stream", true);
            if (!asked) {
                throw Refusal.badRequest(
                        dialect,
                        "Only streams are served here: send the header " + Endpoints.SSE_HEADER + ": "
                                + Endpoints.SSE_ENABLE);
            }
        } else if (!streamMember) {
            throw Refusal.badRequest(dialect, "Only streams are served here: send \"stream\": true");
        }
    }

    /** Whether the body is an object whose {@code stream} is true. */
    private static boolean streamMember(Dialect dialect, ByteBuf body) throws Refusal {
        boolean stream = false;
        try (InputStream in = new ByteBufInputStream(body.duplicate());
                JsonParser json = JSON.createParser(in)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw Refusal.badRequest(dialect, "The body is not a JSON object.");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean isStream = json.currentName().equals("stream");
                JsonToken value = json.nextToken();
                stream = isStream ? value == JsonToken.VALUE_TRUE : stream;
                json.skipChildren();
            }
        } catch (IOException e) {
            throw Refusal.badRequest(dialect, "The body is not JSON.");
        }
        return stream;
    }

    /** What a request chooses for itself, in its query or in its headers. */
    private record Choices(Dialect dialect, QueryStringDecoder query, HttpHeaders headers) {
        @Nullable
        String text(String name) {
            List<String> values = query.parameters().getOrDefault(name, List.of());
            return values.isEmpty() ? headers.get(HEADER_PREFIX + name) : values.get(0);
        }

        Plan plan(Plan usual) throws Refusal {
            Plan plan = usual;
            String pace = text("pace");
            if (pace != null) {
                plan = plan.withPace(parse("pace", pace, Pace::parse));
            }
            String cut = text("cut");
            if (cut != null) {
                plan = parse("cut", cut, text -> usual.withCutBytes(Integer.parseInt(text)))
                        .withPace(plan.pace());
            }
            String fault = text("fault");
            if (fault != null) {
                plan = plan.withFault(fault.equals(NO_FAULT) ? null : parse("fault", fault, Fault::parse));
            }
            return plan;
        }

        private <T> T parse(String name, String text, Function<String, T> reader) throws Refusal {
            try {
                return reader.apply(text);
            } catch (NumberFormatException e) {
                throw Refusal.badRequest(dialect, name + ": '" + text + "' is not a number");
            } catch (IllegalArgumentException e) {
                throw Refusal.badRequest(dialect, name + ": " + e.getMessage());
            }
        }
    }
}
