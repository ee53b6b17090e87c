package io.phaseline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShowCommandTest {
    @TempDir
    Path folder;

    @Test
    void aPipeGetsPlainText() {
        assertThat(Run.piping(Captures.NATIVE, "show").out())
                .isEqualTo("""
                        == Thinking Process ==
                        Six by seven.

                        == Tool Information ==
                        [1] code_interpreter (Python)
                            a = 6
                            print(a*7)

                        == Thinking Process ==
                        42; halve it.

                        == Tool Information ==
                        [2] code_interpreter (Python)
                            42 / 2

                        == Complete Response ==
                        It is 21.

                        == Usage ==
                        input 30, output 7, total 37, reasoning 4, code interpreter calls 2

                        Completed: stop (dashscope, 7 frames, %,d bytes)
                        """.formatted(Captures.bytes(Captures.NATIVE).length));
    }

    @Test
    void outputsAreShownAsOutput() {
        assertThat(Run.piping(Captures.RESPONSES, "show").out()).startsWith("""
                        == Tool Information ==
                        [1] code_interpreter (Python)
                            print(6*7)
                            output:
                            42

                        == Complete Response ==
                        42

                        == Usage ==
                        input 20, output 8, total 28

                        Completed: completed (responses, m-2, 5 frames,""");
    }

    @Test
    void functionCallsShowNameAndArguments() {
        assertThat(Run.piping(Captures.CALL, "show").out()).startsWith("""
                        == Tool Information ==
                        [1] function weather
                            {"city":"京都"}

                        Completed: tool_calls (chat, m-1, 4 frames,""");
    }

    @Test
    void codeThatGrowsIsShownWhole() {
        String growing = """
                data:{"output":{"choices":[],"tool_info":[{"code_interpreter":{"code":"pri"},"type":"code_interpreter"}]},"request_id":"r"}

                data:{"output":{"choices":[],"tool_info":[{"code_interpreter":{"code":"print(1)"},"type":"code_interpreter"}]},"request_id":"r"}

                data:{"output":{"choices":[{"message":{"content":"1"},"finish_reason":"stop"}]},"request_id":"r"}

                """;

        assertThat(Run.piping(growing, "show").out()).startsWith("""
                        == Tool Information ==
                        [1] code_interpreter (Python)
                            print(1)

                        == Complete Response ==
                        1
                        """);
    }

    @Test
    void codeThatComesLateIsShownWhereItComes() {
        String late = """
                data:{"output":{"choices":[],"tool_info":[{"code_interpreter":{"code":""},"type":"code_interpreter"}]},"request_id":"r"}

                data:{"output":{"choices":[{"message":{"content":"","reasoning_content":"Hm."},"finish_reason":"null"}]},"request_id":"r"}

                data:{"output":{"choices":[],"tool_info":[{"code_interpreter":{"code":"1"},"type":"code_interpreter"}]},"request_id":"r"}

                data:{"output":{"choices":[],"tool_info":[{"code_interpreter":{"code":"2"},"type":"code_interpreter"}]},"request_id":"r"}

                """;

        assertThat(Run.piping(late, "show").out()).startsWith("""
                        == Tool Information ==
                        [1] code_interpreter (Python)
                            (no code)

                        == Thinking Process ==
                        Hm.

                        == Tool Information ==
                        [1] code_interpreter (Python), changed
                            2

                        Truncated: the input ended before the reply did (dashscope, 4 frames, \
                        """.strip());
    }

    @Test
    void aTerminalGetsRulesGuttersAndColours() {
        Path file = Captures.write(folder, "a.sse", Captures.CALL);
        Run plain = Run.inTerminal(Map.of("NO_COLOR", "1"), "show", file);
        Run coloured = Run.inTerminal(Map.of(), "show", file);

        assertThat(plain.out()).startsWith("""
                        ── Tool Information ────────────────────
                        [1] function weather
                          │ {"city":"京都"}

                        Completed: tool_calls""");
        assertThat(coloured.out()).contains("\u001B[1;36mTool Information\u001B[0m");
        assertThat(coloured.out().replaceAll("\u001B\\[[0-9;]*m", "")).isEqualTo(plain.out());
    }

    @Test
    void coloursCanBeForcedAndForbidden() {
        Path file = Captures.write(folder, "a.sse", Captures.CHAT);

        assertThat(Run.inTerminal(Map.of("TERM", "dumb"), "show", file).out()).doesNotContain("\u001B");
        assertThat(Run.inTerminal(Map.of(), "show", "--color", "never", file).out())
                .doesNotContain("\u001B");
        assertThat(Run.of("show", "--color", "always", file).out()).contains("\u001B[");
        assertThat(Run.of("show", file).out()).doesNotContain("\u001B");
    }

    @Test
    void aModelCannotCommandTheTerminal() {
        Path file = Captures.write(
                folder,
                "a.sse",
                "data: {\"id\":\"c\",\"choices\":[{\"delta\":{\"content\":\"\\u001b[2J\\u009b1m\\u0007京\\r\\n\"},\"finish_reason\":\"stop\"}]}\n\n");

        assertThat(Run.inTerminal(Map.of("NO_COLOR", "1"), "show", file).out())
                .contains("␛[2J\uFFFD1m␇京␍\n")
                .doesNotContain("\u001B", "\u009B", "\u0007");
    }

    @Test
    void severalInputsAndStreamsHaveHeadings() {
        Path a = Captures.write(folder, "a.sse", Captures.CHAT + Captures.CALL);
        Path b = Captures.write(folder, "b.sse", Captures.RESPONSES);

        assertThat(Run.of("show", a, b).out())
                .contains(
                        "==> " + a + " <==\n\n== Thinking",
                        "\n\n==> " + a + ", stream 2 <==\n",
                        "\n\n==> " + b + " <==\n");
        assertThat(Run.of("show", a).out()).startsWith("== Thinking").contains("\n\n==> stream 2 <==\n");
        assertThat(Run.of("show", b).out()).doesNotContain("==>");
    }

    @Test
    void errorsAreToldWhereTheyStand() {
        assertThat(Run.piping(Captures.REFUSED, "show").out())
                .startsWith(
                        "Error (server, InvalidParameter, HTTP 400, frame 1, byte 0): Role must be user\n\nFailed (");
    }

    @Test
    void otherChoicesWaitForTheEnd() {
        Run run = Run.piping("""
                data: {"id":"c","choices":[{"index":0,"delta":{"role":"assistant","content":"A1 "}},{"index":1,"delta":{"content":"B1 "}}]}

                data: {"id":"c","choices":[{"index":1,"delta":{"content":"B2"},"finish_reason":"stop"},{"index":0,"delta":{"content":"A2"},"finish_reason":"stop"}]}

                """, "show");

        assertThat(run.out()).startsWith("""
                        == Complete Response ==
                        A1 A2

                        == Complete Response (choice 1) ==
                        B1 B2

                        Completed""");
    }

    @Test
    void searchResultsAreListedOnce() {
        Run run = Run.piping("""
                data:{"output":{"choices":[{"message":{"content":""},"finish_reason":"null"}],"search_info":{"search_results":[{"index":1,"title":"Kyōto 京都","url":"https://example.org/k","site_name":null}]}},"request_id":"r"}

                data:{"output":{"choices":[{"message":{"content":"Yes."},"finish_reason":"stop"}],"search_info":{"search_results":[]}},"request_id":"r"}

                """, "show");

        assertThat(run.out()).startsWith("""
                        == Tool Information ==
                        search: 1 result
                            1. Kyōto 京都 <https://example.org/k>

                        == Complete Response ==
                        Yes.
                        """);
    }

    @Test
    void outputDoesNotDependOnChunks() {
        String all = Captures.NATIVE + Captures.CHAT + Captures.CALL + Captures.RESPONSES + Captures.REFUSED;
        String whole = Run.piping(all, "show").out();

        for (int chunk : new int[] {1, 2, 5, 4096}) {
            assertThat(Run.piping(all, "show", "--chunk", chunk).out()).isEqualTo(whole);
        }
    }
}
