package io.phaseline.benchmarks.contender.model;

import com.dslplatform.json.CompiledJson;
import java.util.List;

/** DashScope's native chunk. */
@CompiledJson
@SuppressWarnings("MemberName")
public final class DashScopeChunk {
    public Output output;
    public Usage usage;

    @CompiledJson
    public static final class Output {
        public List<Choice> choices;
        public List<Tool> tool_info;
    }

    @CompiledJson
    public static final class Choice {
        public Message message;
        public String finish_reason;
    }

    @CompiledJson
    public static final class Message {
        public String content;
        public String reasoning_content;
    }

    @CompiledJson
    public static final class Tool {
        public Interpreter code_interpreter;
    }

    @CompiledJson
    public static final class Interpreter {
        public String code;
    }
}
