package io.phaseline.benchmarks.corpus;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** In Chat Completions, which tells the tokens after the end. */
final class ShortChat implements ShortReply {
    private static final long INPUT_TOKENS = 40;

    private final String id;
    private final Frames frames;
    private final Counting counting;
    private @Nullable String role = "assistant";
    private long written;
    private boolean isTold;

    ShortChat(String id, Frames frames, Counting counting) {
        this.id = "chatcmpl-" + id;
        this.frames = frames;
        this.counting = counting;
    }

    @Override
    public void text(String piece) {
        written++;
        choice(delta("content", piece), null);
    }

    @Override
    public void call(String name, List<String> arguments) {
        Map<String, @Nullable Object> head = Json.object("index", 0, "id", "call_" + id, "type", "function");
        String now = name;
        for (String piece : arguments) {
            written++;
            Map<String, @Nullable Object> call = head.isEmpty() ? Json.object("index", 0) : head;
            call.put("function", now.isEmpty() ? arguments(piece) : Json.object("name", now, "arguments", piece));
            choice(delta("tool_calls", List.of(Map.copyOf(call))), null);
            head = Json.object();
            now = "";
        }
    }

    private static Object arguments(String piece) {
        return Json.object("arguments", piece);
    }

    @Override
    public String finish(boolean called) {
        String reason = called ? "tool_calls" : "stop";
        choice(Json.object(), reason);
        isTold = true;
        chunk(
                List.of(),
                Json.object(
                        "prompt_tokens",
                        INPUT_TOKENS,
                        "completion_tokens",
                        written,
                        "total_tokens",
                        INPUT_TOKENS + written));
        frames.done();
        counting.frames++; // the end marker, which is no JSON
        return reason;
    }

    @Override
    public void fail(String code) {
        Object error = Json.object("message", "it broke", "type", "server_error", "param", null, "code", code);
        frames.openAi(Json.object("error", error, "id", id));
    }

    /** With the role, if it is the first. */
    private Map<String, @Nullable Object> delta(String name, Object value) {
        Map<String, @Nullable Object> delta = role == null ? Json.object() : Json.object("role", role);
        role = null;
        delta.put(name, value);
        return delta;
    }

    private void choice(Map<String, @Nullable Object> delta, @Nullable String finish) {
        chunk(List.of(Json.object("index", 0, "delta", delta, "finish_reason", finish)), null);
    }

    private void chunk(List<Object> choices, @Nullable Object usage) {
        frames.openAi(Json.object(
                "id", id, "object", "chat.completion.chunk", "model", "gpt-x", "choices", choices, "usage", usage));
    }

    @Override
    public long input() {
        return isTold ? INPUT_TOKENS : 0;
    }

    @Override
    public long output() {
        return isTold ? written : 0;
    }
}
