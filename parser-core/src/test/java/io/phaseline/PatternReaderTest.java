package io.phaseline;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.phaseline.bytes.Slice;
import io.phaseline.bytes.Utf8;
import io.phaseline.event.Dialect;
import io.phaseline.event.EventRecorder;
import io.phaseline.event.Place;
import io.phaseline.event.StreamEvent;
import io.phaseline.event.StreamListener;
import io.phaseline.reference.ReferenceParser;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames that are read by comparing them with earlier ones are read as if each were read by itself. */
class PatternReaderTest {
    // How many frames match

    private enum Fixture {
        DASHSCOPE(10, 20) {
            @Override
            String frame(int i) {
                String texts = i < 40
                        ? "\"content\":\"\",\"reasoning_content\":\"想" + i + "\""
                        : "\"content\":\"说" + i + "\",\"reasoning_content\":\"\"";
                String tools = i < 20
                        ? ""
                        : ",\"tool_info\":[{\"code_interpreter\":{\"code\":\"" + "1+".repeat(Math.min(i, 30) - 20)
                                + "1\"},\"type\":\"code_interpreter\"}]";
                String count = i < 20 ? "" : ",\"plugins\":{\"code_interpreter\":{\"count\":1}}";
                return "id:" + i + "\nevent:result\n:HTTP_STATUS/200\ndata:{\"output\":{\"choices\":[{\"message\":{"
                        + texts
                        + ",\"role\":\"assistant\"},\"finish_reason\":\"" + (i == FRAMES ? "stop" : "null") + "\"}]"
                        + tools + "},\"usage\":{\"total_tokens\":" + (i + 287) + ",\"output_tokens\":" + i
                        + ",\"input_tokens\":287,\"output_tokens_details\":{\"reasoning_tokens\":"
                        + Math.min(i, 40) + "}" + count + "},\"request_id\":\"a1-b2\"}\n\n";
            }
        },
        CHAT(8, 60) {
            @Override
            String frame(int i) {
                String head =
                        "\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\"";
                int choice = i / 2 % 2;
                String delta = i < 40
                        ? "{\"content\":null,\"reasoning_content\":\"r" + i + "\"}"
                        : "{\"content\":\" word" + i + "\",\"reasoning_content\":null}";
                String reason = i > FRAMES - 4 && i % 2 == 0 ? "\"stop\"" : "null";
                String choices = i % 2 == 0
                        ? "\"choices\":[{\"index\":" + choice + ",\"delta\":" + delta + ",\"finish_reason\":" + reason
                                + "}]"
                        : "\"choices\":[{\"delta\":" + delta + ",\"logprobs\":{\"content\":[{\"token\":\"t" + i
                                + "\",\"logprob\":-0." + i + "}]},\"finish_reason\":" + reason + ",\"index\":" + choice
                                + "}]";
                return "data: {" + (i % 2 == 0 ? head + "," + choices : choices + "," + head) + ",\"usage\":null}\n\n";
            }
        },
        RESPONSES(8, 20) {
            @Override
            String frame(int i) {
                String type;
                String what;
                if (i < 30) {
                    type = "response.reasoning_text.delta";
                    what = "\"item_id\":\"rs_1\",\"output_index\":0,\"content_index\":0,\"delta\":\"r" + i + "\"";
                } else if (i < 60) {
                    type = "response.code_interpreter_call_code.delta";
                    what = "\"output_index\":1,\"item_id\":\"ci_1\",\"delta\":\"1+\",\"obfuscation\":\""
                            + "x".repeat(i % 7) + "\"";
                } else {
                    type = i % 2 == 0 ? "response.output_text.delta" : "response.refusal.delta";
                    what = "\"item_id\":\"msg_1\",\"output_index\":2,\"content_index\":0,\"delta\":\"w\\n" + i
                            + "\",\"logprobs\":[]";
                }
                return "event: " + type + "\ndata: {\"type\":\"" + type + "\",\"sequence_number\":" + i + "," + what
                        + "}\n\n";
            }
        };

        static final int FRAMES = 100;

        /** How many frames are read in the ordinary way at most. */
        final int ordinary;

        /** The same where inputs are of 16 bytes. */
        final int ordinaryOfDrops;

        Fixture(int ordinary, int ordinaryOfDrops) {
            this.ordinary = ordinary;
            this.ordinaryOfDrops = ordinaryOfDrops;
        }

        abstract String frame(int i);

        List<byte[]> frames(int from, int to, String lineEnd) {
            List<byte[]> frames = new ArrayList<>();
            for (int i = from; i <= to; i++) {
                frames.add(frame(i).replace("\n", lineEnd).getBytes(UTF_8));
            }
            return frames;
        }
    }

    private static final ByteBuffer DIRECT = ByteBuffer.allocateDirect(1 << 20);

    private static byte[] join(List<byte[]> frames) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        frames.forEach(out::writeBytes);
        return out.toByteArray();
    }

    static Stream<Arguments> fixtures() {
        return Stream.of(Fixture.values())
                .flatMap(fixture -> Stream.of("\n", "\r\n", "\r").map(end -> Arguments.of(fixture, end)));
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void nearlyAllFramesMatch(Fixture fixture, String lineEnd) {
        List<byte[]> frames = fixture.frames(1, Fixture.FRAMES, lineEnd);
        byte[] whole = join(frames);
        List<StreamEvent> plain = plain(whole, ParserOptions.DEFAULT);
        for (boolean direct : new boolean[] {false, true}) {
            assertThat(matched(frames, direct, plain)).isGreaterThanOrEqualTo(Fixture.FRAMES - fixture.ordinary);
            for (int size : new int[] {16 << 10, 1000, 16}) {
                // A value that is skipped and no string does not match where an input ends in it: every second
                // frame of CHAT has one that is longer than 16 bytes.
                int missed =
                        size == 16 ? fixture.ordinaryOfDrops : size == 1000 ? 3 * fixture.ordinary : fixture.ordinary;
                assertThat(matched(cut(whole, size), direct, plain))
                        .as("%s bytes at a time", size)
                        .isGreaterThanOrEqualTo(Fixture.FRAMES - missed);
            }
        }
    }

    private static long matched(List<byte[]> inputs, boolean direct, List<StreamEvent> expected) {
        List<StreamEvent> events = new ArrayList<>();
        StreamParser parser = new StreamParser(new EventRecorder(events::add));
        inputs.forEach(input -> feed(parser, input, direct));
        parser.finish();
        assertThat(events).containsExactlyElementsOf(expected);
        return parser.framesMatched();
    }

    private static void feed(StreamParser parser, byte[] input, boolean direct) {
        if (direct) {
            // One buffer for all inputs, as callers do: nothing may still be read from what was only lent.
            ByteBuffer buffer = DIRECT.clear().put(input).flip();
            parser.feed(buffer);
            for (int i = 0; i < input.length; i++) {
                buffer.put(i, (byte) '!');
            }
        } else {
            parser.feed(input);
        }
    }

    private static List<byte[]> cut(byte[] whole, int size) {
        List<byte[]> inputs = new ArrayList<>();
        for (int at = 0; at < whole.length; at += size) {
            inputs.add(java.util.Arrays.copyOfRange(whole, at, Math.min(at + size, whole.length)));
        }
        return inputs;
    }

    @Test
    void aParserThatDoesNotLearnMatchesNothing() {
        StreamParser parser = new StreamParser(ParserOptions.DEFAULT, new StreamListener() {}, false);
        parser.feed(join(Fixture.CHAT.frames(1, 20, "\n")));
        assertThat(parser.framesMatched()).isZero();
    }

    // One byte

    @ParameterizedTest
    @EnumSource(Fixture.class)
    void oneOtherByteIsReadAsIfNothingHadBeenLearnt(Fixture fixture) {
        for (String lineEnd : new String[] {"\n", "\r\n", "\r"}) {
            String odd = lineEnd.equals("\n") ? "x\"\\01- \n\r,}\0\u0080\u00E5" : "1\n\r";
            changeOneByte(fixture, lineEnd, odd.getBytes(ISO_8859_1));
        }
    }

    /** Each byte of a frame among its like is replaced, left out, or gets one before it. */
    private static void changeOneByte(Fixture fixture, String lineEnd, byte[] odd) {
        Twins twins = new Twins(ParserOptions.DEFAULT);
        List<byte[]> frames = fixture.frames(29, 33, lineEnd);
        byte[] before = join(frames.subList(0, 2));
        byte[] frame = frames.get(2);
        byte[] after = join(frames.subList(3, 5));
        for (int at = 0; at < frame.length; at++) {
            for (int k = 0; k <= 2 * odd.length; k++) {
                if (k % 2 == 1 && (at + k / 2) % 3 != 0) {
                    // Of the bytes that come in addition a third is enough.
                    continue;
                }
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                out.writeBytes(before);
                out.write(frame, 0, at);
                if (k < 2 * odd.length) {
                    out.write(odd[k / 2]);
                }
                int from = k % 2 == 0 ? at + 1 : at;
                out.write(frame, from, frame.length - from);
                out.writeBytes(after);
                twins.agree(out.toByteArray());
            }
        }
        assertThat(twins.framesMatched).isPositive();
    }

    /** A parser that learns and one that does not, both used again and again. */
    private static final class Twins {
        private final ParserOptions options;
        private final List<StreamEvent> learnt = new ArrayList<>();
        private final List<StreamEvent> read = new ArrayList<>();
        private final StreamParser learning;
        private final StreamParser reading;
        private int turn;
        long framesMatched;

        Twins(ParserOptions options) {
            this.options = options;
            learning = new StreamParser(options, new EventRecorder(learnt::add));
            reading = new StreamParser(options, new EventRecorder(read::add), false);
        }

        void agree(byte[] input) {
            reading.reset();
            read.clear();
            reading.feed(input);
            reading.finish();
            learning.reset();
            learnt.clear();
            int size = turn++ % 2 == 0 ? input.length : 7;
            for (int at = 0; at < input.length; at += size) {
                learning.feed(input, at, Math.min(size, input.length - at));
            }
            framesMatched += learning.framesMatched();
            learning.finish();
            if (!learnt.equals(read)) {
                assertThat(learnt)
                        .as("%s, %s bytes at a time:%n%s", options, size, new String(input, ISO_8859_1))
                        .containsExactlyElementsOf(read);
            }
        }
    }

    // Values

    private static String frames(String form, String... values) {
        StringBuilder out = new StringBuilder();
        for (String value : values) {
            out.append(form.replace("$", value)).append("\n\n");
        }
        return out.toString();
    }

    private static final String CHAT =
            "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":$},\"finish_reason\":null}]}";
    private static final String OUTPUT =
            "data:{\"output\":{\"choices\":[{\"message\":{\"content\":\"a\"},\"finish_reason\":\"null\"}],$},\"request_id\":\"r\"}";
    private static final String USAGE =
            "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[],\"usage\":{\"prompt_tokens\":$,\"total_tokens\":5}}";
    private static final String LONG = "9".repeat(400);

    private static final String[] NUMBERS = {
        "1",
        "2",
        "3",
        "12",
        "0",
        "1e2",
        "1",
        "2",
        "1.0",
        "1",
        "-1",
        "3",
        "01",
        "4",
        "00",
        "5",
        "1234567890123456789",
        "6",
        "123456789012345678",
        "7",
        "999999999999999999",
        "9223372036854775807",
        "8",
        LONG,
        "9",
        "null",
        "10",
        "\"7\"",
        "NaN",
        "1",
        "2",
        "3x",
        "4",
        "5",
        "6e",
        "7",
        "-0",
        "8",
        "0.5",
        "9",
        " 10",
        "11 ",
        "12",
        "{}",
        "13",
        "[]",
        "true",
        "14",
        "1761196482",
        "1761196483",
        "12345678",
        "87654321",
        "123456789012345",
        "1234567890123456",
        "12345678901",
        "012345678",
        "9",
        "00000000012",
        "10",
        "12345678.5",
        "123456789e3",
        "11",
        "123456789x",
        "98765432109",
        "12"
    };

    private static final String[] STRINGS = {
        "\"a\"",
        "\"b\"",
        "\"\"",
        "\"c\"",
        "null",
        "\"d\"",
        "\"\\n\"",
        "\"e\"",
        "\"\\u00e9\"",
        "\"\\ud83d\\ude00\"",
        "\"f\"",
        "\"\\ud83d\"",
        "\"\\ud83d\"",
        "\"\\ude00\"",
        "\"g\"",
        "\"\\ud83d\"",
        "\"x\"",
        "\"\\ude00\"",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
        "\"\\u0000\"",
        "\"\\x\"",
        "\"h\"",
        "\"\\u12\"",
        "\"i\"",
        "\"用户\"",
        "\"\uD83D\uDE00\"",
        "\"\u0001\"",
        "\"j\"",
        "\"\t\"",
        "\"k\"",
        "5",
        "6",
        "\"l\"",
        "true",
        "false",
        "\"m\"",
        "{\"text\":\"o\"}",
        "{\"text\":\"p\"}",
        "\"n\"",
        "[\"a\"]",
        "[\"b\"]",
        "[\"c\",\"d\"]",
        "[\"e\"]",
        "[{\"text\":\"f\"}]",
        "[{\"text\":\"g\"}]",
        "[{\"text\":\"g\",\"text\":\"h\"}]",
        "[{\"text\":\"i\"}]",
        "[{\"type\":\"text\",\"text\":\"a\"}]",
        "[{\"type\":\"text\",\"text\":\"b\"}]",
        "[{\"type\":\"text\",\"text\":null}]",
        "[]",
        "[{\"type\":\"text\",\"text\":\"c\"}]",
        "[\"a\",null]",
        "[\"b\",\"c\"]",
        "[null]",
        "[\"d\"]",
        "[1]",
        "[\"e\"]",
        "[null]",
        "[{\"text\":\"f\"}]",
        "[null]",
        "[[\"g\"]]",
        "[true]",
        "[\"h\"]",
        "[1.5]",
        "[\"i\"]",
        "[{}]",
        "[{\"text\":\"j\"}]",
        "\"z\""
    };

    private static final String[] TOOLS = {
        "\"tool_info\":[]",
        code(""),
        code("1"),
        code("1+"),
        code("1+1"),
        code("1+1"),
        code("1+1"),
        code("2"),
        code("2"),
        code("2\\n"),
        code("2\\n\\\"a"),
        code("2\\n\\\"a\\\\"),
        code("2\\n\\\"a\\\\\\u00e9"),
        code("2\\n\\\"a\\\\\\u00e9\\ud83d\\ude00"),
        code("3\\ud83d"),
        code("3\\ud83d"),
        code("3\\ud83d\\ude00"),
        code("3"),
        code("3\\ud83d"),
        code("3"),
        code("3"),
        code("4"),
        code("4", ""),
        code("4", "1"),
        code("4", "1"),
        code("4", "12"),
        code("45", "12"),
        code("45", "12"),
        code("45"),
        code("45"),
        code("45", "12"),
        code("456", "123"),
        "\"x\":1",
        code("456", "123"),
        code("456", "1234"),
        "\"tool_info\":[]",
        "\"tool_info\":null",
        code("456", "1234"),
        "\"tool_info\":[null]",
        code("456"),
        "\"tool_info\":[{}]",
        "\"tool_info\":[{\"type\":\"code_interpreter\"}]",
        code("456"),
        code("456"),
        "\"tool_info\":[{\"code_interpreter\":{\"code\":5}}]",
        "\"tool_info\":[{\"code_interpreter\":{\"code\":{}}}]",
        code("7", "8", "9"),
        code("7", "8", "91"),
        code("7", "8", "91"),
        "\"tool_info\":[{\"type\":\"search\",\"q\":\"a\"}]",
        "\"tool_info\":[{\"type\":\"search\",\"q\":\"b\"}]",
        "\"tool_info\":[{\"type\":\"search\",\"q\":\"b\"}]"
    };

    private static String code(String... codes) {
        List<String> entries = new ArrayList<>();
        for (String code : codes) {
            entries.add("{\"code_interpreter\":{\"code\":\"" + code + "\"},\"type\":\"code_interpreter\"}");
        }
        return "\"tool_info\":[" + String.join(",", entries) + "]";
    }

    private static final String[] SKIPPED = {
        "null",
        "null",
        "1",
        "2",
        "1.5",
        "true",
        "\"a\"",
        "\"b\\n\"",
        "\"\\ud83d\"",
        "\"c\"",
        "{}",
        "{\"a\":1}",
        "{\"a\":{\"b\":[1,2,{}]}}",
        "[]",
        "[1, 2]",
        "[{\"token\":\"a\",\"logprob\":-0.1}]",
        "[{\"token\":\"b\",\"logprob\":-12.5e3}]",
        "[1,\n2]",
        "[1]",
        "[1,\r2]",
        "{\"a\":1\n}",
        "[1]",
        "[1",
        "[2]",
        "[\"\\x\"]",
        "[3]",
        "NaN",
        "[4]",
        "[".repeat(40) + "]".repeat(40),
        "[5]",
        " 6",
        "[7] ",
        "nul",
        "null",
        "nulll",
        "null"
    };

    private static final String[] EVENT_IDS = {
        "2", "3", "4", "1", "5", "6", "01", "7", "", "8", "x", "9", "10", " 11", "12345678901234567890", "13"
    };

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("texts", frames(CHAT, STRINGS)),
                Arguments.of(
                        "texts of text mode",
                        frames(
                                "data:{\"output\":{\"text\":$,\"finish_reason\":\"null\"},\"request_id\":\"r\"}",
                                STRINGS)),
                Arguments.of(
                        "deltas",
                        frames(
                                "data: {\"type\":\"response.output_text.delta\",\"item_id\":\"m\",\"output_index\":0,\"delta\":$}",
                                STRINGS)),
                Arguments.of(
                        "item ids",
                        frames(
                                "data: {\"type\":\"response.output_text.delta\",\"item_id\":$,\"delta\":\"a\"}",
                                STRINGS)),
                Arguments.of(
                        "output indexes",
                        frames(
                                "data: {\"type\":\"response.output_text.delta\",\"output_index\":$,\"delta\":\"a\"}",
                                NUMBERS)),
                Arguments.of(
                        "arguments",
                        frames(
                                CHAT.replace("$", "null,\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":$}}]"),
                                STRINGS)),
                Arguments.of(
                        "calls",
                        frames(
                                CHAT.replace("$", "\"a\",\"tool_calls\":[$]"),
                                "null",
                                "{\"id\":\"c\"}",
                                "null",
                                "1",
                                "{\"id\":\"d\"}",
                                "{}")),
                Arguments.of(
                        "indexes of choices",
                        frames(CHAT.replace("0", "$").replaceFirst("(.*)\\$", "$1\"a\""), NUMBERS)),
                Arguments.of(
                        "choices",
                        frames(
                                "data: {\"id\":\"c\",\"choices\":[{\"delta\":{\"content\":\"a\"}},$],\"model\":\"m\"}",
                                "null",
                                "null",
                                "{\"delta\":{\"content\":\"b\"}}",
                                "null",
                                "{}",
                                "5")),
                Arguments.of("counters", frames(USAGE, NUMBERS)),
                Arguments.of(
                        "usage",
                        frames(
                                USAGE.replaceFirst("\\{\"prompt.*", "\\$}"),
                                "null",
                                "{\"prompt_tokens\":1}",
                                "{\"prompt_tokens\":2}",
                                "{}",
                                "null",
                                "5",
                                "null",
                                "{\"prompt_tokens\":3,\"prompt_tokens\":3.0}",
                                "{\"prompt_tokens\":4,\"prompt_tokens\":3.0}")),
                Arguments.of("tools", frames(OUTPUT, TOOLS)),
                Arguments.of(
                        "untold tools",
                        frames(
                                OUTPUT,
                                code("a"),
                                code("a"),
                                "\"tool_info\":[{\"type\":\"code_interpreter\"},{\"type\":\"code_interpreter\"}]",
                                code("a"),
                                code("a"))),
                Arguments.of(
                        "tools and half a pair",
                        frames(OUTPUT, code("a"), code("a"), code("a\\ud83d"), code("a"), code("a"))),
                Arguments.of(
                        "search info",
                        frames(
                                OUTPUT.replace("$", "\"search_info\":$"),
                                "null",
                                "null",
                                "{\"a\":1}",
                                "null",
                                "{\"a\":2}",
                                "{\"a\":2}",
                                "{\"a\":[3]}",
                                "5",
                                "{}")),
                Arguments.of(
                        "research",
                        frames(
                                "data:{\"output\":{\"message\":{\"content\":\"a\",\"phase\":\"answer\"},\"fininshed\":$},\"request_id\":\"r\"}",
                                "false",
                                "false",
                                "null",
                                "false",
                                "true",
                                "false")),
                Arguments.of("skipped values", frames(CHAT.replace("$", "\"a\",\"x\":$"), SKIPPED)),
                Arguments.of(
                        "ids",
                        frames(
                                CHAT.replace("\"c\"", "\"$\"").replaceFirst("(.*)\\$", "$1\"a\""),
                                "c",
                                "c",
                                "d",
                                "e",
                                "",
                                "f",
                                "\\u0066",
                                "f")),
                Arguments.of(
                        "roles",
                        frames(
                                CHAT.replace("$", "\"a\",\"role\":$"),
                                "\"assistant\"",
                                "\"assistant\"",
                                "\"\"",
                                "null",
                                "\"assistant\"")),
                Arguments.of("event ids", frames("id: $\n" + CHAT.replace("$", "\"a\""), EVENT_IDS)),
                Arguments.of(
                        "an event id that begins a stream",
                        frames("id: $\n" + CHAT.replace("$", "\"a\""), "1", "2", "3", "4")
                                + frames(
                                        "id: $\n" + CHAT.replace("$", "\"a\"").replace("\"c\"", "\"d\""),
                                        "1",
                                        "2",
                                        "3")),
                Arguments.of("many ids", frames("id: $\nid: 5\n" + CHAT.replace("$", "\"a\""), EVENT_IDS)),
                Arguments.of(
                        "statuses",
                        frames(
                                ":HTTP_STATUS/$\n" + CHAT.replace("$", "\"a\""),
                                "200",
                                "200",
                                "400",
                                "500",
                                "x",
                                "200")),
                Arguments.of(
                        "event types",
                        frames(
                                "event:$\n" + CHAT.replace("$", "\"a\""),
                                "",
                                "result",
                                "result",
                                "x",
                                "error",
                                "result",
                                "")),
                Arguments.of(
                        "a comment between",
                        frames(CHAT, "\"a\"", "\"b\"") + ": ping\n\n" + frames(CHAT, "\"c\"") + ": ping\n"
                                + frames(CHAT, "\"d\"") + "retry: 5\n" + frames(CHAT, "\"e\"")),
                Arguments.of(
                        "several data lines",
                        frames("data:\n" + CHAT, "\"a\"", "\"b\"", "\"c\"")
                                + frames(CHAT + "\ndata: {}", "\"a\"", "\"b\"", "\"c\"")),
                Arguments.of(
                        "a BOM", "\uFEFF" + frames(CHAT, "\"a\"", "\"b\"") + "\uFEFF" + frames(CHAT, "\"c\"", "\"d\"")),
                Arguments.of(
                        "the end marker",
                        frames(CHAT, "\"a\"", "\"b\"", "\"c\"") + "data: [DONE]\n\n" + frames(CHAT, "\"d\"", "\"e\"")),
                Arguments.of(
                        "an error",
                        frames(CHAT, "\"a\"", "\"b\"") + "event: error\ndata: {\"error\":{\"message\":\"m\"}}\n\n"
                                + frames(CHAT, "\"d\"", "\"e\"")),
                Arguments.of(
                        "a number twice",
                        frames(
                                CHAT.replace("\"index\":0", "\"index\":$,\"index\":1.0")
                                        .replaceFirst("(.*)\\$", "$1\"a\""),
                                "1",
                                "2",
                                "1",
                                "2")),
                Arguments.of("a counter that comes back", counted(5, 5, 5, 5, 5, 5, 7, 7, 7, 7, 7, 5, 5, 5, 5, 9, 5)),
                Arguments.of(
                        "a text twice",
                        frames(CHAT.replace("$", "\"x\",\"content\":$"), "\"a\"", "\"b\"", "null", "\"c\"")),
                Arguments.of(
                        "a delta twice",
                        frames(CHAT.replace("$", "$},\"delta\":{\"content\":\"y\""), "\"a\"", "\"b\"", "\"c\"")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("values")
    void valuesAreReadAsIfNothingHadBeenLearnt(String name, String text) {
        for (String lineEnd : new String[] {"\n", "\r\n"}) {
            byte[] bytes = text.replaceAll("\n", lineEnd).getBytes(UTF_8);
            agreeAnyhow(bytes, ParserOptions.DEFAULT);
            agreeAnyhow(bytes, ParserOptions.DEFAULT.withManyStreams(true));
            agreeAnyhow(bytes, ParserOptions.DEFAULT.withCumulative(true));
            if (lineEnd.equals("\r\n")) {
                continue;
            }
            ParserLimits limits = ParserLimits.DEFAULT;
            agreeAnyhow(bytes, ParserOptions.DEFAULT.withLimits(limits.withMaxFrameBytes(170)));
            agreeAnyhow(bytes, limited(6, limits.maxItems(), limits.maxChoices(), limits.maxToolBytes()));
            agreeAnyhow(bytes, limited(limits.maxDepth(), 1, limits.maxChoices(), limits.maxToolBytes()));
            agreeAnyhow(bytes, limited(limits.maxDepth(), 2, 1, limits.maxToolBytes()));
            agreeAnyhow(bytes, limited(limits.maxDepth(), limits.maxItems(), limits.maxChoices(), 3));
        }
    }

    /** Frames with a text that changes in each, and a counter that seldom does. */
    private static String counted(int... counters) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < counters.length; i++) {
            text.append(frames(
                    CHAT.replaceFirst("\\{", "{\"usage\":{\"completion_tokens\":" + counters[i] + "},"),
                    "\"" + "abcdefg".substring(i % 7) + "\""));
        }
        return text.toString();
    }

    private static ParserOptions limited(int maxDepth, int maxItems, int maxChoices, long maxToolBytes) {
        ParserLimits limits = ParserLimits.DEFAULT;
        return ParserOptions.DEFAULT.withLimits(new ParserLimits(
                limits.maxFrameBytes(), maxDepth, maxItems, maxChoices, maxToolBytes, limits.maxBodyBytes()));
    }

    /** Whole and cut, from arrays and buffers, through snapshots, with a parser that has learnt it all before. */
    private static void agreeAnyhow(byte[] bytes, ParserOptions options) {
        List<StreamEvent> expected = plain(bytes, options);
        if (options.limits().equals(ParserLimits.DEFAULT)) {
            assertThat(ReferenceParser.normalize(expected))
                    .containsExactlyElementsOf(ReferenceParser.normalize(ReferenceParser.parse(bytes, options)));
        }
        for (int size :
                options == ParserOptions.DEFAULT ? new int[] {bytes.length, 1, 16, 61} : new int[] {bytes.length, 16}) {
            for (boolean direct : new boolean[] {false, true}) {
                List<StreamEvent> events = new ArrayList<>();
                StreamParser parser = new StreamParser(options, new EventRecorder(events::add));
                for (int round = 0; round < 2; round++) {
                    parser.reset();
                    events.clear();
                    for (byte[] input : cut(bytes, size)) {
                        feed(parser, input, direct);
                    }
                    parser.finish();
                    assertThat(events)
                            .as("%s, %s bytes at a time, round %s:%n%s", options, size, round, new String(bytes, UTF_8))
                            .containsExactlyElementsOf(expected);
                }
            }
        }
        assertThat(EventRecorder.record(listener -> {
                    StreamParser parser = new StreamParser(options, listener);
                    int i = 0;
                    for (byte[] input : cut(bytes, 61)) {
                        parser.feed(input);
                        // Now the parser goes on that was asked, now the one that was made of its state.
                        byte[] snapshot = ++i % 5 == 0 ? parser.snapshot() : null;
                        parser = snapshot != null && i % 10 == 0 ? StreamParser.restore(snapshot, listener) : parser;
                    }
                    parser.finish();
                }))
                .containsExactlyElementsOf(expected);
    }

    private static List<StreamEvent> plain(byte[] bytes, ParserOptions options) {
        return EventRecorder.record(listener -> {
            StreamParser parser = new StreamParser(options, listener, false);
            parser.feed(bytes);
            parser.finish();
        });
    }

    // What outlives an input

    @Test
    void illFormedTextIsReadAsIfNothingHadBeenLearnt() {
        for (String odd : new String[] {
            "\u0080", "\u00C3", "\u00E5\u0085", "\u00ED\u00A0\u0080", "\u00F4\u0090\u0080\u0080", "\u00FF"
        }) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (String text : new String[] {
                "\"a\"", "\"b\"", "\"" + odd + "\"", "\"" + odd + "\"", "\"c\"", "\"d" + odd + "e\\n\"", "\"f\""
            }) {
                out.writeBytes(frames(CHAT, text).getBytes(ISO_8859_1));
                out.writeBytes(frames(CHAT.replace("$", "\"a\",\"x\":$"), text).getBytes(ISO_8859_1));
            }
            byte[] bytes = out.toByteArray();
            agreeAnyhow(bytes, ParserOptions.DEFAULT);
            // Records are strings, in which ill-formed bytes would be replaced by nobody's merit but Java's.
            StreamParser parser = new StreamParser(new StreamListener() {
                @Override
                public void onContent(Place at, int choice, Slice delta) {
                    assertThat(Utf8.isWellFormed(delta)).isTrue();
                }
            });
            cut(bytes, 61).forEach(parser::feed);
            parser.reset();
            parser.feed(bytes);
        }
    }

    @Test
    void codeThatGrowsMayBeCutAnywhere() {
        List<String> tools = new ArrayList<>();
        String all = "print(\\\"\\u00e9\\ud83d\\ude00用\\\\n\\\")\\n";
        for (int end : new int[] {0, 8, 14, 14, 26, 29, 30, 33}) {
            tools.add(code(all.substring(0, Math.min(end, all.length()))));
        }
        byte[] bytes = frames(OUTPUT, tools.toArray(String[]::new)).getBytes(UTF_8);
        List<StreamEvent> expected = plain(bytes, ParserOptions.DEFAULT);
        for (int at = 1; at < bytes.length; at++) {
            List<StreamEvent> events = new ArrayList<>();
            StreamParser parser = new StreamParser(new EventRecorder(events::add));
            parser.feed(bytes, 0, at);
            parser.feed(bytes, at, bytes.length - at);
            parser.finish();
            assertThat(events).as("cut at %s", at).containsExactlyElementsOf(expected);
        }
    }

    @Test
    void aCommentThatCameAloneBelongsToItsFrameAllTheSame() {
        String error = "data:{\"code\":\"c\",\"message\":\"m\",\"request_id\":\"r\"}\n\n";
        List<StreamEvent> events = new ArrayList<>();
        ParserOptions options = ParserOptions.DEFAULT.withDialect(Dialect.DASHSCOPE);
        StreamParser parser = new StreamParser(options, new EventRecorder(events::add));
        parser.feed(":HTTP_STATUS/400\n".getBytes(UTF_8));
        parser.feed(error.getBytes(UTF_8));
        parser.reset();
        events.clear();
        byte[] bytes = (frames(OUTPUT, "\"x\":1") + error).getBytes(UTF_8);
        parser.feed(bytes);
        parser.finish();
        assertThat(events).containsExactlyElementsOf(plain(bytes, options));
    }

    @Test
    void aBrokenEscapeIsNotWaitedFor() {
        byte[] bytes = frames(CHAT, "\"a\"", "\"b\"", "\"c\"", "\"d\"").getBytes(UTF_8);
        for (String tail : new String[] {"\\\n\r", "\\u\n\n", "\\\n\n", "\\u0\r\r"}) {
            List<StreamEvent> events = new ArrayList<>();
            StreamParser parser = new StreamParser(new EventRecorder(events::add));
            parser.feed(bytes);
            int before = events.size();
            byte[] broken = (CHAT.substring(0, CHAT.indexOf('$')) + "\"" + tail).getBytes(UTF_8);
            parser.feed(broken, 0, broken.length - tail.length() + 1);
            parser.feed(broken, broken.length - tail.length() + 1, tail.length() - 1);
            assertThat(events).as(tail).hasSize(before + 1);
        }
    }

    @Test
    void aListenerThatThrewLeavesNothingBehind() {
        byte[] bytes = frames(OUTPUT, code("a"), code("a"), code("ab"), code("abc"), code("abc"), code("abcd"))
                .getBytes(UTF_8);
        List<StreamEvent> expected = plain(bytes, ParserOptions.DEFAULT);
        for (int nth = 1; nth <= expected.size(); nth++) {
            int last = nth;
            List<StreamEvent> events = new ArrayList<>();
            StreamParser parser = new StreamParser(new EventRecorder(event -> {
                if (events.size() == last) {
                    throw new IllegalStateException("enough");
                }
                events.add(event);
            }));
            try {
                parser.feed(bytes);
                parser.finish();
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("enough");
            }
            parser.reset();
            events.clear();
            List<StreamEvent> again = new ArrayList<>();
            try {
                parser.feed(bytes, 0, bytes.length);
                parser.finish();
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("enough");
            }
            again.addAll(events);
            assertThat(again).containsExactlyElementsOf(expected.subList(0, last));
        }
    }

    @Test
    void viewsOfMatchedFramesAreGoodWhileTheyAreHeard() {
        byte[] bytes = join(Fixture.RESPONSES.frames(1, 80, "\n"));
        StringBuilder heard = new StringBuilder();
        StreamParser parser = new StreamParser(new StreamListener() {
            @Override
            public void onContent(Place at, int choice, Slice delta) {
                heard.append(delta);
            }
        });
        for (byte[] input : cut(bytes, 13)) {
            parser.feed(input);
            java.util.Arrays.fill(input, (byte) '!');
        }
        parser.finish();
        StringBuilder expected = new StringBuilder();
        for (int i = 60; i <= 80; i += 2) {
            expected.append("w\n").append(i);
        }
        assertThat(heard).hasToString(expected.toString());
    }
}
