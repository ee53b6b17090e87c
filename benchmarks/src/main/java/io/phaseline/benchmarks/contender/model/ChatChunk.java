package io.phaseline.benchmarks.contender.model;

import com.dslplatform.json.CompiledJson;
import java.util.List;

/** Chunk of Chat Completions. */
@CompiledJson
@SuppressWarnings("MemberName")
public final class ChatChunk {
    public List<Choice> choices;
    public ChatUsage usage;

    @CompiledJson
    public static final class Choice {
        public Delta delta;
        public String finish_reason;
    }

    @CompiledJson
    public static final class Delta {
        public String content;
        public String reasoning_content;
    }

    @CompiledJson
    public static final class ChatUsage {
        public long prompt_tokens;
        public long completion_tokens;
        public long total_tokens;
        public Usage.Details completion_tokens_details;
    }
}
