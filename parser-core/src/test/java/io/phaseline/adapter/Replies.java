package io.phaseline.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.phaseline.ParserOptions;
import io.phaseline.StreamParser;
import io.phaseline.event.EventRecorder;
import io.phaseline.event.StreamEvent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Small replies of each wire format, written by hand, and what a parser that is fed directly makes of them. */
final class Replies {
    private Replies() {}

    /** Thinks, runs code, thinks on, answers. No end marker: the connection closes. */
    static final String DASHSCOPE = frame(1, "null", "", "How", "")
            + frame(2, "null", "", " much?", "")
            + frame(3, "null", "", "", code("7**2"))
            + frame(4, "null", "", "So 49.", code("7**2"))
            + frame(5, "null", "It is", "", code("7**2"))
            + frame(6, "null", " 49 \u00b0\uD83D\uDE00", "", code("7**2"))
            + frame(7, "stop", "", "", code("7**2"));

    /** Says that it is over. */
    static final String CHAT = """
            data: {"id":"c1","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"Hel"},"finish_reason":null}]}

            data: {"id":"c1","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{"content":"lo"},"finish_reason":null}]}

            data: {"id":"c1","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

            data: [DONE]

            """;

    /** The same, cut off within the second chunk. */
    static final String CHAT_CUT = CHAT.substring(0, CHAT.indexOf("\"lo\""));

    /** What a refused request gets instead of a stream. */
    static final String REFUSED = "{\"code\":\"InvalidApiKey\",\"message\":\"No such key.\",\"request_id\":\"r\"}";

    private static String frame(int id, String finishReason, String content, String reasoning, String toolInfo) {
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

    /** What the listener of a parser hears that is given the whole reply at once. */
    static List<StreamEvent> fedDirectly(String reply) {
        return EventRecorder.record(listener -> {
            StreamParser parser = new StreamParser(ParserOptions.DEFAULT, listener);
            parser.feed(bytes(reply));
            parser.finish();
        });
    }

    /** A reply in items of a publisher, each of several buffers. */
    static List<List<ByteBuffer>> items(String reply, int bytesPerBuffer, int buffersPerItem) {
        byte[] bytes = bytes(reply);
        List<List<ByteBuffer>> items = new ArrayList<>();
        List<ByteBuffer> item = new ArrayList<>();
        for (int offset = 0; offset < bytes.length; offset += bytesPerBuffer) {
            int length = Math.min(bytesPerBuffer, bytes.length - offset);
            item.add(ByteBuffer.wrap(bytes, offset, length).slice().asReadOnlyBuffer());
            if (item.size() == buffersPerItem) {
                items.add(item);
                item = new ArrayList<>();
            }
        }
        if (!item.isEmpty()) {
            items.add(item);
        }
        return items;
    }
}
