package io.phaseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.phaseline.adapter.LoopbackServer;
import io.phaseline.adapter.StreamBodies;
import io.phaseline.bytes.Slice;
import io.phaseline.event.Place;
import io.phaseline.event.StreamListener;
import io.phaseline.event.ToolChange;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README's example of embedding: what stands between the two marks stands there. */
class ReadmeExampleTest {
    private static final String REPLY = """
            id:1
            event:result
            :HTTP_STATUS/200
            data:{"output":{"choices":[{"message":{"content":"","reasoning_content":"Let me calculate.","role":"assistant"},"finish_reason":"null"}]},"usage":{"total_tokens":12,"output_tokens":3,"input_tokens":9},"request_id":"r1"}

            id:2
            event:result
            :HTTP_STATUS/200
            data:{"output":{"choices":[{"message":{"content":"","reasoning_content":"","role":"assistant"},"finish_reason":"null"}],"tool_info":[{"code_interpreter":{"code":"123**21"},"type":"code_interpreter"}]},"usage":{"total_tokens":12,"output_tokens":3,"input_tokens":9},"request_id":"r1"}

            id:3
            event:result
            :HTTP_STATUS/200
            data:{"output":{"choices":[{"message":{"content":"A large number.","reasoning_content":"","role":"assistant"},"finish_reason":"stop"}],"tool_info":[{"code_interpreter":{"code":"123**21"},"type":"code_interpreter"}]},"usage":{"total_tokens":20,"output_tokens":11,"input_tokens":9},"request_id":"r1"}

            """;

    private static HttpRequest question(URI endpoint, String apiKey) {
        return HttpRequest.newBuilder(endpoint)
                .header("Authorization", "Bearer " + apiKey)
                .header("Content-Type", "application/json")
                .header("X-DashScope-SSE", "enable")
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"model": "qwen3-max-preview",
                         "input": {"messages": [{"role": "user", "content": "What is 123 to the power of 21?"}]},
                         "parameters": {"result_format": "message", "incremental_output": true,
                                        "enable_thinking": true, "enable_code_interpreter": true}}"""))
                .build();
    }

    private static void print(HttpClient client, HttpRequest request, PrintStream out) throws Exception {
        // <readme>
        client.send(request, StreamBodies.listener(new StreamListener() {
            @Override
            public void onReasoning(Place at, int choice, Slice delta) {
                out.print(delta);
            }

            @Override
            public void onTool(Place at, int choice, ToolChange change) {
                out.println("\n[" + change.kind() + " " + change.tool() + "] " + change.text());
            }

            @Override
            public void onContent(Place at, int choice, Slice delta) {
                out.print(delta);
            }
        }));
        // </readme>
    }

    @Test
    void printsReasoningCodeAndAnswer() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        String request;
        try (LoopbackServer server = LoopbackServer.answering(200, body -> body.write(REPLY))) {
            print(
                    HttpClient.newHttpClient(),
                    question(server.uri(), "key"),
                    new PrintStream(printed, true, StandardCharsets.UTF_8));
            request = server.request.join();
        }

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .isEqualTo("Let me calculate.%n[ADDED code_interpreter] 123**21%nA large number.".formatted());
        assertThat(request)
                .startsWith("POST ")
                .containsIgnoringCase("x-dashscope-sse=[enable]")
                .contains("\"enable_code_interpreter\": true");
    }

    @Test
    void theReadmeShowsThisCode() throws Exception {
        String source = Files.readString(Path.of("src/test/java/io/phaseline/ReadmeExampleTest.java"));
        String shown = source.substring(source.indexOf("// <readme>\n") + 12, source.indexOf("// </readme>"))
                .stripIndent()
                .strip();
        assertThat(Files.readString(Path.of("..", "README.md"))).contains("```java\n" + shown + "\n```");
    }
}
