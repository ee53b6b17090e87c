package io.phaseline.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.phaseline.bytes.Slice;
import io.phaseline.reference.LawSeeds;
import io.phaseline.reference.ReferenceUtf8;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Whatever is unescaped by words and tables is judged by what goes character by character. */
class StringDecoderPropertyTest {
    private static final Pattern ESCAPE = Pattern.compile("\\\\([\"\\\\/bfnrt]|u[0-9a-fA-F]{4})");
    private static final String[] PIECES = {
        "a",
        "seven b",
        "eight by",
        "plain text that is longer than sixteen bytes",
        "你好",
        "😀",
        "\\n",
        "\\\"",
        "\\\\",
        "\\/\\b\\f\\r\\t",
        "\\u0000",
        "\\u007f\\u0080\\u07ff\\u0800\\uffff",
        "\\u4F60\\u597d",
        "\\ud83d\\ude00",
        "\\uD83D",
        "\\uDE00",
        "\\ud83d\\n"
    };

    private final StringDecoder decoder = new StringDecoder();

    @Property(seed = LawSeeds.FIXED, tries = 5_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void textsAreUnescapedAsTheStandardSays(@ForAll long seed) {
        Random random = new Random(seed);
        decoder.clear();
        List<Slice> views = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        boolean lone = false;
        for (int i = random.nextInt(8); i >= 0; i--) {
            String escaped = escaped(random);
            String text = unescaped(escaped);
            // Each byte as one character.
            expected.add(new String(ReferenceUtf8.encodeWithLoneSurrogates(text), ISO_8859_1));
            lone |= text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
            views.add(unescape(escaped, random));
        }
        for (int i = 0; i < views.size(); i++) {
            assertThat(new String(views.get(i).toByteArray(), ISO_8859_1)).isEqualTo(expected.get(i));
        }
        assertThat(decoder.sawLoneSurrogate()).isEqualTo(lone);
    }

    @Property(seed = LawSeeds.FIXED, tries = 5_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void escapesEndWhereTheyEnd(@ForAll long seed) {
        Random random = new Random(seed);
        String likely = "\"\\/bfnrtuuu09afAFgG'x\u00fc\u0000";
        StringBuilder text = new StringBuilder("\\");
        for (int i = random.nextInt(7); i > 0; i--) {
            text.append(likely.charAt(random.nextInt(likely.length())));
        }
        if (random.nextBoolean()) {
            text.insert(1, 'u');
        }
        var matcher = ESCAPE.matcher(text);
        int expected = matcher.lookingAt() ? matcher.end() : -1;
        // Behind the end stands what would make it whole.
        byte[] bytes = (text + "0000").getBytes(ISO_8859_1);
        assertThat(StringDecoder.escapeEnd(bytes, 0, text.length()))
                .as("%s", text)
                .isEqualTo(expected);
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes);
        assertThat(StringDecoder.escapeEnd(direct, 0, text.length()))
                .as("%s", text)
                .isEqualTo(expected);
    }

    private Slice unescape(String escaped, Random random) {
        byte[] text = escaped.getBytes(UTF_8);
        int shift = random.nextInt(8);
        byte[] bytes = ("x".repeat(shift) + escaped + "\"\\u0041").getBytes(UTF_8);
        Slice into = new Slice();
        if (random.nextBoolean()) {
            decoder.unescape(bytes, shift, shift + text.length, into);
        } else {
            ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes);
            decoder.unescape(direct, shift, shift + text.length, into);
        }
        return into;
    }

    private static String escaped(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(random.nextInt(10) == 0 ? 200 : 8); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static String unescaped(String escaped) {
        return ESCAPE.matcher(escaped).replaceAll(match -> {
            String escape = match.group(1);
            String meant = escape.length() > 1
                    ? String.valueOf((char) Integer.parseInt(escape.substring(1), 16))
                    : "\"\\/\b\f\n\r\t".substring("\"\\/bfnrt".indexOf(escape)).substring(0, 1);
            return Matcher.quoteReplacement(meant);
        });
    }
}
