package io.phaseline.reference;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Streams as servers might send them: chunks of the three dialects with the habits that PROTOCOL.md lists, written as
 * event streams or as JSON lines in every way the standards allow.
 *
 * <p>Plain Java over a {@link Random}: the same seed is the same stream, so a failing law names its input by one number.
 */
public final class Streams {
    private static final String[] WORDS = {
        "The",
        " user",
        " asks",
        "",
        "\n",
        "123**21",
        "7726936446",
        "用户",
        "计算",
        "é",
        "\uD83D\uDE00",
        "\"",
        "\\",
        "/",
        "\u2028",
        "\t",
        "a\u0000b",
        "\uD83D",
        "\uDE00",
        "x\uD83D",
        "\uDE00y",
        "[DONE]",
        "data: ",
        "{",
        "null",
        "\uFEFF",
        "\u007F"
    };
    private static final String[] ARGUMENTS = {
        "{", "\"city\"", ":", " \"Paris\"", "}", "{}", "[", "1", ",", "", "\"", "{\"a\":", "\uD83D", "\uDE00"
    };

    final Random random;

    /**
     * A source of streams.
     *
     * @param seed the same seed is the same streams
     */
    public Streams(long seed) {
        // Neighbouring seeds of Random begin alike; jqwik's small numbers would all be the same stream.
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
        for (int i = 0; i < 8; i++) {
            random.nextInt();
        }
    }

    /** A chunk to be written, and how its frame is to look. */
    record Chunk(String event, String comment, Object json) {}

    /**
     * One stream of any dialect, encoded in any way.
     *
     * @return the whole input
     */
    public byte[] oneStream() {
        return encode(stream(random.nextInt(1_000)));
    }

    /**
     * Up to four streams after each other in one encoding.
     *
     * @return the whole input
     */
    public byte[] severalStreams() {
        List<Chunk> chunks = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            chunks.addAll(stream(i));
        }
        return encode(chunks);
    }

    /**
     * A stream with some bytes changed, lost, doubled or cut off.
     *
     * @return the whole input
     */
    public byte[] damagedStream() {
        byte[] bytes = random.nextBoolean() ? oneStream() : severalStreams();
        int damages = 1 + random.nextInt(4);
        for (int i = 0; i < damages && bytes.length > 0; i++) {
            int at = random.nextInt(bytes.length);
            int length = Math.min(bytes.length - at, 1 + random.nextInt(20));
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] = (byte) "{}[]\":,\\ \n\r\0tnu<".charAt(random.nextInt(16));
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                case 3 -> bytes = joined(bytes, 0, at, at + length);
                default -> bytes = joined(bytes, 0, at + length, at);
            }
        }
        return bytes;
    }

    private static byte[] joined(byte[] bytes, int from, int to, int again) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, from, to - from);
        out.write(bytes, again, bytes.length - again);
        return out.toByteArray();
    }

    /**
     * Lines that look like an event stream, without sense.
     *
     * @return the whole input
     */
    public byte[] lines() {
        String[] starts = {
            "data",
            "data:",
            "data: ",
            "data:  ",
            "event:",
            "event: x",
            "id:",
            "id: 1",
            "id:\0",
            "retry:",
            "retry: 30",
            "retry:9999999999999999999",
            "retry:x",
            ":",
            ": ping",
            ":HTTP_STATUS/400",
            "",
            "",
            "",
            "Data: x",
            " ",
            "{",
            "<p>",
            "{}",
            "[DONE]",
            "data:[DONE]",
            "data:{}",
            "data:null",
            "event",
            "id",
            "retry"
        };
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        maybeBom(out);
        int lines = random.nextInt(30);
        for (int i = 0; i < lines; i++) {
            write(out, pick(starts) + (random.nextBoolean() ? "" : pick(WORDS)));
            if (chance(5)) {
                out.write(random.nextInt(256));
            }
            write(out, pick("\n", "\r", "\r\n"));
        }
        return out.toByteArray();
    }

    private List<Chunk> stream(int number) {
        return switch (random.nextInt(7)) {
            case 0, 1 -> new DashScopeStreams(this, number).stream();
            case 2, 3 -> new ChatStreams(this, number).stream();
            case 4, 5 -> new ResponsesStreams(this, number).stream();
            default -> errors(number);
        };
    }

    private List<Chunk> errors(int number) {
        Map<String, Object> error = switch (random.nextInt(5)) {
            case 0 -> members("code", "InvalidParameter", "message", "bad", "request_id", "r" + number);
            case 1 -> members("error", members("message", "no", "type", "t", "code", pickObject(null, "c", 429)));
            case 2 -> members("error", "overloaded");
            case 3 -> members("object", "error", "message", "no", "code", 400);
            default -> members("type", "error", "code", "c", "message", "no", "sequence_number", 1);
        };
        List<Chunk> chunks = new ArrayList<>();
        chunks.add(new Chunk(pick("", "error"), pick("", "HTTP_STATUS/400"), error));
        if (chance(4)) {
            chunks.add(DONE);
        }
        return chunks;
    }

    static final Chunk DONE = new Chunk("", "", new Raw("[DONE]"));

    /** What is written as it stands. */
    record Raw(String text) {}

    /** A frame that says nothing, or something that is no chunk. */
    Chunk oddity() {
        return new Chunk(
                "",
                "",
                new Raw(pick(
                        "null",
                        "\"\"",
                        "{}",
                        "",
                        "  ",
                        ": OPENROUTER PROCESSING",
                        "5",
                        "[]",
                        "{\"a\":",
                        "{\"a\":1}x",
                        "true")));
    }

    // Chance

    boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    @SafeVarargs
    final <T> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }

    Object pickObject(Object... values) {
        return values[random.nextInt(values.length)];
    }

    String word() {
        return pick(WORDS);
    }

    String piecesOfArguments() {
        return pick(ARGUMENTS);
    }

    /** A text, or what some server once sent instead of one. */
    Object text() {
        return switch (random.nextInt(40)) {
            case 0 -> null;
            case 1 -> random.nextInt(100);
            case 2 -> true;
            case 3 -> members("text", "object");
            case 4 -> Arrays.asList("a", members("text", word()), null, members("image", "x"), 5);
            case 5 -> List.of();
            case 6 -> new Raw("NaN");
            default -> word();
        };
    }

    Object number() {
        return switch (random.nextInt(24)) {
            case 0 -> null;
            case 1 -> new Raw("1e2");
            case 2 -> new Raw("3.0");
            case 3 -> new Raw("3.5");
            case 4 -> new Raw("12345678901234567890");
            case 5 -> "7";
            case 6 -> new Raw("NaN");
            case 7 -> new Raw("9223372036854775807");
            case 8 -> new Raw("-1");
            default -> random.nextInt(50);
        };
    }

    static Map<String, Object> members(Object... namesAndValues) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return members;
    }

    /** Adds a member most of the time. */
    void maybe(Map<String, Object> members, int leftOutOneIn, String name, Object value) {
        if (!chance(leftOutOneIn)) {
            members.put(name, value);
        }
    }

    // Encoding

    private byte[] encode(List<Chunk> chunks) {
        return chance(4) ? jsonLines(chunks) : eventStream(chunks);
    }

    private byte[] jsonLines(List<Chunk> chunks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        maybeBom(out);
        for (Chunk chunk : chunks) {
            write(out, json(chunk.json, false) + pick("\n", "\n", "\r\n", "\n\n"));
        }
        return chance(4) && out.size() > 0 ? Arrays.copyOf(out.toByteArray(), out.size() - 1) : out.toByteArray();
    }

    private byte[] eventStream(List<Chunk> chunks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        maybeBom(out);
        String fixed = pick("\n", "\n", "\n", "\r\n", "\r", null);
        String space = pick("", " ");
        boolean ids = chance(2);
        int id = 1;
        for (int i = 0; i < chunks.size(); i++) {
            Chunk chunk = chunks.get(i);
            if (chance(12)) {
                write(out, pick(": keep-alive", ":", "retry: 10", "event: lost", "  ", "Data: x") + end(fixed));
                write(out, chance(2) ? end(fixed) : "");
            }
            if (ids) {
                write(out, "id:" + id++ + end(fixed));
            }
            if (!chunk.event.isEmpty()) {
                write(out, "event:" + space + chunk.event + end(fixed));
            }
            if (!chunk.comment.isEmpty()) {
                write(out, ":" + chunk.comment + end(fixed));
            }
            for (String line : json(chunk.json, chance(8)).split("\n", -1)) {
                write(out, "data:" + (chance(20) ? pick("", " ", "  ") : space) + line + end(fixed));
            }
            // A forgotten blank line, now and then, puts two JSON texts in one payload.
            boolean last = i == chunks.size() - 1;
            if (last ? !chance(4) : !chance(40)) {
                write(out, end(fixed) + (chance(10) ? end(fixed) : ""));
            }
        }
        return out.toByteArray();
    }

    private String end(String fixed) {
        return fixed != null ? fixed : pick("\n", "\r\n");
    }

    private void maybeBom(ByteArrayOutputStream out) {
        if (chance(10)) {
            write(out, "\uFEFF");
        }
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(ReferenceErrors.wellFormed(text).getBytes(StandardCharsets.UTF_8));
    }

    // JSON

    private String json(Object value, boolean overSeveralLines) {
        StringBuilder out = new StringBuilder();
        new JsonWriter(out, overSeveralLines, chance(3), chance(6)).write(value, 0);
        return out.toString();
    }

    /** Writes JSON in any of its spellings. */
    private final class JsonWriter {
        private final StringBuilder out;
        private final boolean overSeveralLines;
        private final boolean spaces;
        private final boolean odd;

        JsonWriter(StringBuilder out, boolean overSeveralLines, boolean spaces, boolean odd) {
            this.out = out;
            this.overSeveralLines = overSeveralLines;
            this.spaces = spaces;
            this.odd = odd;
        }

        void write(Object value, int depth) {
            if (value instanceof Map<?, ?> map) {
                writeObject(map, depth);
            } else if (value instanceof List<?> list) {
                out.append('[');
                String comma = "";
                for (Object element : list) {
                    out.append(comma);
                    space();
                    write(element, depth + 1);
                    comma = ",";
                }
                out.append(']');
            } else if (value instanceof Raw raw) {
                out.append(raw.text);
            } else if (value instanceof String text) {
                writeString(text);
            } else {
                out.append(value);
            }
        }

        private void writeObject(Map<?, ?> map, int depth) {
            List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
            if (odd) {
                Collections.shuffle(entries, random);
            }
            out.append('{');
            String comma = "";
            for (Map.Entry<?, ?> entry : entries) {
                if (odd && chance(10)) {
                    out.append(comma);
                    writeString((String) entry.getKey());
                    out.append(":").append(pick("null", "1", "\"lost\"", "{\"a\":[1]}", "[]"));
                    comma = ",";
                }
                out.append(comma);
                newLine();
                space();
                writeString((String) entry.getKey());
                space();
                out.append(':');
                space();
                write(entry.getValue(), depth + 1);
                comma = ",";
                if (odd && chance(10)) {
                    out.append(",\"x_").append(random.nextInt(9)).append("\":");
                    out.append(
                            pick("null", "[{},[]]", "{\"content\":\"no\"}", "-0.5e-3", "\"\\u00e9\\\"\"", "Infinity"));
                }
            }
            newLine();
            out.append('}');
        }

        private void space() {
            if (spaces) {
                out.append(odd ? pick("", " ", "\t", "  ") : " ");
            }
        }

        private void newLine() {
            if (overSeveralLines && chance(3)) {
                out.append('\n');
            }
        }

        private void writeString(String text) {
            out.append('"');
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                boolean mustEscape = c < 0x20 || c == '"' || c == '\\' || Character.isSurrogate(c) && !pair;
                if (!mustEscape && !(odd && chance(6))) {
                    out.append(c);
                    if (pair) {
                        out.append(text.charAt(++i));
                    }
                } else {
                    writeEscape(c);
                    if (pair) {
                        writeEscape(text.charAt(++i));
                    }
                }
            }
            out.append('"');
        }

        private void writeEscape(char c) {
            int known = "\"\\/\b\f\n\r\t".indexOf(c);
            if (known >= 0 && !(odd && chance(3))) {
                out.append('\\').append("\"\\/bfnrt".charAt(known));
            } else {
                String hex = String.format("%04x", (int) c);
                out.append("\\u").append(chance(2) ? hex : hex.toUpperCase(java.util.Locale.ROOT));
            }
        }
    }
}
