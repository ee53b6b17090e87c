package io.phaseline.replay.report;

import io.phaseline.replay.stats.Origin;
import io.phaseline.replay.stats.Recorded;
import io.phaseline.replay.stats.RunFacts;
import io.phaseline.replay.stats.StreamLimits;
import io.phaseline.replay.stats.StreamRecord;
import io.phaseline.replay.stats.Totals;
import io.phaseline.replay.stats.TotalsLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A made-up day of recordings, the same each time: three dialects, rounds of code, errors, arrivals. */
final class SampleRun {
    private static final int STREAMS = 180;
    private static final long MILLI = 1_000_000;
    private static final List<String> CODES = List.of(
            "rate = 0.043\nbalance = 12_500 * (1 + rate) ** 9\nprint(round(balance, 2))",
            "from statistics import mean, stdev\nxs = [4.1, 4.4, 3.9, 4.8, 4.0]\nprint(mean(xs), stdev(xs))",
            "primes = [n for n in range(2, 200) if all(n % d for d in range(2, int(n ** 0.5) + 1))]\nprint(len(primes))");
    private static final String THOUGHT =
            "The balance grows once a year, so the factor has to be raised to the ninth power. I had better compute that exactly. ";
    private static final String ANSWER =
            "After nine years the balance is about 18,260: it grows by 4.3 % each year, and the interest earns interest itself. ";

    private final Random random = new Random(20261121);
    private final List<StreamRecord> records = new ArrayList<>();
    private Recorded recording = new Recorded();
    private long now;
    private int frame;
    private int tokens;
    private int reasoning;

    private SampleRun() {}

    static List<StreamRecord> records() {
        SampleRun run = new SampleRun();
        for (int i = 0; i < STREAMS; i++) {
            run.stream(i);
        }
        return run.records;
    }

    static Totals totals() {
        Totals totals = new Totals(TotalsLimits.DEFAULT);
        records().forEach(totals::add);
        return totals;
    }

    static RunFacts facts() {
        long bytes = records().stream().mapToLong(r -> r.result().bytes()).sum();
        return new RunFacts(STREAMS, 0, bytes, List.of());
    }

    private void stream(int number) {
        recording = new Recorded().request(now);
        frame = 0;
        tokens = 0;
        reasoning = 0;
        pause(350 + random.nextInt(500));
        int kind = random.nextInt(10);
        if (kind < 5) {
            dashScope("req-" + number, number);
        } else if (kind < 8) {
            chat("chatcmpl-" + number, random.nextBoolean() ? "qwen3.7-plus" : "qwen3.7-flash");
        } else {
            responses("resp-" + number);
        }
        StreamRecord record = recording.records(StreamLimits.EXCERPTS).get(0);
        String source = "captures/2026-11-21/%03d.sse".formatted(number);
        records.add(record.at(new Origin(number, source, number), 0, 0));
        now += 1_000 * MILLI;
    }

    private void pause(int millis) {
        now += millis * MILLI;
    }

    private void read(String bytes) {
        recording.read(now, bytes);
        pause(18 + random.nextInt(40));
    }

    /** Pieces of a text that goes on for a while. */
    private List<String> pieces(String text, int times) {
        List<String> pieces = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            int at = (i * 13) % (text.length() - 16);
            pieces.add(text.substring(at, at + 13));
        }
        return pieces;
    }

    private void dashScope(String id, int number) {
        if (number % 37 == 5) {
            read(
                    "id:1\nevent:error\n:HTTP_STATUS/429\ndata:{\"code\":\"Throttling.RateQuota\",\"message\":\"Requests rate limit exceeded, please try again later.\",\"request_id\":\"%s\"}\n\n"
                            .formatted(id));
            return;
        }
        String tools = "";
        int rounds = random.nextInt(4);
        think(id, tools, 12 + random.nextInt(25));
        for (int round = 0; round < rounds; round++) {
            String code = CODES.get(round % CODES.size()).replace("\n", "\\n");
            tools += (tools.isEmpty() ? "" : ",") + "{\"code_interpreter\":{\"code\":\"" + code
                    + "\"},\"type\":\"code_interpreter\"}";
            tokens += 40;
            frame(id, "", "", "null", tools);
            pause(500 + random.nextInt(1_600));
            think(id, tools, 6 + random.nextInt(14));
        }
        if (number % 41 == 7) {
            read(
                    "id:99\nevent:error\n:HTTP_STATUS/500\ndata:{\"code\":\"InternalError.Timeout\",\"message\":\"The code interpreter did not answer <in time> & was stopped.\",\"request_id\":\"%s\"}\n\n"
                            .formatted(id));
            return;
        }
        int length = 15 + random.nextInt(40);
        List<String> answer = pieces(ANSWER, number % 29 == 3 ? length / 2 : length);
        for (String piece : answer) {
            tokens += 3;
            frame(id, "", piece, "null", tools);
        }
        if (number % 29 != 3) {
            frame(id, "", "", "stop", tools);
        }
    }

    private void think(String id, String tools, int pieces) {
        for (String piece : pieces(THOUGHT, pieces)) {
            tokens += 3;
            reasoning += 3;
            frame(id, piece, "", "null", tools);
        }
    }

    private void frame(String id, String thought, String content, String finish, String tools) {
        String toolInfo = tools.isEmpty() ? "" : ",\"tool_info\":[" + tools + "]";
        read("""
                id:%d
                event:result
                :HTTP_STATUS/200
                data:{"output":{"choices":[{"message":{"content":"%s","reasoning_content":"%s","role":"assistant"},"finish_reason":"%s"}]%s},"usage":{"input_tokens":287,"output_tokens":%d,"total_tokens":%d,"output_tokens_details":{"reasoning_tokens":%d}},"request_id":"%s"}

                """.formatted(++frame, content, thought, finish, toolInfo, tokens, 287 + tokens, reasoning, id));
    }

    private void chat(String id, String model) {
        List<String> thoughts = pieces(THOUGHT, 10 + random.nextInt(20));
        List<String> answers = pieces(ANSWER, 12 + random.nextInt(30));
        thoughts.forEach(piece -> chunk(id, model, "{\"reasoning_content\":\"" + piece + "\"}", "null"));
        if (random.nextInt(5) == 0) {
            chunk(
                    id,
                    model,
                    "{\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"exchange_rate\",\"arguments\":\"{\\\"from\\\":\\\"EUR\\\"\"}}]}",
                    "null");
            chunk(
                    id,
                    model,
                    "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\",\\\"to\\\":\\\"CNY\\\"}\"}}]}",
                    "null");
            chunk(id, model, "{}", "\"tool_calls\"");
        } else {
            answers.forEach(piece -> chunk(id, model, "{\"content\":\"" + piece + "\"}", "null"));
            chunk(id, model, "{}", random.nextInt(12) == 0 ? "\"length\"" : "\"stop\"");
        }
        int thought = 3 * thoughts.size();
        read(
                "data: {\"id\":\"%s\",\"object\":\"chat.completion.chunk\",\"model\":\"%s\",\"choices\":[],\"usage\":{\"prompt_tokens\":120,\"completion_tokens\":%d,\"total_tokens\":%d,\"prompt_tokens_details\":{\"cached_tokens\":64},\"completion_tokens_details\":{\"reasoning_tokens\":%d}}}\n\ndata: [DONE]\n\n"
                        .formatted(
                                id, model, thought + 3 * answers.size(), 120 + thought + 3 * answers.size(), thought));
    }

    private void chunk(String id, String model, String delta, String finish) {
        read(
                "data: {\"id\":\"%s\",\"object\":\"chat.completion.chunk\",\"model\":\"%s\",\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}\n\n"
                        .formatted(id, model, delta, finish));
    }

    private void responses(String id) {
        event(
                "response.created",
                "\"response\":{\"id\":\"" + id + "\",\"model\":\"qwen3-max\",\"status\":\"queued\",\"output\":[]}");
        for (String piece : pieces(THOUGHT, 10 + random.nextInt(15))) {
            event(
                    "response.reasoning_summary_text.delta",
                    "\"item_id\":\"rs\",\"output_index\":0,\"summary_index\":0,\"delta\":\"" + piece + "\"");
        }
        event(
                "response.output_item.added",
                "\"output_index\":1,\"item\":{\"id\":\"ci\",\"type\":\"code_interpreter_call\",\"code\":\"\"}");
        pause(400 + random.nextInt(1_500));
        event(
                "response.output_item.done",
                "\"output_index\":1,\"item\":{\"id\":\"ci\",\"type\":\"code_interpreter_call\",\"code\":\"print(12_500 * 1.043 ** 9)\",\"outputs\":[{\"type\":\"logs\",\"logs\":\"18259.67\\n\"}]}");
        List<String> answer = pieces(ANSWER, 15 + random.nextInt(25));
        answer.forEach(piece -> event(
                "response.output_text.delta",
                "\"item_id\":\"m\",\"output_index\":2,\"content_index\":0,\"delta\":\"" + piece + "\""));
        int out = 80 + 3 * answer.size();
        event(
                "response.completed",
                "\"response\":{\"id\":\"%s\",\"model\":\"qwen3-max\",\"status\":\"completed\",\"output\":[],\"usage\":{\"input_tokens\":410,\"output_tokens\":%d,\"total_tokens\":%d,\"output_tokens_details\":{\"reasoning_tokens\":50}}}"
                        .formatted(id, out, 410 + out));
    }

    private void event(String type, String members) {
        read("event: %s\ndata: {\"type\":\"%s\",\"sequence_number\":%d,%s}\n\n"
                .formatted(type, type, frame++, members));
    }
}
