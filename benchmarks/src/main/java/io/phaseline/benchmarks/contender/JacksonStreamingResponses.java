package io.phaseline.benchmarks.contender;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.phaseline.benchmarks.contender.model.ResponsesEvent;
import java.io.IOException;
import java.util.Arrays;

/**
 * Events of the Responses format. Members come in any order, so what a text means may be known only at the end; where
 * the type comes first, what is not needed after it is not read.
 */
final class JacksonStreamingResponses extends JacksonStreaming {
    private final CodeItems items = new CodeItems();
    private char[] text = new char[256];
    private int textLength;
    private String type = "";
    private String itemType = "";
    private String itemId = "";

    JacksonStreamingResponses(Tally tally) {
        super(tally);
    }

    @Override
    void chunk(JsonParser parser) throws IOException {
        type = "";
        textLength = 0;
        itemType = "";
        for (String name = member(parser); !name.isEmpty(); name = member(parser)) {
            switch (name) {
                case "type" -> type = parser.getText();
                case "delta" -> keep(parser);
                case "item" -> item(parser);
                case "response" -> response(parser);
                default -> parser.skipChildren();
            }
            if (ResponsesEvent.isComplete(type, name)) {
                break;
            }
        }
        switch (type) {
            case ResponsesEvent.CREATED -> items.clear();
            case ResponsesEvent.REASONING_DELTA, ResponsesEvent.REASONING_SUMMARY_DELTA ->
                tally.reasoning(text, 0, textLength);
            case ResponsesEvent.TEXT_DELTA -> tally.content(text, 0, textLength);
            case ResponsesEvent.ITEM_ADDED, ResponsesEvent.ITEM_DONE -> {
                if (itemType.equals(ResponsesEvent.CODE_CALL)) {
                    tally.code(items.index(itemId), text, 0, textLength);
                }
            }
            default -> {}
        }
    }

    private void keep(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            parser.skipChildren();
            return;
        }
        int length = parser.getTextLength();
        if (length > text.length) {
            text = Arrays.copyOf(text, 2 * length);
        }
        System.arraycopy(parser.getTextCharacters(), parser.getTextOffset(), text, 0, length);
        textLength = length;
    }

    private void item(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return;
        }
        for (String name = member(parser); !name.isEmpty(); name = member(parser)) {
            switch (name) {
                case "type" -> itemType = parser.getText();
                case "id" -> itemId = parser.getText();
                case "code" -> keep(parser);
                default -> parser.skipChildren();
            }
        }
    }

    private void response(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return;
        }
        for (String name = member(parser); !name.isEmpty(); name = member(parser)) {
            switch (name) {
                case "status" -> {
                    String status = parser.getText();
                    if (status.equals("completed")) {
                        tally.finish(status);
                    }
                }
                case "usage" -> usage(parser);
                default -> parser.skipChildren();
            }
        }
    }
}
