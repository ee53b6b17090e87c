package io.phaseline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.phaseline.bytes.Slice;
import io.phaseline.event.Place;
import io.phaseline.event.StreamListener;
import io.phaseline.event.ToolChange;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A listener that keeps nothing costs no memory: bytes allocated per frame, after warm-up, in every dialect. */
class AllocationTest {
    private static final int FRAMES = 2_000;
    private static final int ROUNDS = 10;

    /** Never the first of its stream, by its id: that one is read by itself each time the input comes again. */
    private static String dashScope(int i) {
        return """
                id:%d
                event:result
                :HTTP_STATUS/200
                data:{"output":{"choices":[{"message":{"content":"字%d","reasoning_content":"","role":"assistant"},\
                "finish_reason":"null"}],"tool_info":[{"code_interpreter":{"code":"print(%s)"},"type":"code_interpreter"}]},\
                "usage":{"total_tokens":%d,"output_tokens":%d,"input_tokens":5,"output_tokens_details":{"reasoning_tokens":2},\
                "plugins":{"code_interpreter":{"count":1}}},"request_id":"a1-b2"}

                """.formatted(i + 1, i, "1+1", i + 5, i);
    }

    private static String chat(int i) {
        return """
                data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"m",\
                "choices":[{"index":0,"delta":{"content":"word %d"},"finish_reason":null}],"usage":null}

                """.formatted(i);
    }

    private static String responses(int i) {
        return """
                event: response.output_text.delta
                data: {"type":"response.output_text.delta","sequence_number":%d,"item_id":"msg_1","output_index":0,\
                "content_index":0,"delta":"word %d","obfuscation":"xyz%d"}

                """.formatted(i, i, i);
    }

    static Stream<Arguments> dialects() {
        StringBuilder dashScope = new StringBuilder();
        StringBuilder chat = new StringBuilder();
        StringBuilder responses = new StringBuilder();
        for (int i = 1; i <= FRAMES; i++) {
            dashScope.append(dashScope(i));
            chat.append(chat(i));
            responses.append(responses(i));
        }
        return Stream.of("dashscope", "chat", "responses")
                .flatMap(name -> Stream.of(16, 64, 500, 16_384)
                        .map(size -> Arguments.of(
                                name,
                                size,
                                (name.equals("dashscope") ? dashScope : name.equals("chat") ? chat : responses)
                                        .toString()
                                        .getBytes(UTF_8))));
    }

    @ParameterizedTest(name = "{0}, {1} bytes at a time")
    @MethodSource("dialects")
    void nothingIsAllocatedPerFrame(String name, int size, byte[] stream) {
        nothingIsAllocated(parser -> {
            for (int at = 0; at < stream.length; at += size) {
                parser.feed(stream, at, Math.min(size, stream.length - at));
            }
        });
    }

    @ParameterizedTest(name = "{0}, {1} direct bytes at a time")
    @MethodSource("dialects")
    void nothingIsAllocatedPerFrameOfDirectMemory(String name, int size, byte[] stream) {
        ByteBuffer direct = ByteBuffer.allocateDirect(stream.length).put(stream);
        nothingIsAllocated(parser -> {
            for (int at = 0; at < stream.length; at += size) {
                parser.feed(direct.limit(Math.min(at + size, stream.length)).position(at));
            }
        });
    }

    @ParameterizedTest(name = "{0}, a frame at a time")
    @MethodSource("dialects")
    void nothingIsAllocatedForAFrameByItself(String name, int size, byte[] stream) {
        Assumptions.assumeTrue(size == 16);
        int[] ends = frameEnds(stream);
        ByteBuffer direct = ByteBuffer.allocateDirect(stream.length).put(stream);
        nothingIsAllocated(parser -> {
            int at = 0;
            for (int end : ends) {
                parser.feed(stream, at, end - at);
                at = end;
            }
        });
        nothingIsAllocated(parser -> {
            int at = 0;
            for (int end : ends) {
                parser.feed(direct.limit(end).position(at));
                at = end;
            }
        });
    }

    private static int[] frameEnds(byte[] stream) {
        return IntStream.rangeClosed(2, stream.length)
                .filter(i -> stream[i - 1] == '\n' && stream[i - 2] == '\n')
                .toArray();
    }

    private static void nothingIsAllocated(Consumer<StreamParser> feed) {
        long[] heard = new long[1];
        StreamParser parser = new StreamParser(new StreamListener() {
            @Override
            public void onContent(Place at, int choice, Slice delta) {
                heard[0] += delta.length();
            }

            @Override
            public void onTool(Place at, int choice, ToolChange change) {
                heard[0] += change.text().length();
            }
        });
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int round = 0; round < ROUNDS; round++) {
            feed.accept(parser);
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int round = 0; round < ROUNDS; round++) {
            feed.accept(parser);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(heard[0]).isPositive();
        // What remains is the measurement itself, and Jackson's number caches once in a while.
        assertThat((double) allocated / (FRAMES * ROUNDS)).isLessThan(1.0);
    }
}
