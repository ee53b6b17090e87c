package io.phaseline.reference;

import io.phaseline.reference.Streams.Chunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** DashScope's native frames, and what its SDK prints of them: PROTOCOL B. */
final class DashScopeStreams {
    private final Streams chance;
    private final String requestId;
    private final boolean sdk;
    private final boolean textMode;
    private final int choices;
    private final List<Map<String, Object>> toolInfo = new ArrayList<>();
    private final List<String> code = new ArrayList<>();

    DashScopeStreams(Streams chance, int number) {
        this.chance = chance;
        this.requestId = "native-" + number;
        this.sdk = chance.chance(6);
        this.textMode = !sdk && chance.chance(8);
        this.choices = chance.chance(6) ? 2 : 1;
    }

    List<Chunk> stream() {
        List<Chunk> chunks = new ArrayList<>();
        if (!sdk && !textMode && chance.chance(10)) {
            return deepResearch();
        }
        int frames = chance.random.nextInt(14);
        for (int i = 0; i < frames; i++) {
            chunks.add(chance.chance(25) ? chance.oddity() : frame(false));
            if (chance.chance(40)) {
                chunks.add(new Chunk(
                        "error",
                        "HTTP_STATUS/500",
                        Streams.members("code", "Throttling", "message", chance.word(), "request_id", requestId)));
            }
        }
        if (!chance.chance(6)) {
            chunks.add(frame(true));
        }
        return chunks;
    }

    private Chunk frame(boolean last) {
        Map<String, Object> output = Streams.members();
        if (textMode) {
            output.put("text", chance.text());
            output.put("finish_reason", last ? "stop" : chance.pickObject("null", null, ""));
        } else {
            if (sdk) {
                output.put("text", null);
                output.put("finish_reason", null);
            }
            if (sdk || !chance.chance(30)) {
                output.put("choices", choices(last));
            }
            changeToolInfo();
            if (!toolInfo.isEmpty() && !chance.chance(20)) {
                output.put("tool_info", shownToolInfo());
            }
            if (chance.chance(12)) {
                output.put("search_info", searchInfo());
            }
        }
        if (sdk) {
            return new Chunk("", "", output);
        }
        Map<String, Object> chunk = Streams.members("output", chance.chance(60) ? null : output);
        chance.maybe(chunk, 5, "usage", usage());
        chance.maybe(chunk, 20, "request_id", requestId);
        if (chance.chance(20)) {
            chunk.putAll(Streams.members("status_code", 200, "code", "", "message", ""));
        }
        return new Chunk(chance.pick("result", "result", ""), chance.pick("HTTP_STATUS/200", ""), chunk);
    }

    private List<Object> choices(boolean last) {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < choices; i++) {
            Map<String, Object> message = Streams.members("role", "assistant");
            boolean parts = chance.chance(4);
            Object content = chance.chance(2) ? "" : chance.text();
            message.put("content", parts ? List.of(Streams.members("text", content)) : content);
            chance.maybe(message, 3, "reasoning_content", chance.chance(2) ? "" : chance.text());
            if (chance.chance(12)) {
                message.put("tool_calls", new ToolCallFragments(chance).some());
            }
            Map<String, Object> choice = Streams.members("message", !sdk && chance.chance(30) ? null : message);
            choice.put(
                    "finish_reason",
                    last ? chance.pick("stop", "length", "tool_calls") : chance.pickObject("null", null, ""));
            if (choices > 1 || chance.chance(4)) {
                choice.put("index", i);
            }
            list.add(!sdk && chance.chance(60) ? null : choice);
        }
        return list;
    }

    private void changeToolInfo() {
        if (!chance.chance(4)) {
            return;
        }
        if (code.isEmpty() || chance.chance(3)) {
            code.add(chance.chance(2) ? "" : chance.word());
        } else {
            int k = chance.random.nextInt(code.size());
            code.set(k, chance.chance(3) ? chance.word() : code.get(k) + chance.word());
        }
        toolInfo.clear();
        for (int i = 0; i < code.size(); i++) {
            String type = i == 2 ? "calculator" : "code_interpreter";
            Object text = chance.chance(12) ? null : code.get(i);
            toolInfo.add(Streams.members("type", type, type, Streams.members("code", text)));
        }
    }

    private Object shownToolInfo() {
        if (chance.chance(20)) {
            return chance.pickObject(null, List.of(), List.copyOf(toolInfo.subList(0, toolInfo.size() - 1)), "wrong");
        }
        return List.copyOf(toolInfo);
    }

    private Object searchInfo() {
        List<Object> results = new ArrayList<>();
        int count = chance.random.nextInt(3);
        for (int i = 0; i < count; i++) {
            results.add(Streams.members("index", i, "title", "t"));
        }
        return chance.pickObject(null, Streams.members("search_results", results));
    }

    private Object usage() {
        Map<String, Object> usage = Streams.members();
        chance.maybe(usage, 3, "input_tokens", chance.number());
        chance.maybe(usage, 3, "output_tokens", chance.number());
        chance.maybe(usage, 3, "total_tokens", chance.number());
        chance.maybe(usage, 2, "output_tokens_details", Streams.members("reasoning_tokens", chance.number()));
        chance.maybe(usage, 2, "prompt_tokens_details", Streams.members("cached_tokens", chance.number()));
        if (!toolInfo.isEmpty()) {
            usage.put(
                    "plugins",
                    Streams.members(
                            "code_interpreter", Streams.members("count", code.size()), "search", Streams.members()));
        }
        return chance.pickObject(usage, usage, usage, usage, usage, usage, Streams.members(), null);
    }

    private List<Chunk> deepResearch() {
        List<Chunk> chunks = new ArrayList<>();
        int frames = chance.random.nextInt(8);
        for (int i = 0; i <= frames; i++) {
            Map<String, Object> message = Streams.members(
                    "role",
                    "assistant",
                    "content",
                    chance.word(),
                    "phase",
                    chance.pick("ResearchPlanning", "WebResearch", "KeepAlive", "answer"));
            Map<String, Object> output = Streams.members("message", message);
            if (i == frames) {
                output.put(chance.pick("fininshed_reason", "unknown"), "stop");
                output.put("fininshed", chance.chance(2));
            }
            chunks.add(new Chunk("result", "", Streams.members("output", output, "request_id", requestId)));
        }
        return chunks;
    }
}
