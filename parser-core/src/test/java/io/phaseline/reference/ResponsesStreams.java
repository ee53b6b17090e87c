package io.phaseline.reference;

import io.phaseline.reference.Streams.Chunk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The Responses dialect with what its servers leave out, repeat and mix up: PROTOCOL D. */
final class ResponsesStreams {
    private final Streams chance;
    private final String id;
    private final boolean events;
    private final boolean types;
    private final boolean itemIds;
    private final boolean sequenced;
    private final List<Chunk> chunks = new ArrayList<>();
    private final List<Object> finalOutput = new ArrayList<>();
    private int sequence;
    private int outputIndex;

    ResponsesStreams(Streams chance, int number) {
        this.chance = chance;
        this.id = "resp_" + number;
        this.types = !chance.chance(15);
        this.events = !types || !chance.chance(4);
        this.itemIds = !chance.chance(6);
        this.sequenced = !chance.chance(5);
    }

    List<Chunk> stream() {
        if (!chance.chance(10)) {
            say(
                    "response.created",
                    "response",
                    Streams.members("id", id, "model", chance.pick("", "m"), "status", "queued"));
            say("response.in_progress", "response", Streams.members("id", id, "model", chance.pick("m", "m", "")));
        }
        int items = chance.random.nextInt(5);
        boolean onlyFinal = chance.chance(10);
        int before = chunks.size();
        for (int i = 0; i < items; i++) {
            item();
            outputIndex += chance.chance(12) ? 2 : 1;
            if (chance.chance(12)) {
                say("keepalive");
            }
            if (chance.chance(25)) {
                chunks.add(chance.oddity());
            }
        }
        if (onlyFinal) {
            chunks.subList(before, chunks.size()).clear();
        }
        if (!chance.chance(6)) {
            end();
        }
        if (chance.chance(8)) {
            chunks.add(Streams.DONE);
        }
        return chunks;
    }

    private void end() {
        Map<String, Object> response = Streams.members("id", id, "model", "m", "output", finalOutput);
        chance.maybe(response, 4, "usage", usage());
        switch (chance.random.nextInt(8)) {
            case 0 -> {
                response.put(
                        "incomplete_details",
                        chance.pickObject(null, Streams.members("reason", "max_output_tokens"), Streams.members()));
                say("response.incomplete", "response", response);
            }
            case 1 -> {
                response.put(
                        "error",
                        chance.pickObject(null, Streams.members("code", "server_error", "message", chance.word())));
                say("response.failed", "response", response);
            }
            case 2 -> say("response.cancelled", "response", response);
            case 3 ->
                say(
                        "error",
                        "error",
                        Streams.members("type", "server", "code", chance.pickObject(null, "c"), "message", "m"));
            default -> say("response.completed", "response", response);
        }
    }

    private Object usage() {
        Map<String, Object> usage = Streams.members();
        chance.maybe(usage, 3, "input_tokens", chance.number());
        chance.maybe(usage, 3, "output_tokens", chance.number());
        chance.maybe(usage, 3, "total_tokens", chance.number());
        chance.maybe(usage, 2, "output_tokens_details", Streams.members("reasoning_tokens", chance.number()));
        chance.maybe(usage, 2, "input_tokens_details", Streams.members("cached_tokens", chance.number()));
        chance.maybe(
                usage, 2, "x_tools", Streams.members("code_interpreter", Streams.members("count", chance.number())));
        return usage;
    }

    private void say(String type, Object... members) {
        Map<String, Object> chunk = Streams.members();
        if (types || !type.startsWith("response.")) {
            chunk.put("type", type);
        }
        if (sequenced && !chance.chance(30)) {
            sequence += chance.chance(30) ? 3 : 0;
            chunk.put("sequence_number", sequence++);
        }
        chunk.putAll(Streams.members(members));
        chunks.add(new Chunk(events ? type : "", chance.pick("", "HTTP_STATUS/200"), chunk));
    }

    private void sayOf(String itemId, String type, Object... members) {
        List<Object> all = new ArrayList<>(Arrays.asList(members));
        if (itemIds && !chance.chance(30)) {
            all.addAll(Arrays.asList("item_id", itemId));
        }
        all.addAll(Arrays.asList("output_index", outputIndex));
        say(type, all.toArray());
    }

    private void item() {
        String itemId = "msg_" + outputIndex;
        switch (chance.random.nextInt(8)) {
            case 0, 1 -> reasoning(itemId);
            case 2, 3 -> message(itemId);
            case 4 -> codeInterpreter(itemId);
            case 5 -> withArguments(itemId, "function_call", "function_call_arguments", "arguments");
            case 6 -> {
                if (chance.chance(2)) {
                    withArguments(itemId, "mcp_call", "mcp_call_arguments", "arguments");
                } else {
                    withArguments(itemId, "custom_tool_call", "custom_tool_call_input", "input");
                }
            }
            default -> opaque(itemId);
        }
    }

    private List<String> pieces() {
        List<String> pieces = new ArrayList<>();
        int count = chance.random.nextInt(4);
        for (int i = 0; i < count; i++) {
            pieces.add(chance.word());
        }
        return pieces;
    }

    /** Mostly the whole text; now and then more than the deltas said, less, or something else. */
    private Object repeated(String whole) {
        return switch (chance.random.nextInt(15)) {
            case 0 -> whole + "more";
            case 1 -> "other";
            case 2 -> null;
            case 3 -> "";
            default -> whole;
        };
    }

    private void reasoning(String itemId) {
        boolean both = chance.chance(6);
        boolean summary = chance.chance(2);
        Map<String, Object> item = Streams.members("id", itemId, "type", "reasoning", "summary", List.of());
        added(item, chance.chance(8));
        List<String> pieces = pieces();
        String whole = String.join("", pieces);
        boolean deltas = !chance.chance(6);
        boolean rising = chance.chance(10);
        int position = 0;
        for (String piece : pieces) {
            if (deltas && (both || summary)) {
                sayOf(itemId, "response.reasoning_summary_text.delta", "summary_index", 0, "delta", piece);
            }
            if (deltas && (both || !summary)) {
                int index = rising ? position++ : 0;
                sayOf(itemId, "response.reasoning_text.delta", "content_index", index, "delta", piece);
            }
        }
        if (chance.chance(2)) {
            String type = summary ? "response.reasoning_summary_text.done" : "response.reasoning_text.done";
            sayOf(itemId, type, summary ? "summary_index" : "content_index", 0, "text", repeated(whole));
        }
        Map<String, Object> end = Streams.members("id", itemId, "type", "reasoning");
        Object part = Streams.members("type", summary ? "summary_text" : "reasoning_text", "text", repeated(whole));
        end.put(summary ? "summary" : "content", List.of(part));
        done(end);
    }

    private void message(String itemId) {
        added(
                Streams.members("id", itemId, "type", "message", "role", "assistant", "content", List.of()),
                chance.chance(8));
        boolean refusal = chance.chance(8);
        String type = refusal ? "response.refusal" : "response.output_text";
        String member = refusal ? "refusal" : "text";
        if (chance.chance(2)) {
            Object part = Streams.members("type", refusal ? "refusal" : chance.pick("output_text", "text"), member, "");
            sayOf(itemId, "response.content_part.added", "content_index", 0, "part", part);
        }
        List<String> pieces = pieces();
        String whole = String.join("", pieces);
        if (!chance.chance(6)) {
            for (String piece : pieces) {
                sayOf(itemId, type + ".delta", "content_index", 0, "delta", piece, "obfuscation", "xx");
            }
        }
        Object part = Streams.members(
                "type", refusal ? "refusal" : "output_text", member, repeated(whole), "annotations", List.of());
        if (chance.chance(2)) {
            sayOf(itemId, type + ".done", "content_index", 0, member, repeated(whole));
        }
        if (chance.chance(3)) {
            sayOf(itemId, "response.content_part.done", "content_index", 0, "part", part);
        }
        done(Streams.members("id", itemId, "type", "message", "content", List.of(part)));
    }

    private void codeInterpreter(String itemId) {
        added(
                Streams.members(
                        "id",
                        itemId,
                        "type",
                        "code_interpreter_call",
                        "code",
                        chance.pickObject("", null),
                        "outputs",
                        null),
                chance.chance(8));
        if (chance.chance(2)) {
            sayOf(itemId, "response.code_interpreter_call.in_progress");
        }
        List<String> pieces = pieces();
        String whole = String.join("", pieces);
        if (chance.chance(2)) {
            for (String piece : pieces) {
                sayOf(itemId, "response.code_interpreter_call_code.delta", "delta", piece);
            }
            sayOf(itemId, "response.code_interpreter_call_code.done", "code", repeated(whole));
        }
        if (chance.chance(2)) {
            sayOf(itemId, "response.code_interpreter_call.interpreting");
            sayOf(itemId, "response.code_interpreter_call.completed");
        }
        Object logs = Streams.members("type", "logs", "logs", chance.word());
        Object image = Streams.members("type", "image", "url", "u");
        done(Streams.members(
                "id",
                itemId,
                "type",
                "code_interpreter_call",
                "code",
                repeated(whole),
                "outputs",
                chance.pickObject(null, List.of(), List.of(logs), List.of(logs, image, logs))));
    }

    private void withArguments(String itemId, String type, String events, String member) {
        boolean late = chance.chance(8);
        Map<String, Object> item = Streams.members("id", itemId, "type", type, "name", "f", member, "");
        if (type.equals("function_call")) {
            item.put("call_id", "call_" + outputIndex);
        }
        if (!late) {
            added(item, chance.chance(12));
        }
        List<String> pieces = pieces();
        String whole = String.join("", pieces);
        if (!chance.chance(5)) {
            for (String piece : pieces) {
                sayOf(itemId, "response." + events + ".delta", "delta", piece);
            }
            sayOf(itemId, "response." + events + ".done", member, repeated(whole));
        }
        if (late) {
            added(item, false);
        }
        Map<String, Object> end = Streams.members();
        end.putAll(item);
        end.put(member, repeated(whole));
        if (type.equals("mcp_call")) {
            end.put("output", chance.pickObject(null, "found", ""));
        }
        done(end);
    }

    private void opaque(String itemId) {
        String type = chance.pick(
                "web_search_call",
                "file_search_call",
                "web_extractor_call",
                "image_search_call",
                "computer_call",
                "mcp_list_tools");
        Map<String, Object> item = Streams.members("id", itemId, "type", type, "status", "in_progress");
        added(item, chance.chance(8));
        if (type.startsWith("web_search") || type.startsWith("file_search")) {
            sayOf(itemId, "response." + type + ".in_progress");
            sayOf(itemId, "response." + type + ".searching");
        }
        Map<String, Object> end = Streams.members("id", itemId, "type", type, "status", "completed");
        if (chance.chance(2)) {
            end.put("output", chance.pickObject("found", null, ""));
            end.put("name", "n");
            end.put("arguments", "{}");
        }
        done(end);
    }

    private void added(Map<String, Object> item, boolean forgotten) {
        if (!forgotten) {
            say("response.output_item.added", "output_index", outputIndex, "item", chance.chance(40) ? null : item);
        }
    }

    private void done(Map<String, Object> item) {
        finalOutput.add(item);
        if (!chance.chance(10)) {
            say("response.output_item.done", "output_index", outputIndex, "item", item);
        }
    }
}
