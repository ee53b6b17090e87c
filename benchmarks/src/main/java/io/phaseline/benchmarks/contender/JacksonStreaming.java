package io.phaseline.benchmarks.contender;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.phaseline.event.Dialect;
import java.io.IOException;

/**
 * Jackson's streaming parser with one factory, reading only the members that are needed. Texts stay in the parser's
 * buffer: like our views, they become no strings.
 */
abstract class JacksonStreaming extends JsonStage {
    private static final JsonFactory FACTORY = new JsonFactoryBuilder().build();

    JacksonStreaming(Tally tally) {
        super(tally);
    }

    static JacksonStreaming of(Dialect dialect, Tally tally) {
        return switch (dialect) {
            case DASHSCOPE -> new JacksonStreamingDashScope(tally);
            case CHAT -> new JacksonStreamingChat(tally);
            case RESPONSES -> new JacksonStreamingResponses(tally);
        };
    }

    @Override
    final void chunk(byte[] bytes, int offset, int length) throws IOException {
        try (JsonParser parser = FACTORY.createParser(bytes, offset, length)) {
            begin(parser);
        }
    }

    @Override
    final void chunk(String text) throws IOException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            begin(parser);
        }
    }

    private void begin(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new IOException("a chunk is an object");
        }
        chunk(parser);
    }

    /** Reads an object whose brace was just read. */
    abstract void chunk(JsonParser parser) throws IOException;

    /** Goes to the next member's name, or behind the object. */
    static String member(JsonParser parser) throws IOException {
        String name = parser.nextFieldName();
        if (name == null) {
            // The end of the object; no wire format has a member without a name.
            return "";
        }
        parser.nextToken();
        return name;
    }

    final void reasoning(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            int length = parser.getTextLength();
            tally.reasoning(parser.getTextCharacters(), parser.getTextOffset(), length);
        }
    }

    final void content(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            int length = parser.getTextLength();
            tally.content(parser.getTextCharacters(), parser.getTextOffset(), length);
        }
    }

    final void code(int index, JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            int length = parser.getTextLength();
            tally.code(index, parser.getTextCharacters(), parser.getTextOffset(), length);
        }
    }

    /** The reason becomes a string only if it is one. */
    final void finish(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            char[] text = parser.getTextCharacters();
            int at = parser.getTextOffset();
            boolean none = parser.getTextLength() == 4 && text[at] == 'n' && text[at + 1] == 'u';
            if (!none) {
                tally.finish(parser.getText());
            }
        }
    }

    /** {@code usage}, with the names of all three formats. */
    final void usage(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return;
        }
        for (String name = member(parser); !name.isEmpty(); name = member(parser)) {
            switch (name) {
                case "input_tokens", "prompt_tokens" -> tally.inputTokens(parser.getLongValue());
                case "output_tokens", "completion_tokens" -> tally.outputTokens(parser.getLongValue());
                case "total_tokens" -> tally.totalTokens(parser.getLongValue());
                case "output_tokens_details", "completion_tokens_details" -> details(parser);
                default -> parser.skipChildren();
            }
        }
    }

    private void details(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return;
        }
        for (String name = member(parser); !name.isEmpty(); name = member(parser)) {
            if (name.equals("reasoning_tokens")) {
                tally.reasoningTokens(parser.getLongValue());
            } else {
                parser.skipChildren();
            }
        }
    }
}
