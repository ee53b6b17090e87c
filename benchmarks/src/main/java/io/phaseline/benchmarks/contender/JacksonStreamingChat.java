package io.phaseline.benchmarks.contender;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Chunks of Chat Completions; what stands behind the last needed member is not read. */
final class JacksonStreamingChat extends JacksonStreaming {
    JacksonStreamingChat(Tally tally) {
        super(tally);
    }

    @Override
    void chunk(JsonParser parser) throws IOException {
        int needed = 2;
        for (String name = member(parser); !name.isEmpty(); name = member(parser)) {
            switch (name) {
                case "choices" -> {
                    choices(parser);
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

    private void choices(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            for (String name = member(parser); !name.isEmpty(); name = member(parser)) {
                switch (name) {
                    case "delta" -> delta(parser);
                    case "finish_reason" -> finish(parser);
                    default -> parser.skipChildren();
                }
            }
        }
    }

    private void delta(JsonParser parser) throws IOException {
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
}
