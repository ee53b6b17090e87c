package io.phaseline.reference;

import io.phaseline.reference.Streams.Chunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Chat Completions in the accents of many servers: PROTOCOL C. */
final class ChatStreams {
    private final Streams chance;
    private final ToolCallFragments fragments;
    private final String id;
    private final int choices;
    private final boolean azure;
    private final boolean otherIds;
    private final boolean noIds;
    private final boolean message;
    private int sent;

    ChatStreams(Streams chance, int number) {
        this.chance = chance;
        this.fragments = new ToolCallFragments(chance);
        this.id = "chatcmpl-" + number;
        this.choices = chance.chance(6) ? 2 : 1;
        this.azure = chance.chance(8);
        this.otherIds = chance.chance(12);
        this.noIds = chance.chance(12);
        this.message = chance.chance(15);
    }

    List<Chunk> stream() {
        List<Chunk> chunks = new ArrayList<>();
        if (azure) {
            chunks.add(new Chunk(
                    "",
                    "",
                    Streams.members(
                            "id",
                            "",
                            "model",
                            "",
                            "object",
                            "",
                            "created",
                            0,
                            "choices",
                            List.of(),
                            "prompt_filter_results",
                            List.of(Streams.members()))));
        }
        int frames = chance.random.nextInt(14);
        for (int i = 0; i < frames; i++) {
            chunks.add(chance.chance(25) ? chance.oddity() : chunk(false));
        }
        if (!chance.chance(6)) {
            chunks.add(chunk(true));
        }
        if (chance.chance(3)) {
            chunks.add(new Chunk("", "", head(Streams.members("choices", List.of(), "usage", usage()))));
        }
        if (chance.chance(20)) {
            chunks.add(new Chunk("", "", Streams.members("error", Streams.members("message", "late", "code", 500))));
        }
        if (!chance.chance(3)) {
            chunks.add(Streams.DONE);
            if (chance.chance(8)) {
                chunks.add(chunk(false));
            }
        }
        return chunks;
    }

    private Map<String, Object> head(Map<String, Object> members) {
        Map<String, Object> chunk = Streams.members();
        if (!noIds) {
            chunk.put("id", otherIds ? id + "-" + sent++ : id);
            chunk.put("object", "chat.completion.chunk");
            chance.maybe(chunk, 6, "model", "model");
            chunk.put("created", new Streams.Raw(chance.pick("1761899724", "1.7e9", "0")));
        }
        chunk.putAll(members);
        return chunk;
    }

    private Chunk chunk(boolean last) {
        List<Object> list = new ArrayList<>();
        if (choices > 1 && chance.chance(2)) {
            list.add(choice(chance.random.nextInt(2), last, true));
        } else {
            for (int i = 0; i < choices; i++) {
                list.add(choice(i, last, choices > 1 || !chance.chance(4)));
            }
        }
        Object shown = chance.chance(60) ? chance.pickObject(null, List.of()) : list;
        Map<String, Object> chunk = head(Streams.members("choices", shown));
        if (chance.chance(3)) {
            chunk.put("usage", chance.pickObject(null, usage(), Streams.members()));
        }
        if (chance.chance(40)) {
            chunk.put("error", chance.pickObject(null, Streams.members("message", "mid", "type", "t"), "text"));
        }
        return new Chunk("", "", chunk);
    }

    private Object choice(int index, boolean last, boolean indexed) {
        Map<String, Object> delta = Streams.members();
        if (chance.chance(5)) {
            delta.put("role", "assistant");
        }
        chance.maybe(delta, 3, "content", chance.pickObject(null, "", chance.text(), chance.text()));
        switch (chance.random.nextInt(5)) {
            case 0 -> delta.put("reasoning_content", chance.pickObject(null, "", chance.text()));
            case 1 -> delta.put("reasoning", chance.pickObject(null, "", chance.word()));
            case 2 -> {
                String text = chance.word();
                delta.put("reasoning", text);
                delta.put("reasoning_details", List.of(Streams.members("type", "reasoning.text", "text", text)));
            }
            case 3 ->
                delta.put(
                        "reasoning_details", List.of(Streams.members("type", "reasoning.text", "text", chance.word())));
            default -> {
                // Says nothing of reasoning.
            }
        }
        if (chance.chance(20)) {
            delta.put("refusal", chance.text());
        }
        if (chance.chance(5)) {
            delta.put("tool_calls", fragments.some());
        }
        if (chance.chance(30)) {
            delta.put("function_call", fragments.function());
        }
        Map<String, Object> choice = Streams.members();
        if (!chance.chance(30)) {
            choice.put(message ? "message" : "delta", chance.chance(30) ? null : delta);
        }
        if (indexed) {
            choice.put("index", index);
        }
        chance.maybe(
                choice,
                5,
                "finish_reason",
                last ? chance.pickObject("stop", "length", "tool_calls", "error") : chance.pickObject(null, null, ""));
        choice.put("logprobs", chance.pickObject(null, Streams.members("x", new Streams.Raw("-Infinity"))));
        return choice;
    }

    private Object usage() {
        Map<String, Object> usage = Streams.members();
        chance.maybe(usage, 3, "prompt_tokens", chance.number());
        chance.maybe(usage, 3, "completion_tokens", chance.number());
        chance.maybe(usage, 3, "total_tokens", chance.number());
        chance.maybe(
                usage,
                2,
                "completion_tokens_details",
                chance.pickObject(null, Streams.members("reasoning_tokens", chance.number())));
        chance.maybe(usage, 2, "prompt_tokens_details", Streams.members("cached_tokens", chance.number()));
        return usage;
    }
}
