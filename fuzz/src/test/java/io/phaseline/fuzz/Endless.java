package io.phaseline.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.function.IntFunction;

/** Input that goes on for ever: its beginning, then one piece after the other. */
enum Endless {
    NESTING("data: {\"choices\":", i -> "[".repeat(1_000)),
    NUMBER("data: {\"choices\":[{\"delta\":{\"content\":1", i -> "1".repeat(10_000)),
    STRING("data: {\"choices\":[{\"delta\":{\"content\":\"", i -> Texts.LONG),
    ESCAPES("data: {\"choices\":[{\"delta\":{\"content\":\"", i -> "\\n\\u00e9\\ud83d".repeat(500)),
    NAME("data: {\"", i -> Texts.LONG),
    NUMBERS_IN_FRAMES("", i -> chat(i + "1".repeat(i * 30))),
    WORDS("", i -> chat("\" word" + i + "\"")),
    COMMENT(":", i -> Texts.LONG),
    COMMENTS("", i -> ": " + Texts.LONG.substring(i) + "\n"),
    EMPTY_LINES("", i -> "\n".repeat(25_000)),
    LINE_ENDS("", i -> "\r\n\r".repeat(8_000)),
    EVENT("event:", i -> Texts.LONG),
    ID("id:", i -> Texts.LONG),
    GROWING_ID("", i -> "id:" + Texts.LONG.substring(0, i * 40) + "\ndata:\n\n"),
    FIELD("", i -> Texts.LONG),
    DATA("data:", i -> Texts.LONG),
    DATA_LINES("", i -> ("data:" + Texts.LONG.substring(0, 100) + "\n").repeat(100)),
    JSON_IN_DATA_LINES("", i -> "data:{\"choices\":[]}\n".repeat(500)),
    FRAMES_AT_THE_LIMIT("", i -> payloadOf(Endless.FRAME_BYTES, i)),
    FRAMES_PAST_THE_LIMIT("", i -> payloadOf(Endless.FRAME_BYTES + 1, i)),
    NEW_NAMES("", i -> "data: {\"choices\":[],\"" + i + Texts.LONG.substring(0, 8_000) + "\":1}\n\n"),
    NEW_FORMS("", i -> "data: {\"choices\":[],\"x\":" + "[".repeat(i % 90) + "]".repeat(i % 90) + "}\n\n"),
    NEW_CHOICES("", i -> chat(i, "\"content\":\"" + Texts.LONG.substring(0, 5_000) + "\\ud83d\"")),
    NEW_CALLS("", i -> chat(0, call(i, "c" + i + Texts.LONG.substring(0, 4_000), Texts.LONG.substring(0, 6_000)))),
    NEW_SMALL_CALLS("", i -> chat(0, call(i, "c" + i, "{}"))),
    GROWING_CALL("", i -> chat(0, call(0, "c", Texts.LONG.substring(0, 9_000)))),
    GROWING_CODE("", i -> tool("x".repeat(i * 40))),
    REPLACED_CODE("", i -> tool(i + "x".repeat(i * 30))),
    NEW_TOOLS(
            "",
            i -> "data: {\"output\":{\"tool_info\":[" + "{\"type\":\"t\"},".repeat(i)
                    + "{}]},\"request_id\":\"r\"}\n\n"),
    NEW_ITEMS(
            "",
            i -> "data: {\"type\":\"response.output_item.added\",\"item\":{\"id\":\"" + i
                    + Texts.LONG.substring(0, 4_000) + "\",\"type\":\"" + i + Texts.LONG.substring(0, 4_000)
                    + "\"}}\n\n"),
    NEW_SMALL_ITEMS(
            "",
            i -> "data: {\"type\":\"response.output_item.added\",\"item\":{\"id\":\"m" + i
                    + "\",\"type\":\"message\"}}\n\n"),
    JSON_BODY("{\n\"a\":[", i -> "\"" + Texts.LONG.substring(0, 9_000) + "\",\n"),
    HTML_BODY("<p>\n", i -> Texts.LONG + "\n"),
    JSON_LINES("", i -> "{\"choices\":[],\"x\":\"" + Texts.LONG.substring(0, 9_000) + i + "\"}\n"),
    TEXT("", i -> "no " + Texts.LONG.substring(i) + "\n"),
    ZEROS("", i -> "\0".repeat(20_000));

    /** Some frames are as long as this, in bytes of their payload, or one longer. */
    static final int FRAME_BYTES = 1 << 14;

    final String beginning;
    final IntFunction<String> piece;

    Endless(String beginning, IntFunction<String> piece) {
        this.beginning = beginning;
        this.piece = piece;
    }

    /** So many bytes of it. */
    byte[] bytes(int length) {
        StringBuilder text = new StringBuilder(beginning);
        for (int i = 1; text.length() < length; i++) {
            text.append(piece.apply(i));
        }
        return Arrays.copyOf(text.toString().getBytes(UTF_8), length);
    }

    /** In a class of its own: the constants above cannot see the enum's own fields yet. */
    private static final class Texts {
        static final String LONG = "x".repeat(20_000);
    }

    private static String chat(Object content) {
        return chat(0, "\"content\":" + content);
    }

    private static String chat(int choice, String delta) {
        return "data: {\"choices\":[{\"index\":" + choice + ",\"delta\":{" + delta + "}}]}\n\n";
    }

    private static String call(int index, String id, String arguments) {
        return "\"tool_calls\":[{\"index\":" + index + ",\"id\":\"" + id + "\",\"function\":{\"name\":\"" + id
                + "\",\"arguments\":\"" + arguments + "\"}}]";
    }

    private static String tool(String code) {
        return "data: {\"output\":{\"tool_info\":[{\"type\":\"code_interpreter\",\"code_interpreter\":{\"code\":\""
                + code + "\"}}]},\"request_id\":\"r\"}\n\n";
    }

    private static String payloadOf(int bytes, int i) {
        String head = "{\"choices\":[],\"x\":\"" + i;
        return "data: " + head + "x".repeat(bytes - head.length() - 2) + "\"}\n\n";
    }
}
