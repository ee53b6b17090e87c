package io.phaseline.replay.stats;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.phaseline.event.UsageField;
import io.phaseline.replay.json.JsonLines;
import io.phaseline.replay.json.ResultLines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class WritersTest {
    private static final List<StreamRecord> RUN = Recorded.run();

    private static String printed(Consumer<ByteArrayOutputStream> writer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.accept(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Totals totals(List<StreamRecord> records) {
        Totals totals = new Totals(TotalsLimits.DEFAULT);
        records.forEach(totals::add);
        return totals;
    }

    @Test
    void aLineIsTheResultAndThenStats() {
        String results = printed(out -> {
            ResultLines lines = new ResultLines(new JsonLines(out));
            RUN.forEach(record -> lines.write(record.origin().source(), record.result()));
        });
        String lines = printed(out -> RUN.forEach(new RecordLines(out, true)::write));

        assertThat(lines.lines().map(line -> line.substring(0, line.lastIndexOf(",\"stats\":{")) + "}"))
                .isEqualTo(results.lines().toList());
    }

    @Test
    void withoutTextsNothingTheModelWroteIsLeft() {
        String stream = """
                data: {"id":"c","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{"content":"SECRET","reasoning_content":"SECRET","tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"f","arguments":"SECRET"}}]}},{"index":1,"delta":{"content":"SECRET","refusal":"SECRET"}}]}

                """;
        StreamRecord record = Recorded.records(stream).get(0);
        assertThat(printed(out -> new RecordLines(out, true).write(record))).contains("SECRET");
        assertThat(printed(out -> new RecordLines(out, false).write(record)))
                .doesNotContain("SECRET")
                .contains("\"toolCalls\":[{\"index\":0,\"type\":\"function\",\"id\":\"call_1\",\"name\":\"f\"}]");
    }

    @Test
    void everyLineOfJsonIsWhole() throws IOException {
        String lines = printed(out -> {
            RUN.forEach(new RecordLines(out, true)::write);
            TotalsJson.write(out, totals(RUN), new RunFacts(1, 0, 1, List.of("\uD800")));
        });
        for (String line : lines.lines().toList()) {
            try (JsonParser json = new JsonFactory().createParser(line)) {
                int depth = 0;
                for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                    depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                }
                assertThat(depth).isZero();
            }
        }
    }

    /** RFC 4180, section 2. */
    private static List<List<String>> parsed(String csv) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < csv.length(); i++) {
            char c = csv.charAt(i);
            if (quoted && c == '"' && i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
                field.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == '\n')) {
                row.add(field.toString());
                field.setLength(0);
                if (c == '\n') {
                    rows.add(row);
                    row = new ArrayList<>();
                }
            } else if (quoted || c != '\r') {
                field.append(c);
            }
        }
        assertThat(quoted || field.length() > 0).isFalse();
        return rows;
    }

    @Test
    void aRowOfCsvHoldsWhatTheRecordHolds() {
        StreamRecord odd = RUN.get(0).at(new Origin(0, "a,\"b\"\r\nc", 0), 0, 0);
        List<StreamRecord> records = new ArrayList<>(RUN);
        records.add(odd);
        List<List<String>> rows = parsed(printed(out -> {
            RecordTable table = new RecordTable(out);
            table.header();
            records.forEach(table::write);
        }));
        List<String> heads = rows.get(0);
        assertThat(rows).hasSize(records.size() + 1).allMatch(row -> row.size() == heads.size());
        for (int i = 0; i < records.size(); i++) {
            StreamRecord record = records.get(i);
            List<String> row = rows.get(i + 1);
            assertThat(row.get(heads.indexOf("source")))
                    .isEqualTo(record.origin().source());
            assertThat(row.get(heads.indexOf("frames")))
                    .isEqualTo(Long.toString(record.result().frames()));
            long output = record.usage(UsageField.OUTPUT_TOKENS);
            assertThat(row.get(heads.indexOf("outputTokens"))).isEqualTo(output < 0 ? "" : Long.toString(output));
            assertThat(row.get(heads.indexOf("timeToFirstFrameNanos"))).isEmpty();
        }
    }

    @Test
    void theSummaryIsForPeople() {
        String reply = """
                data: {"id":"c","object":"chat.completion.chunk","model":"m\\u001b[31m","choices":[{"index":0,"delta":{"reasoning_content":"think"}}]}

                data: {"id":"c","object":"chat.completion.chunk","model":"m\\u001b[31m","choices":[{"index":0,"delta":{"content":"yes"},"finish_reason":"stop"}]}

                data: {"id":"c","object":"chat.completion.chunk","model":"m\\u001b[31m","choices":[],"usage":{"prompt_tokens":1000,"completion_tokens":8}}

                data: [DONE]

                """;
        List<StreamRecord> records = Recorded.records(reply);
        String summary = printed(out -> SummaryText.write(out, totals(records), new RunFacts(1, 0, 500, List.of())));
        assertThat(summary).isEqualTo("""
                Inputs       1
                Streams      1: completed 1, failed 0, truncated 0
                Frames       4
                Bytes        434
                Tokens       input 1,000, output 8
                Tool calls   none
                Code rounds  0
                Finished by  stop 1
                Errors       none
                Anomalies    none

                Phases     streams  times  tokens          frames          bytes
                THINKING         1      1      ~5  62.5 %       1  25.0 %    135  31.1 %
                RESPONSE         1      1      ~3  37.5 %       1  25.0 %    146  33.6 %
                COMPLETED        1      1       0   0.0 %       2  50.0 %    153  35.3 %

                Of each stream   mean    p50    p90    p99    max
                frames              4      4      4      4      4
                bytes             434    434    434    434    434
                input tokens    1,000  1,000  1,000  1,000  1,000
                output tokens       8      8      8      8      8

                All of chat, m\uFFFD[31m.
                """);
    }

    @Test
    void totalsOfNothingCanBePrinted() {
        assertThat(printed(out -> SummaryText.write(out, totals(List.of()), new RunFacts(2, 1, 0, List.of()))))
                .startsWith("Inputs       2, not readable 1\nStreams      0: ");
    }
}
