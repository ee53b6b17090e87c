package io.phaseline.benchmarks.corpus;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One conversation in Chat Completions, which never shows the code: both parts of the thinking follow each other. */
final class ChatWriter {
    private final Script script;
    private final Dice dice;
    private final Frames frames;
    private final Counting counting;
    private final long created;

    ChatWriter(Script script, Dice dice, Frames frames, Counting counting) {
        this.script = script;
        this.dice = dice;
        this.frames = frames;
        this.counting = counting;
        this.created = 1_761_000_000L + dice.below(10_000_000);
    }

    void write() {
        long reasoning = 0;
        long output = 0;
        choice(Json.object("content", null, "role", "assistant", "reasoning_content", ""), null);
        for (Script.Round round : script.rounds()) {
            for (String piece : round.reasoning()) {
                reasoning += 1 + piece.length() / 5;
                counting.reasoningChars += piece.length();
                counting.deltas++;
                choice(Json.object("content", null, "reasoning_content", piece), null);
            }
        }
        for (String piece : script.answer()) {
            output += 1 + piece.length() / 5;
            counting.contentChars += piece.length();
            counting.deltas++;
            choice(Json.object("content", piece, "reasoning_content", null), null);
        }
        choice(Json.object("content", "", "reasoning_content", null), "stop");
        counting.finishes.merge("stop", 1L, Long::sum);
        usage(dice.between(200, 5_000), output + reasoning, reasoning);
        frames.done();
    }

    /** The two member orders that the vendor's samples show side by side in one stream. */
    private void choice(Map<String, @Nullable Object> delta, @Nullable String finish) {
        Object choice = dice.chance(0.5)
                ? Json.object("finish_reason", finish, "logprobs", null, "delta", delta, "index", 0)
                : Json.object("delta", delta, "finish_reason", finish, "index", 0, "logprobs", null);
        chunk(List.of(choice), null);
    }

    private void usage(long input, long output, long reasoning) {
        counting.input += input;
        counting.output += output;
        counting.reasoning += reasoning;
        chunk(
                List.of(),
                Json.object(
                        "prompt_tokens",
                        input,
                        "completion_tokens",
                        output,
                        "total_tokens",
                        input + output,
                        "completion_tokens_details",
                        Json.object("reasoning_tokens", reasoning),
                        "prompt_tokens_details",
                        Json.object("cached_tokens", 0)));
    }

    private void chunk(List<Object> choices, @Nullable Object usage) {
        frames.openAi(Json.object(
                "choices",
                choices,
                "object",
                "chat.completion.chunk",
                "usage",
                usage,
                "created",
                created,
                "system_fingerprint",
                null,
                "model",
                "qwen3.7-plus",
                "id",
                "chatcmpl-" + script.id()));
    }
}
