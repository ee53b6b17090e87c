package io.phaseline.benchmarks.corpus;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** In DashScope's native frames, which all tell the tokens so far. */
final class ShortDashScope implements ShortReply {
    private static final long INPUT_TOKENS = 30;

    private final String id;
    private final Frames frames;
    private long output;

    ShortDashScope(String id, Frames frames) {
        this.id = id;
        this.frames = frames;
    }

    @Override
    public void text(String piece) {
        output++;
        frame(Json.object("content", piece, "role", "assistant"), "null");
    }

    @Override
    public void call(String name, List<String> arguments) {
        String now = name;
        for (String piece : arguments) {
            output++;
            Object call = Json.object(
                    "index",
                    0,
                    "id",
                    now.isEmpty() ? "" : "call_" + id,
                    "type",
                    "function",
                    "function",
                    Json.object("name", now, "arguments", piece));
            frame(Json.object("content", "", "role", "assistant", "tool_calls", List.of(call)), "null");
            now = "";
        }
    }

    @Override
    public String finish(boolean called) {
        String reason = called ? "tool_calls" : "stop";
        frame(Json.object("content", "", "role", "assistant"), reason);
        return reason;
    }

    @Override
    public void fail(String code) {
        frames.dashScope("error", Json.object("code", code, "message", "it broke", "request_id", id));
    }

    private void frame(Map<String, @Nullable Object> message, String finish) {
        Object choice = Json.object("message", message, "finish_reason", finish);
        Object usage = Json.object(
                "total_tokens", INPUT_TOKENS + output, "output_tokens", output, "input_tokens", INPUT_TOKENS);
        frames.dashScope(
                "result",
                Json.object("output", Json.object("choices", List.of(choice)), "usage", usage, "request_id", id));
    }

    @Override
    public long input() {
        return INPUT_TOKENS;
    }

    @Override
    public long output() {
        return output;
    }
}
