package io.phaseline.netty.wire;

import io.phaseline.event.Dialect;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The paths that speak a dialect. */
public final class Endpoints {
    /** Header that asks the native endpoints for a stream, with the value {@link #SSE_ENABLE}. */
    public static final String SSE_HEADER = "X-DashScope-SSE";

    /** The value of {@link #SSE_HEADER}. */
    public static final String SSE_ENABLE = "enable";

    private static final String TEXT_GENERATION = "/api/v1/services/aigc/text-generation/generation";
    private static final String CHAT_COMPLETIONS = "/compatible-mode/v1/chat/completions";
    private static final String RESPONSES = "/compatible-mode/v1/responses";

    private static final Map<String, Dialect> DIALECTS = Map.of(
            TEXT_GENERATION,
            Dialect.DASHSCOPE,
            "/api/v1/services/aigc/multimodal-generation/generation",
            Dialect.DASHSCOPE,
            CHAT_COMPLETIONS,
            Dialect.CHAT,
            "/v1/chat/completions",
            Dialect.CHAT,
            RESPONSES,
            Dialect.RESPONSES,
            "/api/v2/apps/protocols/compatible-mode/v1/responses",
            Dialect.RESPONSES,
            "/v1/responses",
            Dialect.RESPONSES);

    private Endpoints() {}

    /**
     * The dialect that is spoken at a path.
     *
     * @param path without a query
     * @return the dialect, or null if nobody speaks there
     */
    public static @Nullable Dialect dialectAt(String path) {
        return DIALECTS.get(path);
    }

    /**
     * The dialect whose error bodies a caller of a path would understand, whether the path exists or not.
     *
     * @param path without a query
     * @return the dialect spoken there, or a guess
     */
    public static Dialect nearestDialect(String path) {
        Dialect exact = dialectAt(path);
        if (exact != null) {
            return exact;
        }
        return path.startsWith("/compatible-mode/") || path.startsWith("/v1/") ? Dialect.CHAT : Dialect.DASHSCOPE;
    }

    /**
     * Where a dialect is spoken for texts.
     *
     * @param dialect the dialect
     * @return a path
     */
    public static String pathOf(Dialect dialect) {
        return switch (dialect) {
            case DASHSCOPE -> TEXT_GENERATION;
            case CHAT -> CHAT_COMPLETIONS;
            case RESPONSES -> RESPONSES;
        };
    }
}
