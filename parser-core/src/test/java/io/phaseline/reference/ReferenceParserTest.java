package io.phaseline.reference;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.phaseline.ParserOptions;
import io.phaseline.event.StreamEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The judge is tried by hand: each transcript here was written from the contract, not copied from an answer. */
class ReferenceParserTest {
    @Test
    void codeInterpreterEntersItsPhasesInOrder() {
        assertThat(transcript("""
                        id:1
                        event:result
                        :HTTP_STATUS/200
                        data:{"output":{"choices":[{"message":{"content":"","reasoning_content":"Let me","role":"assistant"},"finish_reason":"null"}]},"usage":{"input_tokens":3},"request_id":"r"}

                        data:{"output":{"choices":[{"message":{"content":""},"finish_reason":"null"}],"tool_info":[{"code_interpreter":{"code":""},"type":"code_interpreter"}]},"request_id":"r"}

                        data:{"output":{"choices":[{"message":{"reasoning_content":"So"}}],"tool_info":[{"type":"code_interpreter","code_interpreter":{"code":"1+1"}}]},"usage":{"input_tokens":9},"request_id":"r"}

                        data:{"output":{"choices":[{"message":{"content":[{"text":"Two"}]},"finish_reason":"stop"}]},"request_id":"r"}

                        """)).isEqualTo("""
                        1 started DASHSCOPE r -
                        1 phase THINKING
                        1 reasoning Let me
                        1 usage {inputTokens=3}
                        2 phase CODE_EXECUTION
                        2 ADDED 0 code_interpreter CODE \"\"
                        3 phase RESULT_INTEGRATION
                        3 reasoning So
                        3 phase CODE_EXECUTION
                        3 APPENDED 0 code_interpreter CODE "1+1"
                        3 usage {inputTokens=9}
                        4 phase RESPONSE
                        4 content Two
                        4 phase COMPLETED
                        4 finish stop
                        4 ended COMPLETED""");
    }

    @Test
    void fragmentsOfCallsAreRoutedByIdThenIndex() {
        assertThat(transcript("""
                        data: {"id":"c","model":"m","choices":[{"index":0,"delta":{"role":"assistant","tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":""}}]}}]}

                        data: {"id":"c","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"","function":{"arguments":"{"}},{"index":0,"id":"b","function":{"name":"g","arguments":{"x": 1}}}]}}]}

                        data: {"id":"c","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"","arguments":"{}"}}]},"finish_reason":"tool_calls"}]}

                        data: [DONE]

                        """)).isEqualTo("""
                        1 started CHAT c m
                        1 phase FUNCTION_CALL
                        1 ADDED 0 function ID "a"
                        1 APPENDED 0 function NAME "f"
                        1 APPENDED 0 function ARGUMENTS \"\"
                        2 APPENDED 0 function ARGUMENTS "{"
                        2 ADDED 1 function ID "b"
                        2 APPENDED 1 function NAME "g"
                        2 APPENDED 1 function ARGUMENTS "{"x": 1}"
                        3 APPENDED 0 function ARGUMENTS "}"
                        3 phase COMPLETED
                        3 finish tool_calls
                        4 ended COMPLETED""");
    }

    @Test
    void doneEventsAddNothingTwice() {
        assertThat(transcript("""
                        data: {"type":"response.created","response":{"id":"resp","model":"m"}}

                        data: {"type":"response.output_item.added","output_index":0,"item":{"type":"code_interpreter_call","id":"ci","code":"","outputs":null}}

                        data: {"type":"response.code_interpreter_call_code.delta","item_id":"ci","output_index":0,"delta":"1"}

                        data: {"type":"response.code_interpreter_call_code.done","item_id":"ci","output_index":0,"code":"1+1"}

                        data: {"type":"response.output_item.done","output_index":0,"item":{"type":"code_interpreter_call","id":"ci","code":"1+1","outputs":[{"type":"logs","logs":"2"}]}}

                        data: {"type":"response.output_text.delta","output_index":1,"delta":"Tw"}

                        data: {"type":"response.output_text.done","output_index":1,"text":"Two"}

                        data: {"type":"response.completed","response":{"id":"resp","output":[],"usage":{"output_tokens":4}}}

                        """)).isEqualTo("""
                        1 started RESPONSES resp m
                        2 phase CODE_EXECUTION
                        2 ADDED 0 code_interpreter ID "ci"
                        2 APPENDED 0 code_interpreter CODE \"\"
                        3 APPENDED 0 code_interpreter CODE "1"
                        4 APPENDED 0 code_interpreter CODE "+1"
                        5 APPENDED 0 code_interpreter OUTPUT "2"
                        5 COMPLETED 0 code_interpreter
                        6 phase RESPONSE
                        6 content Tw
                        7 content o
                        8 usage {outputTokens=4}
                        8 phase COMPLETED
                        8 finish completed
                        8 ended COMPLETED""");
    }

    @Test
    void aPairSplitOverDeltasIsOneCharacter() {
        assertThat(transcript("""
                        data: {"choices":[{"delta":{"content":"a\\ud83d"}}]}

                        data: {"choices":[{"delta":{"content":"\\ude00b\\ud83d"}}]}

                        """)).isEqualTo("""
                        1 started CHAT - -
                        1 phase RESPONSE
                        1 content a
                        2 content \uD83D\uDE00b
                        2 content \uFFFD
                        2 ended TRUNCATED""");
    }

    @Test
    void anErrorBodyIsNoStreamAndItsWordsAreKept() {
        assertThat(transcript("{\"code\":\"InvalidApiKey\",\"message\":\"No\",\"request_id\":\"r\"}"))
                .isEqualTo("""
                        0 started DASHSCOPE r -
                        0 phase FAILED
                        0 error NOT_A_STREAM InvalidApiKey No
                        0 ended FAILED""");
    }

    @Test
    void anErrorIsHeardInAnyDialect() {
        // DashScope's compatible mode puts its request_id beside OpenAI's error.
        assertThat(transcript("""
                        data: {"id":"c","model":"m","choices":[{"delta":{"content":"a"}}]}

                        data: {"error":{"message":"No","code":null,"type":"busy"},"request_id":"r"}

                        """)).isEqualTo("""
                        1 started CHAT c m
                        1 phase RESPONSE
                        1 content a
                        2 phase FAILED
                        2 error SERVER busy No
                        2 ended FAILED""");
    }

    @Test
    void halfAPairThatStaysAloneIsTextAndEntersItsPhase() {
        assertThat(transcript(
                        "data: {\"choices\":[{\"delta\":{\"content\":\"\\ud83d\"},\"finish_reason\":\"stop\"}]}\n\n"))
                .isEqualTo("""
                        1 started CHAT - -
                        1 phase RESPONSE
                        1 content \uFFFD
                        1 phase COMPLETED
                        1 finish stop
                        1 ended COMPLETED""");
    }

    @Test
    void aStreamWithoutAnyBlankLineIsRead() {
        assertThat(transcript("""
                        data: {"choices":[{"delta":{"content":"a"}}]}
                        data: {"choices":[{"delta":{"content":"b"}}]}
                        data: {"cho""")).isEqualTo("""
                        1 started CHAT - -
                        1 phase RESPONSE
                        1 content a
                        1 content b
                        1 error MALFORMED - -
                        1 ended TRUNCATED""");
    }

    @Test
    void aCutFrameAtTheEndIsMalformed() {
        assertThat(transcript("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\ndata: {\"choi"))
                .isEqualTo("""
                        1 started CHAT - -
                        1 phase RESPONSE
                        1 content a
                        2 error MALFORMED - -
                        1 ended TRUNCATED""");
    }

    @Test
    void nothingIsATruncatedStream() {
        assertThat(transcript("")).isEqualTo("0 started - - -\n0 ended TRUNCATED");
    }

    @Test
    void anEncodedSurrogateIsThreeReplacements() {
        byte[] bytes = {'a', (byte) 0xED, (byte) 0xA0, (byte) 0x80, 'b', (byte) 0xF0, (byte) 0x9F};
        assertThat(ReferenceUtf8.decode(bytes, 0, bytes.length)).isEqualTo("a\uFFFD\uFFFD\uFFFDb\uFFFD");
    }

    @Test
    void linesEndWithLfCrOrCrLf() {
        byte[] input = "\uFEFFdata:a\r\n:c\rdata: b\n\r\n\rid:7\ndata\n\n".getBytes(StandardCharsets.UTF_8);
        assertThat(ReferenceParser.frames(input, 100))
                .containsExactly(
                        new FrameEvent.Comment("c"),
                        new FrameEvent.Frame("", "", false, "a\nb", 2, "c", 3, true),
                        new FrameEvent.Frame("", "7", true, "", 1, "", 25, true));
    }

    @Test
    void numbersAreReadOnlyWhereTheyAreWhole() {
        assertThat(new ReferenceJson.Num("1.20e2").counter()).isEqualTo(120L);
        assertThat(new ReferenceJson.Num("9223372036854775807").counter()).isEqualTo(Long.MAX_VALUE);
        assertThat(new ReferenceJson.Num("9223372036854775808").counter()).isNull();
        assertThat(new ReferenceJson.Num("1e999999999").counter()).isNull();
        assertThat(new ReferenceJson.Num("0.5").counter()).isNull();
    }

    private static String transcript(String input) {
        byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
        List<StreamEvent> events = ReferenceParser.parse(bytes, ParserOptions.DEFAULT);
        return events.stream().map(ReferenceParserTest::line).collect(joining("\n"));
    }

    private static String line(StreamEvent event) {
        return event.at().frame() + " " + words(event);
    }

    private static String words(StreamEvent event) {
        if (event instanceof StreamEvent.Started started) {
            return "started " + orDash(started.dialect()) + " " + orDash(started.id()) + " " + orDash(started.model());
        } else if (event instanceof StreamEvent.PhaseEntered entered) {
            return "phase " + entered.phase();
        } else if (event instanceof StreamEvent.Reasoning reasoning) {
            return "reasoning " + reasoning.delta();
        } else if (event instanceof StreamEvent.Content content) {
            return "content " + content.delta();
        } else if (event instanceof StreamEvent.Tool tool) {
            String field = tool.field() == null ? "" : " " + tool.field() + " \"" + tool.text() + "\"";
            return tool.kind() + " " + tool.index() + " " + tool.tool() + field;
        } else if (event instanceof StreamEvent.UsageChanged usage) {
            return "usage " + usage.changed();
        } else if (event instanceof StreamEvent.Finished finished) {
            return "finish " + finished.reason();
        } else if (event instanceof StreamEvent.Failed failed) {
            return "error " + failed.error().kind() + " "
                    + orDash(failed.error().code()) + " "
                    + orDash(failed.error().message());
        } else if (event instanceof StreamEvent.Ended ended) {
            return "ended " + ended.outcome();
        }
        return event.toString();
    }

    private static String orDash(Object value) {
        return value == null || value.equals("") ? "-" : value.toString();
    }
}
