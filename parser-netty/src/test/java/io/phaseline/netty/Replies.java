package io.phaseline.netty;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.phaseline.ParserOptions;
import io.phaseline.StreamParser;
import io.phaseline.event.EventRecorder;
import io.phaseline.event.StreamEvent;
import io.phaseline.event.StreamListener;
import java.util.List;

/** Small replies, written by hand, and what a parser that is fed directly makes of them. */
final class Replies {
    private Replies() {}

    /** Says that it is over. */
    static final String CHAT = chat("\"role\":\"assistant\",\"reasoning_content\":\"Let me see.\"", "null")
            + chat("\"content\":\"Grüße, \"", "null")
            + chat("\"content\":\"Welt \uD83D\uDE00\"", "null")
            + chat("", "\"stop\"")
            + "data: [DONE]\n\n";

    /** The same, cut off within a chunk. */
    static final String CHAT_CUT = CHAT.substring(0, CHAT.indexOf("Welt"));

    /** The same as far as its frames are whole, so that the reply has begun and nothing is pending. */
    static final String CHAT_BEGUN = CHAT.substring(0, CHAT.indexOf("data:", CHAT.indexOf("Grüße")));

    /** Thinks, runs code, answers. Its end is the body's. */
    static final String DASHSCOPE = dashScope(1, "null", "", "How much?", "")
            + dashScope(2, "null", "", "", code("7**2"))
            + dashScope(3, "null", "It is 49.", "", code("7**2"))
            + dashScope(4, "stop", "", "", code("7**2"));

    /** What a refused request gets instead of a stream. */
    static final String REFUSED = "{\"code\":\"InvalidApiKey\",\"message\":\"No such key.\",\"request_id\":\"r\"}";

    static final String HTML = "<!DOCTYPE html>\n<html><body><h1>502 Bad Gateway</h1></body></html>\n";

    /** A frame of a chat that says one thing. */
    static String chat(String delta, String finishReason) {
        return "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[{\"index\":0,"
                + "\"delta\":{" + delta + "},\"finish_reason\":" + finishReason + "}]}\n\n";
    }

    private static String dashScope(int id, String finishReason, String content, String reasoning, String toolInfo) {
        return """
                id:%d
                event:result
                :HTTP_STATUS/200
                data:{"output":{"choices":[{"message":{"content":"%s","reasoning_content":"%s","role":"assistant"},"finish_reason":"%s"}]%s},"usage":{"total_tokens":%d,"output_tokens":%d,"input_tokens":9},"request_id":"r1"}

                """.formatted(id, content, reasoning, finishReason, toolInfo, 9 + id, id);
    }

    private static String code(String code) {
        return ",\"tool_info\":[{\"code_interpreter\":{\"code\":\"" + code + "\"},\"type\":\"code_interpreter\"}]";
    }

    static byte[] bytes(String reply) {
        return reply.getBytes(UTF_8);
    }

    /** What the listener of a parser hears that is given the whole body of a response at once. */
    static List<StreamEvent> parsed(int status, byte[] body) {
        return EventRecorder.record(listener -> {
            StreamParser parser = new StreamParser(ParserOptions.DEFAULT, listener);
            parser.httpStatus(status);
            parser.feed(body);
            parser.finish();
        });
    }

    static List<StreamEvent> parsed(int status, String body) {
        return parsed(status, bytes(body));
    }

    /** Where the reply is over, in bytes from the start of the body: behind the first byte with which a parser is done. */
    static int end(byte[] body, ParserOptions options) {
        StreamParser whole = new StreamParser(options, new StreamListener() {});
        whole.feed(body);
        if (!whole.isDone()) {
            return body.length;
        }
        StreamParser parser = new StreamParser(options, new StreamListener() {});
        for (int i = 0; i < body.length; i++) {
            parser.feed(body, i, 1);
            if (parser.isDone()) {
                return i + 1;
            }
        }
        return body.length;
    }
}
