package io.phaseline.benchmarks.contender;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.phaseline.event.Dialect;
import org.jspecify.annotations.Nullable;

/** A tree for each payload, and a look at what is wanted of it. */
final class Trees {
    private final ObjectMapper mapper = new ObjectMapper();
    private final boolean isChat;
    private final Tally tally;

    Trees(Dialect dialect, Tally tally) {
        if (dialect == Dialect.RESPONSES) {
            throw new IllegalArgumentException("trees are not read for " + dialect);
        }
        this.isChat = dialect == Dialect.CHAT;
        this.tally = tally;
    }

    void read(String payload) throws JsonProcessingException {
        if (payload.equals("[DONE]")) {
            return;
        }
        tally.frame();
        JsonNode chunk = mapper.readTree(payload);
        JsonNode output = isChat ? chunk : chunk.path("output");
        for (JsonNode choice : output.path("choices")) {
            JsonNode message = choice.path(isChat ? "delta" : "message");
            tally.reasoning(text(message.path("reasoning_content")));
            tally.content(text(message.path("content")));
            tally.finish(text(choice.path("finish_reason")));
        }
        int index = 0;
        for (JsonNode tool : output.path("tool_info")) {
            tally.code(index++, text(tool.path("code_interpreter").path("code")));
        }
        JsonNode usage = chunk.path("usage");
        if (usage.isObject()) {
            tally.inputTokens(
                    usage.path(isChat ? "prompt_tokens" : "input_tokens").asLong());
            tally.outputTokens(
                    usage.path(isChat ? "completion_tokens" : "output_tokens").asLong());
            tally.totalTokens(usage.path("total_tokens").asLong());
            JsonNode details = usage.path(isChat ? "completion_tokens_details" : "output_tokens_details");
            if (details.isObject()) {
                tally.reasoningTokens(details.path("reasoning_tokens").asLong());
            }
        }
    }

    private static @Nullable String text(JsonNode node) {
        return node.isTextual() ? node.textValue() : null;
    }
}
