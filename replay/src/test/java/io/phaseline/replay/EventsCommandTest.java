package io.phaseline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsCommandTest {
    @TempDir
    Path folder;

    @Test
    void eachEventIsALine() {
        Run run = Run.piping(Captures.RESPONSES, "events");
        int second = Captures.RESPONSES.indexOf("event:response.output_item.added");
        int third = Captures.RESPONSES.indexOf("event:response.output_item.done");
        int fourth = Captures.RESPONSES.indexOf("event:response.output_text");
        int fifth = Captures.RESPONSES.indexOf("event:response.completed");

        assertThat(run.out()).isEqualTo("""
                        {"type":"started","stream":1,"frame":1,"offset":0,"dialect":"responses","id":"resp_1","model":"m-2"}
                        {"type":"phase","stream":1,"frame":2,"offset":%1$d,"phase":"CODE_EXECUTION","previous":null}
                        {"type":"tool","stream":1,"frame":2,"offset":%1$d,"change":"added","index":0,"tool":"code_interpreter","field":"id","delta":"ci_1"}
                        {"type":"tool","stream":1,"frame":2,"offset":%1$d,"change":"appended","index":0,"tool":"code_interpreter","field":"code","delta":""}
                        {"type":"tool","stream":1,"frame":3,"offset":%2$d,"change":"appended","index":0,"tool":"code_interpreter","field":"code","delta":"print(6*7)"}
                        {"type":"tool","stream":1,"frame":3,"offset":%2$d,"change":"appended","index":0,"tool":"code_interpreter","field":"output","delta":"42\\n"}
                        {"type":"tool","stream":1,"frame":3,"offset":%2$d,"change":"completed","index":0,"tool":"code_interpreter"}
                        {"type":"phase","stream":1,"frame":4,"offset":%3$d,"phase":"RESPONSE","previous":"CODE_EXECUTION"}
                        {"type":"content","stream":1,"frame":4,"offset":%3$d,"delta":"42"}
                        {"type":"usage","stream":1,"frame":5,"offset":%4$d,"inputTokens":20,"outputTokens":8,"totalTokens":28}
                        {"type":"phase","stream":1,"frame":5,"offset":%4$d,"phase":"COMPLETED","previous":"RESPONSE"}
                        {"type":"finish","stream":1,"frame":5,"offset":%4$d,"reason":"completed"}
                        {"type":"ended","stream":1,"frame":5,"offset":%4$d,"outcome":"completed"}
                        """.formatted(second, third, fourth, fifth));
        assertThat(run.status()).isZero();
    }

    @Test
    void aReplacedTextIsAValue() {
        String twice =
                Captures.NATIVE.replace("42 / 2", "21").lines().limit(24).reduce("", (a, b) -> a + b + "\n") + """
                id:6
                event:result
                :HTTP_STATUS/200
                data:{"output":{"choices":[],"tool_info":[{"code_interpreter":{"code":"other"},"type":"code_interpreter"}]},"request_id":"r-1"}

                """;

        assertThat(Run.piping(twice, "events").out())
                .contains(
                        "\"change\":\"replaced\",\"index\":0,\"tool\":\"code_interpreter\",\"field\":\"code\",\"value\":\"other\"}")
                .contains("\"type\":\"anomaly\"");
    }

    @Test
    void anErrorHasItsMembersAndNoPlaceTwice() {
        assertThat(Run.piping(Captures.REFUSED, "events").out())
                .contains("{\"type\":\"error\",\"stream\":1,\"frame\":1,\"offset\":0,\"kind\":\"server\","
                        + "\"code\":\"InvalidParameter\",\"message\":\"Role must be user\",\"httpStatus\":400}\n")
                .endsWith("{\"type\":\"ended\",\"stream\":1,\"frame\":1,\"offset\":0,\"outcome\":\"failed\"}\n");
    }

    @Test
    void anotherChoiceIsTold() {
        Run run = Run.piping(
                "data: {\"id\":\"c\",\"choices\":[{\"index\":1,\"delta\":{\"content\":\"B\"},\"finish_reason\":\"stop\"}]}\n\n",
                "events");

        assertThat(run.out()).contains("\"offset\":0,\"choice\":1,\"delta\":\"B\"}");
    }

    @Test
    void severalFilesTellTheirSourceLast() {
        Path a = Captures.write(folder, "a.sse", Captures.CHAT);
        Path b = Captures.write(folder, "b.sse", Captures.CALL);

        assertThat(Run.of("events", a, b).out().lines())
                .allMatch(line -> line.startsWith("{\"type\":\""))
                .allMatch(line ->
                        line.endsWith(",\"source\":\"" + a + "\"}") || line.endsWith(",\"source\":\"" + b + "\"}"));
    }

    @Test
    void outputDoesNotDependOnChunks() {
        String all = Captures.NATIVE + Captures.CHAT + Captures.CALL + Captures.RESPONSES + Captures.REFUSED;
        String whole = Run.piping(all, "events").out();

        for (int chunk : new int[] {1, 2, 5, 4096}) {
            assertThat(Run.piping(all, "events", "--chunk", chunk).out()).isEqualTo(whole);
        }
    }
}
