package io.phaseline.benchmarks.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One conversation in DashScope's native frames: running counters, and {@code tool_info} whole in every later frame. */
final class DashScopeWriter {
    /** How often code grows until it is whole, where it is sent as it is written. */
    private static final int GROWTH_STEPS = 32;

    private final Shape shape;
    private final Script script;
    private final Dice dice;
    private final Frames frames;
    private final Counting counting;

    private final List<String> codes = new ArrayList<>();
    private long input;
    private long output = 2;
    private long reasoning;
    private int ran;

    DashScopeWriter(Shape shape, Script script, Dice dice, Frames frames, Counting counting) {
        this.shape = shape;
        this.script = script;
        this.dice = dice;
        this.frames = frames;
        this.counting = counting;
        this.input = dice.between(200, 3_000);
    }

    void write() {
        for (Script.Round round : script.rounds()) {
            for (String piece : round.reasoning()) {
                long tokens = tokens(piece);
                output += tokens;
                reasoning += tokens;
                counting.reasoningChars += piece.length();
                counting.deltas++;
                frame("", piece, "null");
            }
            String code = round.code();
            if (code != null) {
                run(code);
                // The next inference reads the prompt, what was written so far, and what the code printed.
                input += output + round.output().length() / 3 + 40;
            }
        }
        for (String piece : script.answer()) {
            output += tokens(piece);
            counting.contentChars += piece.length();
            counting.deltas++;
            frame(piece, "", "null");
        }
        frame("", "", "stop");
        counting.finishes.merge("stop", 1L, Long::sum);
        counting.input += input;
        counting.output += output;
        counting.reasoning += reasoning;
        codes.forEach(code -> counting.codeChars += code.length());
        counting.toolCalls += codes.size();
    }

    private static long tokens(String piece) {
        return 1L + piece.length() / 5;
    }

    private void run(String code) {
        int at = codes.size();
        if (at > 0 || shape.growing()) {
            // Later calls come with an empty entry first; no first call with one was ever seen.
            codes.add("");
        }
        int steps = shape.growing() ? GROWTH_STEPS : dice.between(3, 8);
        for (int step = 1; step <= steps; step++) {
            output += 1 + code.length() / (4L * steps);
            if (shape.growing()) {
                codes.set(at, code.substring(0, wholeCharacters(code, (int) ((long) code.length() * step / steps))));
            }
            frame("", "", "null");
        }
        if (codes.size() == at) {
            codes.add(code);
        } else {
            codes.set(at, code);
        }
        ran++;
        frame("", "", "null");
    }

    private static int wholeCharacters(String text, int length) {
        return length > 0 && Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    }

    private void frame(String content, String reasoningContent, String finish) {
        Map<String, @Nullable Object> output = Json.object(
                "choices",
                List.of(Json.object(
                        "message",
                        Json.object("content", content, "reasoning_content", reasoningContent, "role", "assistant"),
                        "finish_reason",
                        finish)));
        if (!codes.isEmpty()) {
            output.put("tool_info", toolInfo());
        }
        frames.dashScope("result", Json.object("output", output, "usage", usage(), "request_id", script.id()));
    }

    private List<Object> toolInfo() {
        List<Object> toolInfo = new ArrayList<>();
        for (String code : codes) {
            toolInfo.add(Json.object("code_interpreter", Json.object("code", code), "type", "code_interpreter"));
        }
        return toolInfo;
    }

    private Map<String, @Nullable Object> usage() {
        Map<String, @Nullable Object> usage = Json.object(
                "total_tokens",
                input + output,
                "output_tokens",
                output,
                "input_tokens",
                input,
                "output_tokens_details",
                Json.object("reasoning_tokens", reasoning));
        if (ran > 0) {
            usage.put("plugins", Json.object("code_interpreter", Json.object("count", ran)));
        }
        return usage;
    }
}
