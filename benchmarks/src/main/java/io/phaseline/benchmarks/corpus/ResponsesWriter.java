package io.phaseline.benchmarks.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One conversation in the Responses format as DashScope frames it: typed events, texts repeated by {@code *.done}
 * events, by their items, and once more by the last event. Code comes whole with its item: DashScope documents no
 * deltas of it.
 */
final class ResponsesWriter {
    private final Script script;
    private final Dice dice;
    private final Frames frames;
    private final Counting counting;

    private final List<Object> items = new ArrayList<>();
    private final long created;
    private long sequence;

    ResponsesWriter(Script script, Dice dice, Frames frames, Counting counting) {
        this.script = script;
        this.dice = dice;
        this.frames = frames;
        this.counting = counting;
        this.created = 1_761_000_000L + dice.below(10_000_000);
    }

    void write() {
        event("response.created", "response", response("queued", "", null));
        event("response.in_progress", "response", response("in_progress", "qwen3.7-plus", null));
        long reasoning = 0;
        int calls = 0;
        for (Script.Round round : script.rounds()) {
            reasoning += reason(round.reasoning());
            String code = round.code();
            if (code != null) {
                run(code, round.output());
                calls++;
            }
        }
        long output = reasoning + answer();
        long input = dice.between(500, 9_000);
        counting.input += input;
        counting.output += output;
        counting.reasoning += reasoning;
        counting.toolCalls += calls;
        counting.finishes.merge("completed", 1L, Long::sum);
        event(
                "response.completed",
                "response",
                response("completed", "qwen3.7-plus", usage(input, output, reasoning, calls)));
    }

    private long reason(List<String> pieces) {
        String id = "msg_" + dice.uuid();
        int index = items.size();
        item("response.output_item.added", index, Json.object("id", id, "type", "reasoning", "summary", List.of()));
        long tokens = 0;
        for (String piece : pieces) {
            tokens += 1 + piece.length() / 5;
            counting.reasoningChars += piece.length();
            counting.deltas++;
            event(
                    "response.reasoning_summary_text.delta",
                    "item_id",
                    id,
                    "output_index",
                    index,
                    "summary_index",
                    0,
                    "delta",
                    piece);
        }
        String text = String.join("", pieces);
        event(
                "response.reasoning_summary_text.done",
                "item_id",
                id,
                "output_index",
                index,
                "summary_index",
                0,
                "text",
                text);
        done(
                index,
                Json.object(
                        "id",
                        id,
                        "type",
                        "reasoning",
                        "summary",
                        List.of(Json.object("type", "summary_text", "text", text))));
        return tokens;
    }

    private void run(String code, String output) {
        String id = "msg_" + dice.uuid();
        String container = "cntr_" + dice.uuid();
        int index = items.size();
        counting.codeChars += code.length();
        item("response.output_item.added", index, call(id, container, "in_progress", "", null));
        for (String step : List.of("in_progress", "interpreting", "completed")) {
            event("response.code_interpreter_call." + step, "item_id", id, "output_index", index);
        }
        done(index, call(id, container, "completed", code, List.of(Json.object("type", "logs", "logs", output))));
    }

    private static Map<String, @Nullable Object> call(
            String id, String container, String status, String code, @Nullable Object outputs) {
        return Json.object(
                "id",
                id,
                "type",
                "code_interpreter_call",
                "status",
                status,
                "code",
                code,
                "container_id",
                container,
                "outputs",
                outputs);
    }

    private long answer() {
        String id = "msg_" + dice.uuid();
        int index = items.size();
        item("response.output_item.added", index, message(id, "in_progress", List.of()));
        event(
                "response.content_part.added",
                "item_id",
                id,
                "output_index",
                index,
                "content_index",
                0,
                "part",
                part(""));
        long tokens = 0;
        for (String piece : script.answer()) {
            tokens += 1 + piece.length() / 5;
            counting.contentChars += piece.length();
            counting.deltas++;
            event(
                    "response.output_text.delta",
                    "item_id",
                    id,
                    "output_index",
                    index,
                    "content_index",
                    0,
                    "delta",
                    piece,
                    "logprobs",
                    List.of());
        }
        String text = String.join("", script.answer());
        event(
                "response.output_text.done",
                "item_id",
                id,
                "output_index",
                index,
                "content_index",
                0,
                "text",
                text,
                "logprobs",
                List.of());
        event(
                "response.content_part.done",
                "item_id",
                id,
                "output_index",
                index,
                "content_index",
                0,
                "part",
                part(text));
        done(index, message(id, "completed", List.of(part(text))));
        return tokens;
    }

    private static Map<String, @Nullable Object> message(String id, String status, List<Object> content) {
        return Json.object("id", id, "type", "message", "status", status, "role", "assistant", "content", content);
    }

    private static Map<String, @Nullable Object> part(String text) {
        return Json.object("type", "output_text", "text", text, "annotations", List.of(), "logprobs", List.of());
    }

    private void done(int index, Map<String, @Nullable Object> item) {
        item("response.output_item.done", index, item);
        items.add(item);
    }

    private void item(String type, int index, Object item) {
        event(type, "output_index", index, "item", item);
    }

    private void event(String type, @Nullable Object... members) {
        Map<String, @Nullable Object> event = Json.object("type", type);
        event.putAll(Json.object(members));
        event.put("sequence_number", sequence++);
        frames.dashScope(type, event);
    }

    private Map<String, @Nullable Object> response(String status, String model, @Nullable Object usage) {
        return Json.object(
                "id",
                "resp_" + script.id(),
                "object",
                "response",
                "created_at",
                created,
                "status",
                status,
                "error",
                null,
                "incomplete_details",
                null,
                "model",
                model,
                "output",
                List.copyOf(items),
                "parallel_tool_calls",
                false,
                "tool_choice",
                "auto",
                "tools",
                List.of(Json.object("type", "code_interpreter")),
                "usage",
                usage);
    }

    private static Map<String, @Nullable Object> usage(long input, long output, long reasoning, int calls) {
        return Json.object(
                "input_tokens",
                input,
                "input_tokens_details",
                Json.object("cached_tokens", 0),
                "output_tokens",
                output,
                "output_tokens_details",
                Json.object("reasoning_tokens", reasoning),
                "total_tokens",
                input + output,
                "x_tools",
                Json.object("code_interpreter", Json.object("count", calls)));
    }
}
