package io.phaseline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultCommandTest {
    @TempDir
    Path folder;

    @Test
    void aNativeStreamIsOneObject() {
        Run run = Run.piping(Captures.NATIVE, "result");

        assertThat(run.out()).isEqualTo("""
                        {"source":"-","stream":1,"dialect":"dashscope","id":"r-1","model":null,"outcome":"completed",\
                        "phases":["THINKING","CODE_EXECUTION","RESULT_INTEGRATION","CODE_EXECUTION","RESPONSE","COMPLETED"],\
                        "reasoning":"Six by seven.42; halve it.","content":"It is 21.","refusal":"",\
                        "toolCalls":[\
                        {"index":0,"type":"code_interpreter","id":null,"name":null,"code":"a = 6\\nprint(a*7)","arguments":null,"output":null},\
                        {"index":1,"type":"code_interpreter","id":null,"name":null,"code":"42 / 2","arguments":null,"output":null}],\
                        "finishReason":"stop",\
                        "usage":{"inputTokens":30,"outputTokens":7,"totalTokens":37,"reasoningTokens":4,"cachedTokens":null,"codeInterpreterCalls":2},\
                        "errors":[],"frames":7,"bytes":%d}
                        """.formatted(Captures.bytes(Captures.NATIVE).length));
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
    }

    @Test
    void textIsWrittenAsItIs() {
        assertThat(Run.piping(Captures.CHAT, "result").out())
                .contains("\"model\":\"m-1\"", "\"reasoning\":\"六乘七\"", "\"content\":\"四十二 😀\"", "\"cachedTokens\":8");
    }

    @Test
    void aFunctionCallKeepsItsArgumentsAsText() {
        Run run = Run.piping(Captures.CALL, "result");

        assertThat(run.out())
                .contains("{\"index\":0,\"type\":\"function\",\"id\":\"call_1\",\"name\":\"weather\",\"code\":null,"
                        + "\"arguments\":\"{\\\"city\\\":\\\"京都\\\"}\",\"output\":null}")
                .contains("\"finishReason\":\"tool_calls\",\"usage\":null");
        assertThat(run.status()).isZero();
    }

    @Test
    void severalChoicesAreListed() {
        Run run = Run.piping("""
                data: {"id":"c","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"A"},"finish_reason":null},{"index":1,"delta":{"content":"B"},"finish_reason":null}]}

                data: {"id":"c","model":"m","choices":[{"index":1,"delta":{},"finish_reason":"length"},{"index":0,"delta":{},"finish_reason":"stop"}]}

                """, "result");

        assertThat(run.out())
                .contains("\"content\":\"A\"")
                .contains("\"choices\":[{\"index\":0,\"reasoning\":\"\",\"content\":\"A\",\"finishReason\":\"stop\"},"
                        + "{\"index\":1,\"reasoning\":\"\",\"content\":\"B\",\"finishReason\":\"length\"}]");
    }

    @Test
    void aRefusedRequestFails() {
        Run run = Run.piping(Captures.REFUSED, "result");

        assertThat(run.out())
                .contains("\"outcome\":\"failed\"")
                .contains(
                        "\"errors\":[{\"kind\":\"server\",\"code\":\"InvalidParameter\",\"message\":\"Role must be user\","
                                + "\"httpStatus\":400,\"frame\":1,\"offset\":0}]");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void aCutStreamIsTruncated() {
        Run run = Run.piping(Captures.CUT, "result");

        assertThat(run.out())
                .contains("\"outcome\":\"truncated\",\"phases\":[\"RESPONSE\"]")
                .contains("\"finishReason\":null,\"usage\":null,\"errors\":[]");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void oneInputMayHoldManyStreams() {
        Run run = Run.piping(Captures.NATIVE + Captures.CHAT, "result");

        assertThat(run.out().lines()).hasSize(2);
        assertThat(run.out()).contains("\"stream\":1,\"dialect\":\"dashscope\"", "\"stream\":2,\"dialect\":\"chat\"");
        assertThat(run.status()).isZero();
    }

    @Test
    void anInputWithoutAFrameGivesOneObjectWhenNamed() {
        Path empty = Captures.write(folder, "empty.sse", "");
        Path picture = Captures.write(folder, "picture.png", Captures.PNG);
        Path body = Captures.write(folder, "body.json", "{\"code\":\"InvalidApiKey\",\"message\":\"No key.\"}");

        Run nothing = Run.of("result", empty);
        assertThat(nothing.out())
                .contains("\"outcome\":\"truncated\"", "\"dialect\":null", "\"frames\":0,\"bytes\":0}");
        assertThat(nothing.status()).isEqualTo(1);

        Run png = Run.of("result", picture);
        assertThat(png.out()).contains("\"outcome\":\"truncated\"", "\"frames\":0,\"bytes\":20}");
        assertThat(png.status()).isEqualTo(1);

        Run json = Run.of("result", body);
        assertThat(json.out())
                .contains("\"outcome\":\"failed\"", "\"kind\":\"not-a-stream\",\"code\":\"InvalidApiKey\"");
        assertThat(json.status()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 64, 1000, 1 << 22})
    void outputDoesNotDependOnChunks(int chunk) {
        String all = Captures.NATIVE + Captures.CHAT + Captures.CALL + Captures.RESPONSES + Captures.REFUSED;
        String whole = Run.piping(all, "result").out();

        assertThat(whole.lines()).hasSize(5);
        assertThat(Run.piping(all, "result", "--chunk", chunk).out()).isEqualTo(whole);
    }
}
