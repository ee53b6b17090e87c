package io.phaseline.replay;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Small captures, written for these tests on the documented shapes. */
public final class Captures {
    /** Native: thinks, runs code twice (the second time announced empty), answers. */
    public static final String NATIVE = """
            id:1
            event:result
            :HTTP_STATUS/200
            data:{"output":{"choices":[{"message":{"content":"","reasoning_content":"Six by seven.","role":"assistant"},"finish_reason":"null"}]},"usage":{"total_tokens":12,"output_tokens":2,"input_tokens":10,"output_tokens_details":{"reasoning_tokens":2}},"request_id":"r-1"}

            id:2
            event:result
            :HTTP_STATUS/200
            data:{"output":{"choices":[{"message":{"content":"","reasoning_content":"","role":"assistant"},"finish_reason":"null"}],"tool_info":[{"code_interpreter":{"code":"a = 6\\nprint(a*7)"},"type":"code_interpreter"}]},"usage":{"total_tokens":12,"output_tokens":2,"input_tokens":10,"output_tokens_details":{"reasoning_tokens":2},"plugins":{"code_interpreter":{"count":1}}},"request_id":"r-1"}

            id:3
            event:result
            :HTTP_STATUS/200
            data:{"output":{"choices":[{"message":{"content":"","reasoning_content":"42; halve it.","role":"assistant"},"finish_reason":"null"}],"tool_info":[{"code_interpreter":{"code":"a = 6\\nprint(a*7)"},"type":"code_interpreter"}]},"usage":{"total_tokens":34,"output_tokens":4,"input_tokens":30,"output_tokens_details":{"reasoning_tokens":4},"plugins":{"code_interpreter":{"count":1}}},"request_id":"r-1"}

            id:4
            event:result
            :HTTP_STATUS/200
            data:{"output":{"choices":[{"message":{"content":"","reasoning_content":"","role":"assistant"},"finish_reason":"null"}],"tool_info":[{"code_interpreter":{"code":"a = 6\\nprint(a*7)"},"type":"code_interpreter"},{"code_interpreter":{"code":""},"type":"code_interpreter"}]},"request_id":"r-1"}

            id:5
            event:result
            :HTTP_STATUS/200
            data:{"output":{"choices":[{"message":{"content":"","reasoning_content":"","role":"assistant"},"finish_reason":"null"}],"tool_info":[{"code_interpreter":{"code":"a = 6\\nprint(a*7)"},"type":"code_interpreter"},{"code_interpreter":{"code":"42 / 2"},"type":"code_interpreter"}]},"request_id":"r-1"}

            id:6
            event:result
            :HTTP_STATUS/200
            data:{"output":{"choices":[{"message":{"content":"It is ","reasoning_content":"","role":"assistant"},"finish_reason":"null"}],"tool_info":[{"code_interpreter":{"code":"a = 6\\nprint(a*7)"},"type":"code_interpreter"},{"code_interpreter":{"code":"42 / 2"},"type":"code_interpreter"}]},"request_id":"r-1"}

            id:7
            event:result
            :HTTP_STATUS/200
            data:{"output":{"choices":[{"message":{"content":"21.","reasoning_content":"","role":"assistant"},"finish_reason":"stop"}]},"usage":{"total_tokens":37,"output_tokens":7,"input_tokens":30,"output_tokens_details":{"reasoning_tokens":4},"plugins":{"code_interpreter":{"count":2}}},"request_id":"r-1"}

            """;

    /** Chat, Chinese: thinks and answers. */
    public static final String CHAT = """
            data: {"choices":[{"delta":{"content":null,"role":"assistant","reasoning_content":""},"index":0,"finish_reason":null}],"object":"chat.completion.chunk","usage":null,"created":1,"model":"m-1","id":"c-1"}

            data: {"choices":[{"delta":{"content":null,"reasoning_content":"六乘七"},"index":0,"finish_reason":null}],"object":"chat.completion.chunk","usage":null,"created":1,"model":"m-1","id":"c-1"}

            data: {"choices":[{"delta":{"content":"四十二 😀","reasoning_content":null},"index":0,"finish_reason":null}],"object":"chat.completion.chunk","usage":null,"created":1,"model":"m-1","id":"c-1"}

            data: {"choices":[{"delta":{"content":""},"index":0,"finish_reason":"stop"}],"object":"chat.completion.chunk","usage":null,"created":1,"model":"m-1","id":"c-1"}

            data: {"choices":[],"object":"chat.completion.chunk","usage":{"prompt_tokens":9,"completion_tokens":5,"total_tokens":14,"prompt_tokens_details":{"cached_tokens":8}},"created":1,"model":"m-1","id":"c-1"}

            data: [DONE]

            """;

    /** Chat: one function call in two fragments. */
    public static final String CALL = """
            data: {"choices":[{"delta":{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"weather","arguments":""}}]},"index":0,"finish_reason":null}],"object":"chat.completion.chunk","model":"m-1","id":"c-2"}

            data: {"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\\"city\\":"}}]},"index":0,"finish_reason":null}],"object":"chat.completion.chunk","model":"m-1","id":"c-2"}

            data: {"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"\\"京都\\"}"}}]},"index":0,"finish_reason":"tool_calls"}],"object":"chat.completion.chunk","model":"m-1","id":"c-2"}

            data: [DONE]

            """;

    /** Responses: code whose output is seen. */
    public static final String RESPONSES = """
            event:response.created
            data:{"type":"response.created","sequence_number":0,"response":{"id":"resp_1","status":"queued","model":"m-2","output":[]}}

            event:response.output_item.added
            data:{"type":"response.output_item.added","sequence_number":1,"output_index":0,"item":{"id":"ci_1","type":"code_interpreter_call","status":"in_progress","code":"","outputs":null}}

            event:response.output_item.done
            data:{"type":"response.output_item.done","sequence_number":2,"output_index":0,"item":{"id":"ci_1","type":"code_interpreter_call","status":"completed","code":"print(6*7)","outputs":[{"type":"logs","logs":"42\\n"}]}}

            event:response.output_text.delta
            data:{"type":"response.output_text.delta","sequence_number":3,"item_id":"msg_1","output_index":1,"content_index":0,"delta":"42"}

            event:response.completed
            data:{"type":"response.completed","sequence_number":4,"response":{"id":"resp_1","status":"completed","model":"m-2","output":[],"usage":{"input_tokens":20,"output_tokens":8,"total_tokens":28}}}

            """;

    /** The server refuses; the last blank line is missing, as it often is. */
    public static final String REFUSED = """
            id:1
            event:error
            :HTTP_STATUS/400
            data:{"code":"InvalidParameter","message":"Role must be user","request_id":"r-9"}
            """;

    /** Ends in the middle of a reply. */
    public static final String CUT = """
            data: {"choices":[{"delta":{"role":"assistant","content":"Half a"},"index":0,"finish_reason":null}],"object":"chat.completion.chunk","model":"m-1","id":"c-3"}

            """;

    /** The first bytes of a picture. */
    public static final byte[] PNG = {
        (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0, 1
    };

    private Captures() {}

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static Path write(Path folder, String name, String text) {
        return write(folder, name, bytes(text));
    }

    public static Path write(Path folder, String name, byte[] bytes) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    public static byte[] zstandard(byte[] bytes) {
        return Zstd.compress(bytes);
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
