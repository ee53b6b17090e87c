package io.phaseline.benchmarks.contender;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** DashScope's native chunks; what stands behind the last needed member is not read. */
final class JacksonStreamingDashScope extends JacksonStreaming {
    JacksonStreamingDashScope(Tally tally) {
        super(tally);
    }

    @Override
    void chunk(JsonParser parser) throws IOException {
        int needed = 2;
        for (String name = member(parser); !name.isEmpty(); name = member(parser)) {
            switch (name) {
                case "output" -> {
                    output(parser);
                    needed--;
                }
                case "usage" -> {
                    usage(parser);
                    needed--;
                }
                default -> parser.skipChildren();
            }
            if (needed == 0) {
                return;
            }
        }
    }

    private void output(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return;
        }
        for (String name = member(parser); !name.isEmpty(); name = member(parser)) {
            switch (name) {
                case "choices" -> choices(parser);
                case "tool_info" -> toolInfo(parser);
                default -> parser.skipChildren();
            }
        }
    }

    private void choices(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            for (String name = member(parser); !name.isEmpty(); name = member(parser)) {
                switch (name) {
                    case "message" -> message(parser);
                    case "finish_reason" -> finish(parser);
                    default -> parser.skipChildren();
                }
            }
        }
    }

    private void message(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return;
        }
        for (String name = member(parser); !name.isEmpty(); name = member(parser)) {
            switch (name) {
                case "reasoning_content" -> reasoning(parser);
                case "content" -> content(parser);
                default -> parser.skipChildren();
            }
        }
    }

    private void toolInfo(JsonParser parser) throws IOException {
        for (int index = 0; parser.nextToken() == JsonToken.START_OBJECT; index++) {
            for (String name = member(parser); !name.isEmpty(); name = member(parser)) {
                if (name.equals("code_interpreter")) {
                    interpreter(index, parser);
                } else {
                    parser.skipChildren();
                }
            }
        }
    }

    private void interpreter(int index, JsonParser parser) throws IOException {
        for (String name = member(parser); !name.isEmpty(); name = member(parser)) {
            if (name.equals("code")) {
                code(index, parser);
            } else {
                parser.skipChildren();
            }
        }
    }
}
