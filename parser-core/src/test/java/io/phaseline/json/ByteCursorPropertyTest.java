package io.phaseline.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.phaseline.bytes.Slice;
import io.phaseline.bytes.Utf8;
import io.phaseline.reference.LawSeeds;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** Whatever is read where the bytes lie is what Jackson reads, and what is refused is what Jackson refuses. */
class ByteCursorPropertyTest {
    private static final int DEPTH = 40;

    private static final Pattern NAME = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"(?=\\s*:)");
    /** An escape that stands for itself in the first group; else a lone surrogate. */
    private static final Pattern LONE_SURROGATE =
            Pattern.compile("(\\\\[^u]|\\\\u[dD][89abAB]..\\\\u[dD][c-fC-F]..)|\\\\u[dD][89a-fA-F][0-9a-fA-F]{2}");

    private final ByteCursor fast = new ByteCursor(DEPTH);
    private final JacksonCursor judge = new JacksonCursor(DEPTH);

    @Property(seed = LawSeeds.FIXED, tries = 20_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void readsWhatJacksonReads(@ForAll long chance) {
        long seed = LawSeeds.hunted(chance);
        agree(new JsonText(new Random(seed)).value(0), seed);
    }

    @Property(seed = LawSeeds.FIXED, tries = 40_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void refusesWhatJacksonRefuses(@ForAll long chance) {
        long seed = LawSeeds.hunted(chance);
        Random random = new Random(seed);
        agree(damaged(new JsonText(random).value(0), random), seed);
    }

    /** RFC 8259 lets it stand; Jackson refuses it since 2.21, in names only. */
    @Test
    void halfASurrogatePairInANameIsTaken() {
        for (String half : List.of("\\ud800", "\\uDC00", "\\ud83d\\ud83d\\ude00", "\\ude00\\ud83d")) {
            for (String text :
                    List.of("{\"te%sxt\": true}", "{\"a\":{\"%s\":[1]}}", "[{\"\\\\\\\\ud800%s\":\"\\ud800\"}]")) {
                agree(text.formatted(half), 0);
                assertThat(walk(fast, Slice.of(text.formatted(half)), 0))
                        .as(text, half)
                        .isNotEqualTo("refused");
            }
        }
    }

    @Test
    void everyCutOfATextIsRefused() {
        String text = "{\"a\":[1,-2.5e+3,true,null,\"x\\u00e9\\\"\"],\"b\":{\"c\":{}},\"d\":[]}";
        for (int length = 0; length < text.length(); length++) {
            agree(text.substring(0, length), length);
        }
        agree(text, 0);
    }

    @Test
    void everyByteInEveryPlaceIsTakenAsJacksonTakesIt() {
        String text = "{\"a\":[1,-2.5e+3,true,null,\"x\\u00e9\\\"\"],\"b\":{}}";
        for (int at = 0; at < text.length(); at++) {
            for (char c = 0; c < 128; c++) {
                agree(text.substring(0, at) + c + text.substring(at + 1), at);
            }
        }
    }

    @Test
    void depthIsCountedAsJacksonCountsIt() {
        for (int depth = DEPTH - 2; depth <= DEPTH + 2; depth++) {
            agree("[".repeat(depth) + "]".repeat(depth), depth);
            agree("{\"a\":".repeat(depth) + "1" + "}".repeat(depth), depth);
        }
    }

    /** Where the next name is expected, what separates it is looked at all the same. */
    @Test
    void everySeparatorOfAnExpectedNameIsTakenAsJacksonTakesIt() {
        // Names are expected only where a whole word can be read.
        String text = "{\"a\":1,\"b\":23456789}";
        for (int at = 0; at < text.length(); at++) {
            for (char c = 0; c < 128; c++) {
                assertThat(numbers(fast, text)).isEqualTo("a=1 b=23456789 true");
                for (String changed : List.of(
                        text.substring(0, at) + c + text.substring(at + 1),
                        text.substring(0, at) + c + text.substring(at))) {
                    assertThat(numbers(fast, changed)).as(changed).isEqualTo(numbers(judge, changed));
                }
            }
        }
    }

    @Test
    void everyNumberIsTakenAsJacksonTakesIt() {
        String likely = "01-.e9+";
        int count = (int) Math.pow(likely.length(), 5);
        for (int i = 0; i < count; i++) {
            StringBuilder number = new StringBuilder();
            for (int rest = i; rest > 0; rest /= likely.length()) {
                number.append(likely.charAt(rest % likely.length()));
            }
            String text = "{\"n\":" + number + "}";
            assertThat(numbers(fast, text)).as(text).isEqualTo(numbers(judge, text));
        }
        for (int digits = 1; digits < 80; digits++) {
            for (String sign : List.of("", "-", "1.", "-7.", "1e", "1E-")) {
                for (String digit : List.of("9", "0")) {
                    String text = "{\"n\":" + sign + digit.repeat(digits) + "}";
                    assertThat(numbers(fast, text)).as(text).isEqualTo(numbers(judge, text));
                }
            }
        }
    }

    @Test
    void everyPowerOfTenIsTakenAsJacksonTakesIt() {
        for (int digits = 1; digits < 20; digits++) {
            for (String digit : List.of("9", "1", "92")) {
                for (int exponent = 0; exponent < 25; exponent++) {
                    for (String e : List.of("e", "E+", "e0", ".0e", ".00E", ".5e", "e-")) {
                        String text = "{\"n\":" + digit.repeat(digits) + e + exponent + "}";
                        assertThat(numbers(fast, text)).as(text).isEqualTo(numbers(judge, text));
                    }
                }
            }
        }
    }

    @Test
    void theLastTextOfEachPartIsTaken() {
        assertThat(parts("[\"a\",{\"text\":\"b\"},{\"text\":\"x\",\"text\":\"\\n\"},{\"x\":\"x\"},7,"
                        + "{\"text\":[\"d\",{\"text\":1.50}]},{\"text\":\"x\",\"text\":null},{\"text\":true},\"你\"]"))
                .isEqualTo("ab\nd1.50true你");
        assertThat(parts("[{\"text\":\"x\",\"text\":[]},\"\"]")).isEmpty();
        for (String none : List.of("[]", "[{}]", "[null,7,[\"x\"]]", "[{\"text\":null},{\"x\":1}]")) {
            assertThat(parts(none)).as(none).isEqualTo("none");
        }
    }

    private String parts(String text) {
        List<String> heard = Stream.of(fast, judge)
                .map(json -> {
                    TextValue value = new TextValue();
                    json.wrap(Slice.of(text));
                    json.readText(value);
                    assertThat(json.end()).isTrue();
                    return value.isPresent() ? value.slice().toString() : "none";
                })
                .distinct()
                .toList();
        assertThat(heard).hasSize(1);
        return heard.get(0);
    }

    private static String numbers(JsonCursor json, String text) {
        StringBuilder heard = new StringBuilder();
        byte[] bytes = Utf8.encode(text);
        json.wrap(new Slice().wrap(bytes, 0, bytes.length));
        if (json.enterObject()) {
            while (json.nextMember()) {
                heard.append(json.name()).append('=').append(json.readLong()).append(' ');
            }
        } else {
            heard.append("no object ");
        }
        return json.end() ? heard.append(true).toString() : "refused";
    }

    @Test
    void textsWithoutEscapesAreViewsOfThePayload() {
        byte[] bytes = "[\"plain text\",\"esc\\naped\",12]".getBytes(UTF_8);
        ByteBuffer heap = ByteBuffer.wrap(bytes);
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes);
        for (ByteBuffer buffer : List.of(heap.asReadOnlyBuffer(), direct, direct.asReadOnlyBuffer())) {
            TextValue text = new TextValue();
            fast.wrap(new Slice().wrap(buffer, 0, bytes.length));
            fast.enterArray();
            fast.nextElement();
            fast.readText(text);
            assertThat(text.slice().array()).isNull();
            assertThat(text.slice().buffer()).isSameAs(buffer);
            assertThat(text.slice().toString()).isEqualTo("plain text");
            fast.nextElement();
            fast.readText(text);
            assertThat(text.slice().toString()).isEqualTo("esc\naped");
            fast.nextElement();
            fast.readText(text);
            assertThat(text.slice().toString()).isEqualTo("12");
            assertThat(fast.nextElement()).isFalse();
            assertThat(fast.end()).isTrue();
        }
    }

    @Test
    void payloadsOfEveryLengthAreReadFromBuffers() {
        for (int length : new int[] {1, 500, 70_000, 3 << 20, 200}) {
            byte[] bytes = ("[\"" + "x".repeat(length) + "\"]").getBytes(UTF_8);
            ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes);
            TextValue text = new TextValue();
            fast.wrap(new Slice().wrap(direct, 0, bytes.length));
            fast.enterArray();
            fast.nextElement();
            fast.readText(text);
            assertThat(text.slice().length()).isEqualTo(length);
            assertThat(fast.nextElement()).isFalse();
            assertThat(fast.end()).isTrue();
        }
    }

    private void agree(String text, long seed) {
        String judgeable = withoutLoneSurrogatesInNames(text);
        if (!judgeable.equals(text)) {
            assertThat(walk(fast, Slice.of(text), seed).equals("refused"))
                    .as(text)
                    .isEqualTo(walk(fast, Slice.of(judgeable), seed).equals("refused"));
        }
        agreeExactly(judgeable, seed);
    }

    private static String withoutLoneSurrogatesInNames(String text) {
        return NAME.matcher(text)
                .replaceAll(name -> Matcher.quoteReplacement(LONE_SURROGATE
                        .matcher(name.group())
                        .replaceAll(it -> it.group(1) == null ? "\\\\ufffd" : Matcher.quoteReplacement(it.group(1)))));
    }

    private void agreeExactly(String text, long seed) {
        byte[] bytes = Utf8.encode(text);
        // Neighbours that must not be looked at.
        byte[] padded = ("\"" + new String(bytes, UTF_8) + "\"}]1").getBytes(UTF_8);
        Slice payload = new Slice().wrap(padded, 1, bytes.length);
        String judged = walk(judge, payload, seed);
        assertThat(walk(fast, payload, seed)).as(text).isEqualTo(judged);
        ByteBuffer direct = ByteBuffer.allocateDirect(padded.length).put(padded);
        Slice inBuffer = new Slice().wrap(direct, 1, bytes.length);
        assertThat(walk(judge, inBuffer, seed)).as("direct: %s", text).isEqualTo(judged);
        assertThat(walk(fast, inBuffer, seed)).as("direct: %s", text).isEqualTo(judged);
        Slice tight = new Slice().wrap(bytes, 0, bytes.length);
        assertThat(walk(fast, tight, seed)).as("nothing behind: %s", text).isEqualTo(judged);
    }

    /** Reads a text in a way that the seed decides, and writes down what was read; nothing if the text is refused. */
    private static String walk(JsonCursor json, Slice text, long seed) {
        StringBuilder heard = new StringBuilder();
        json.wrap(text);
        JsonCursor.Kind root = json.kind();
        if (root != JsonCursor.Kind.OBJECT && root != JsonCursor.Kind.ARRAY) {
            // Whether a bare number is whole only what follows it could tell; a chunk is an object.
            json.end();
            return "no container";
        }
        value(json, new Random(seed), new TextValue(), heard);
        heard.append(json.sawLoneSurrogate());
        return json.end() ? heard.toString() : "refused";
    }

    /** Reads a value; texts go to the same place, where nothing of the one before may stay. */
    private static void value(JsonCursor json, Random random, TextValue text, StringBuilder heard) {
        JsonCursor.Kind kind = json.kind();
        heard.append(kind).append(' ').append(json.isTrue()).append(' ');
        boolean container = kind == JsonCursor.Kind.OBJECT || kind == JsonCursor.Kind.ARRAY;
        switch (random.nextInt(9)) {
            case 0, 1, 2 -> {
                if (json.enterObject()) {
                    while (json.nextMember()) {
                        heard.append('<').append(json.name()).append("> ");
                        value(json, random, text, heard);
                    }
                    heard.append("} ");
                }
            }
            case 3, 4 -> {
                if (json.enterArray()) {
                    while (json.nextElement()) {
                        value(json, random, text, heard);
                    }
                    heard.append("] ");
                }
            }
            case 5 -> {
                json.readText(text);
                tell(text, heard);
            }
            case 6 -> {
                json.readTextOrRaw(text);
                tell(text, heard);
            }
            case 7 -> {
                if (container) {
                    heard.append(json.valueStart()).append(' ');
                    Slice raw = new Slice();
                    json.readRaw(raw);
                    heard.append(raw).append(' ').append(json.position()).append(' ');
                } else {
                    heard.append(json.readLong()).append(' ');
                }
            }
            default -> json.skip();
        }
    }

    private static void tell(TextValue text, StringBuilder heard) {
        heard.append(text.isPresent()).append(text.isOdd()).append(' ');
        Slice slice = text.slice();
        for (int i = 0; i < slice.length(); i++) {
            heard.append(Integer.toHexString(slice.byteAt(i) & 0xFF)).append('.');
        }
    }

    private static String damaged(String text, Random random) {
        StringBuilder damaged = new StringBuilder(text);
        String likely = "{}[]\",:\\u0dD8e+-. \n\t\u0000\u001f\u007f1tfnNIa";
        for (int i = random.nextInt(3); i >= 0 && damaged.length() > 0; i--) {
            int at = random.nextInt(damaged.length());
            char c = likely.charAt(random.nextInt(likely.length()));
            switch (random.nextInt(4)) {
                case 0 -> damaged.deleteCharAt(at);
                case 1 -> damaged.insert(at, c);
                case 2 -> damaged.setCharAt(at, c);
                default -> damaged.setLength(at);
            }
        }
        return damaged.toString();
    }

    /** Random JSON in every spelling. */
    private static final class JsonText {
        private static final String[] NUMBERS = {
            "0",
            "-0",
            "1",
            "12",
            "-7",
            "1234567890123456789",
            "12345678901234567890",
            "1.5",
            "1e3",
            "12345678",
            "123456789012345678",
            "-1234567890.5",
            "1E-2",
            "2.50",
            "-1.0e+2",
            "9223372036854775807",
            "-9223372036854775808",
            "9223372036854775808",
            "1e400",
            "NaN",
            "Infinity",
            "-Infinity"
        };
        private static final String[] NOT_NUMBERS = {
            "01", "1.", ".5", "-", "+1", "1e", "INF", "-NaN", "+Infinity", "0x1"
        };
        private static final String[] PIECES = {
            "a",
            "text",
            "你好",
            "é",
            "😀",
            "\\n",
            "\\\"",
            "\\\\",
            "\\/",
            "\\u0041",
            "\\u00e9",
            "\\ud83d\\ude00",
            "\\ud83d",
            "\\uDE00",
            "\\u0000",
            " ",
            "\u2028",
            "plain text that is longer than eight bytes"
        };

        private final Random random;

        JsonText(Random random) {
            this.random = random;
        }

        String value(int depth) {
            int kind = depth == 0 ? random.nextInt(4) : depth > 5 ? 4 + random.nextInt(2) : random.nextInt(12);
            return switch (kind) {
                case 0, 1, 6 -> object(depth);
                case 2, 3, 7 -> array(depth);
                case 4 ->
                    random.nextInt(60) == 0
                            ? NOT_NUMBERS[random.nextInt(NOT_NUMBERS.length)]
                            : NUMBERS[random.nextInt(NUMBERS.length)];
                case 5 -> new String[] {"true", "false", "null"}[random.nextInt(3)];
                default -> string();
            };
        }

        private String blanks() {
            return " \n\r\t".substring(0, random.nextInt(6) == 0 ? random.nextInt(5) : 0);
        }

        private String string() {
            StringBuilder text = new StringBuilder("\"");
            for (int i = random.nextInt(4); i > 0; i--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            return text.append('"').toString();
        }

        private String name() {
            if (random.nextInt(3) == 0) {
                return "\""
                        + "abcdefghijklmnopqrstuvwxyz".repeat(3).substring(random.nextInt(12), 12 + random.nextInt(64))
                        + "\"";
            }
            String[] names = {"\"text\"", "\"a\"", "\"te\\u0078t\"", "\"\"", "\"é\"", "\"a name longer than eight\""};
            return names[random.nextInt(names.length)];
        }

        private String object(int depth) {
            StringBuilder text = new StringBuilder("{").append(blanks());
            for (int i = random.nextInt(4); i > 0; i--) {
                text.append(name()).append(blanks()).append(':').append(blanks());
                text.append(value(depth + 1)).append(blanks());
                if (i > 1) {
                    text.append(',').append(blanks());
                }
            }
            return text.append('}').toString();
        }

        private String array(int depth) {
            StringBuilder text = new StringBuilder("[").append(blanks());
            for (int i = random.nextInt(4); i > 0; i--) {
                text.append(value(depth + 1)).append(blanks());
                if (i > 1) {
                    text.append(',').append(blanks());
                }
            }
            return text.append(']').toString();
        }
    }
}
