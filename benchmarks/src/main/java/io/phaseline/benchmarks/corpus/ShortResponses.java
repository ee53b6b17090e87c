package io.phaseline.benchmarks.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** In the Responses format, which tells the tokens with its last event. */
final class ShortResponses implements ShortReply {
    private static final long INPUT_TOKENS = 50;

    private final String id;
    private final Frames frames;
    private final List<Object> items = new ArrayList<>();
    private String text = "";
    private long sequence;
    private long written;
    private boolean isTold;

    ShortResponses(String id, Frames frames) {
        this.id = id;
        this.frames = frames;
        response("response.created", Json.object("status", "in_progress"));
    }

    @Override
    public void text(String piece) {
        if (text.isEmpty()) {
            item("response.output_item.added", message("in_progress", List.of()));
        }
        written++;
        text += piece;
        event(
                "response.output_text.delta",
                "item_id",
                "msg_" + id,
                "output_index",
                0,
                "content_index",
                0,
                "delta",
                piece);
    }

    private Map<String, @Nullable Object> message(String status, List<Object> content) {
        return Json.object(
                "id", "msg_" + id, "type", "message", "status", status, "role", "assistant", "content", content);
    }

    @Override
    public void call(String name, List<String> arguments) {
        closeMessage();
        item("response.output_item.added", functionCall(name, "", "in_progress"));
        for (String piece : arguments) {
            written++;
            event(
                    "response.function_call_arguments.delta",
                    "item_id",
                    "fc_" + id,
                    "output_index",
                    items.size(),
                    "delta",
                    piece);
        }
        done(functionCall(name, String.join("", arguments), "completed"));
    }

    private Map<String, @Nullable Object> functionCall(String name, String arguments, String status) {
        return Json.object(
                "id",
                "fc_" + id,
                "type",
                "function_call",
                "status",
                status,
                "call_id",
                "call_" + id,
                "name",
                name,
                "arguments",
                arguments);
    }

    @Override
    public String finish(boolean called) {
        closeMessage();
        isTold = true;
        Object usage = Json.object(
                "input_tokens", INPUT_TOKENS, "output_tokens", written, "total_tokens", INPUT_TOKENS + written);
        response(
                "response.completed", Json.object("status", "completed", "output", List.copyOf(items), "usage", usage));
        return "completed";
    }

    @Override
    public void fail(String code) {
        Object error = Json.object("code", code, "message", "it broke");
        response("response.failed", Json.object("status", "failed", "error", error));
    }

    private void closeMessage() {
        if (!text.isEmpty() && items.isEmpty()) {
            done(message("completed", List.of(Json.object("type", "output_text", "text", text))));
        }
    }

    private void done(Map<String, @Nullable Object> item) {
        item("response.output_item.done", item);
        items.add(item);
    }

    private void item(String type, Map<String, @Nullable Object> item) {
        event(type, "output_index", items.size(), "item", item);
    }

    private void response(String type, Map<String, @Nullable Object> members) {
        Map<String, @Nullable Object> response = Json.object("id", "resp_" + id, "object", "response");
        response.putAll(members);
        event(type, "response", response);
    }

    private void event(String type, @Nullable Object... members) {
        Map<String, @Nullable Object> event = Json.object("type", type);
        event.putAll(Json.object(members));
        event.put("sequence_number", sequence++);
        frames.dashScope(type, event);
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
