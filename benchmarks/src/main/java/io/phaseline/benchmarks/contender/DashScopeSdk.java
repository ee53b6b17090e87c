package io.phaseline.benchmarks.contender;

import com.alibaba.dashscope.aigc.generation.GenerationOutput;
import com.alibaba.dashscope.aigc.generation.GenerationResult;
import com.alibaba.dashscope.aigc.generation.GenerationUsage;
import com.alibaba.dashscope.common.DashScopeResult;
import com.alibaba.dashscope.exception.ApiException;
import com.alibaba.dashscope.protocol.NetworkResponse;
import com.alibaba.dashscope.protocol.Protocol;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The JSON stage of dashscope-sdk-java as shipped, behind okhttp-sse as shipped: a tree of Gson, then typed results.
 * Its models have no {@code tool_info}, so it finds no code.
 */
final class DashScopeSdk extends JsonStage {
    private static final Map<String, List<String>> HEADERS = Map.of("content-type", List.of("text/event-stream"));

    DashScopeSdk(Tally tally) {
        super(tally);
    }

    @Override
    void chunk(byte[] bytes, int offset, int length) throws IOException {
        chunk(new String(bytes, offset, length, StandardCharsets.UTF_8));
    }

    @Override
    void chunk(String text) throws IOException {
        NetworkResponse response = NetworkResponse.builder()
                .headers(HEADERS)
                .httpStatusCode(200)
                .event("result")
                .message(text)
                .build();
        DashScopeResult result;
        try {
            result = new DashScopeResult().fromResponse(Protocol.HTTP, response, false);
        } catch (ApiException broken) {
            throw new IOException(broken);
        }
        tell(GenerationResult.fromDashScopeResult(result));
    }

    private void tell(GenerationResult result) {
        for (GenerationOutput.Choice choice : result.getOutput().getChoices()) {
            tally.reasoning(choice.getMessage().getReasoningContent());
            tally.content(choice.getMessage().getContent());
            tally.finish(choice.getFinishReason());
        }
        GenerationUsage usage = result.getUsage();
        tally.inputTokens(usage.getInputTokens());
        tally.outputTokens(usage.getOutputTokens());
        tally.totalTokens(usage.getTotalTokens());
        tally.reasoningTokens(usage.getOutputTokensDetails().getReasoningTokens());
    }
}
