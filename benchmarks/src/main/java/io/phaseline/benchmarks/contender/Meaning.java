package io.phaseline.benchmarks.contender;

import io.phaseline.benchmarks.contender.model.ChatChunk;
import io.phaseline.benchmarks.contender.model.DashScopeChunk;
import io.phaseline.benchmarks.contender.model.ResponsesEvent;
import io.phaseline.benchmarks.contender.model.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the bound objects say, told to a tally: the part of the job that is the same behind every binder. */
final class Meaning {
    private final Tally tally;
    private final CodeItems items = new CodeItems();

    Meaning(Tally tally) {
        this.tally = tally;
    }

    void dashScope(DashScopeChunk chunk) {
        DashScopeChunk.Output output = chunk.output;
        if (output != null) {
            if (output.choices != null) {
                for (DashScopeChunk.Choice choice : output.choices) {
                    if (choice.message != null) {
                        tally.reasoning(choice.message.reasoning_content);
                        tally.content(choice.message.content);
                    }
                    tally.finish(choice.finish_reason);
                }
            }
            codes(output.tool_info);
        }
        usage(chunk.usage);
    }

    private void codes(@Nullable List<DashScopeChunk.Tool> tools) {
        if (tools == null) {
            return;
        }
        for (int i = 0; i < tools.size(); i++) {
            DashScopeChunk.Interpreter interpreter = tools.get(i).code_interpreter;
            if (interpreter != null) {
                tally.code(i, interpreter.code);
            }
        }
    }

    private void usage(@Nullable Usage usage) {
        if (usage != null) {
            tally.inputTokens(usage.input_tokens);
            tally.outputTokens(usage.output_tokens);
            tally.totalTokens(usage.total_tokens);
            if (usage.output_tokens_details != null) {
                tally.reasoningTokens(usage.output_tokens_details.reasoning_tokens);
            }
        }
    }

    void chat(ChatChunk chunk) {
        if (chunk.choices != null) {
            for (ChatChunk.Choice choice : chunk.choices) {
                if (choice.delta != null) {
                    tally.reasoning(choice.delta.reasoning_content);
                    tally.content(choice.delta.content);
                }
                tally.finish(choice.finish_reason);
            }
        }
        ChatChunk.ChatUsage usage = chunk.usage;
        if (usage != null) {
            tally.inputTokens(usage.prompt_tokens);
            tally.outputTokens(usage.completion_tokens);
            tally.totalTokens(usage.total_tokens);
            if (usage.completion_tokens_details != null) {
                tally.reasoningTokens(usage.completion_tokens_details.reasoning_tokens);
            }
        }
    }

    void responses(ResponsesEvent event) {
        switch (event.type) {
            case ResponsesEvent.CREATED -> items.clear();
            case ResponsesEvent.REASONING_DELTA, ResponsesEvent.REASONING_SUMMARY_DELTA -> tally.reasoning(event.delta);
            case ResponsesEvent.TEXT_DELTA -> tally.content(event.delta);
            case ResponsesEvent.ITEM_ADDED, ResponsesEvent.ITEM_DONE -> {
                if (ResponsesEvent.CODE_CALL.equals(event.item.type)) {
                    tally.code(items.index(event.item.id), event.item.code);
                }
            }
            case ResponsesEvent.COMPLETED -> {
                tally.finish(event.response.status);
                usage(event.response.usage);
            }
            default -> {}
        }
    }
}
