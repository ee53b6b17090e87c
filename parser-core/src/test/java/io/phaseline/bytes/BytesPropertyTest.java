package io.phaseline.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import io.phaseline.reference.LawSeeds;
import io.phaseline.reference.ReferenceUtf8;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** Whatever reads many bytes at a time is judged by what reads one. */
class BytesPropertyTest {
    private static final int LONGEST = 100;

    @Property(seed = LawSeeds.FIXED, tries = 20_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void lineEndsAreFoundWhereTheyAre(@ForAll long seed) {
        Range range = new Range(new Random(seed), "a\n\r\u008a\u008d\u000b\u000e\u0000\u00ff");
        int expected = range.first(b -> b == '\n' || b == '\r');
        assertThat(LineEnds.find(range.bytes, range.start, range.end)).isEqualTo(expected);
        assertThat(LineEnds.find(range.direct, range.start, range.end)).isEqualTo(expected);
    }

    @Property(seed = LawSeeds.FIXED, tries = 20_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void stringEndsAreFoundWhereTheyAre(@ForAll long seed) {
        Range range = new Range(new Random(seed), "a\"\\\u001f !#\u005b\u00a2\u00dc\u0000\u0002\u0080\u009f\u00ff");
        int expected = range.first(b -> b == '"' || b == '\\' || b >= 0 && b < 0x20);
        assertThat(StringEnds.find(range.bytes, range.start, range.end)).isEqualTo(expected);
    }

    @Property(seed = LawSeeds.FIXED, tries = 20_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void whatIsNotAsciiIsFoundWhereItIs(@ForAll long seed) {
        Range range = new Range(new Random(seed), "a\u007f\u0000\u0080\u00ff");
        int expected = range.first(b -> b < 0);
        assertThat(Utf8.illFormedAt(range.bytes, range.start, range.end)).isEqualTo(expected);
    }

    @Property(seed = LawSeeds.FIXED, tries = 20_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void runsAreTheSameOnlyIfAllTheirBytesAre(@ForAll long seed) {
        Random random = new Random(seed);
        Range range = new Range(random, "abc");
        int length = range.end - range.start;
        int at = random.nextInt(8);
        byte[] other = new byte[at + length + random.nextInt(8)];
        System.arraycopy(range.bytes, range.start, other, at, length);
        int differs = random.nextInt(length + 1);
        if (differs < length) {
            other[at + differs] ^= 1 << random.nextInt(8);
        }
        ByteBuffer view = ByteBuffer.wrap(other);
        assertThat(Runs.areSame(range.bytes, range.start, other, at, length)).isEqualTo(differs == length);
        assertThat(Runs.same(range.bytes, range.start, other, at, length)).isEqualTo(differs);
        assertThat(Runs.same(range.direct, range.start, other, view, at, length))
                .isEqualTo(differs);
    }

    /** Bytes of which few are not plain, so that what is searched for may lie at every distance. */
    private static final class Range {
        final byte[] bytes;
        final ByteBuffer direct;
        final int start;
        final int end;

        Range(Random random, String odd) {
            bytes = new byte[random.nextInt(LONGEST)];
            int rarity = 1 + random.nextInt(LONGEST);
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = random.nextInt(rarity) == 0 ? (byte) odd.charAt(random.nextInt(odd.length())) : (byte) 'x';
            }
            direct = ByteBuffer.allocateDirect(bytes.length).put(bytes);
            start = random.nextInt(bytes.length + 1);
            end = start + random.nextInt(bytes.length - start + 1);
        }

        int first(IntPredicate wanted) {
            return IntStream.range(start, end)
                    .filter(i -> wanted.test(bytes[i]))
                    .findFirst()
                    .orElse(end);
        }
    }

    @Test
    void oneOrTwoSequencesOfThreeAreToldFromAWord() {
        int[] leads = {0x61, 0x80, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xFF};
        int[] others = {0x22, 0x7F, 0x80, 0x9F, 0xA0, 0xBF, 0xC0};
        byte[] known = "一".getBytes(StandardCharsets.UTF_8);
        byte[] word = new byte[Long.BYTES];
        for (int lead : leads) {
            for (int second : others) {
                for (int third : others) {
                    byte[] tried = {(byte) lead, (byte) second, (byte) third};
                    for (int at = 0; at <= 3; at += 3) {
                        System.arraycopy(tried, 0, word, at, 3);
                        System.arraycopy(known, 0, word, 3 - at, 3);
                        assertThreesAreTold(word);
                    }
                }
            }
        }
    }

    private static void assertThreesAreTold(byte[] word) {
        for (int length = 0; length < word.length; length++) {
            byte[] text = Arrays.copyOf(word, length);
            boolean isWellFormed =
                    Arrays.equals(ReferenceUtf8.decode(text, 0, length).getBytes(StandardCharsets.UTF_8), text);
            boolean hasItsLeads = length == 3 || length == 6;
            for (int i = 0; i < length && hasItsLeads; i += 3) {
                int lead = text[i] & 0xFF;
                hasItsLeads = lead > 0xE0 && lead < 0xF0 && lead != 0xED;
            }
            assertThat(Utf8.areThrees(Swar.longAt(word, 0), length)).isEqualTo(isWellFormed && hasItsLeads);
            boolean isAscii = IntStream.range(0, length).allMatch(i -> text[i] >= 0);
            assertThat(Utf8.isShortTextAscii(Swar.longAt(word, 0), length)).isEqualTo(isAscii);
            assertThat(Utf8.isShortTextWellFormed(word, 0, length)).isEqualTo(isWellFormed);
        }
    }

    @Test
    void everySequenceIsTakenAsTheStandardSays() {
        int[] thirds = {0x00, 0x7F, 0x80, 0xBF, 0xC0};
        byte[] bytes = new byte[6];
        bytes[0] = 'a';
        for (int lead = 0x7F; lead <= 0xFF; lead++) {
            for (int second = 0; second <= 0xFF; second++) {
                for (int third : thirds) {
                    for (int fourth : thirds) {
                        bytes[1] = (byte) lead;
                        bytes[2] = (byte) second;
                        bytes[3] = (byte) third;
                        bytes[4] = (byte) fourth;
                        // What stands behind the end must not count.
                        bytes[5] = (byte) 0x80;
                        int length = 1 + (second + third + fourth & 3);
                        String expected = ReferenceUtf8.decode(bytes, 1, 1 + length);
                        assertThat(Utf8.decode(bytes, 1, length)).isEqualTo(expected);
                        assertThat(Utf8.decode(bytes, 1, 4)).isEqualTo(ReferenceUtf8.decode(bytes, 1, 5));
                    }
                }
            }
        }
    }

    @Property(seed = LawSeeds.FIXED)
    void illFormedBytesAreReplacedAsTheStandardSays(@ForAll("nearlyUtf8") byte[] bytes) {
        String expected = ReferenceUtf8.decode(bytes, 0, bytes.length);
        assertThat(Utf8.decode(bytes, 0, bytes.length)).isEqualTo(expected);
        assertThat(new String(Utf8.repair(bytes, 0, bytes.length), StandardCharsets.UTF_8))
                .isEqualTo(expected);
        assertThat(Utf8.illFormedAt(bytes, 0, bytes.length) == bytes.length)
                .isEqualTo(Arrays.equals(bytes, Utf8.encode(expected)));
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes);
        Slice inArray = new Slice().wrap(bytes, 0, bytes.length);
        Slice inBuffer = new Slice().wrap(direct, 0, bytes.length);
        assertThat(Utf8.isWellFormed(inBuffer)).isEqualTo(Utf8.isWellFormed(inArray));
        assertThat(inBuffer.toString()).isEqualTo(expected);
    }

    @Property(seed = LawSeeds.FIXED)
    void encodingReplacesLoneSurrogatesOnly(@ForAll String text) {
        String decoded = Slice.of(text).toString();
        assertThat(decoded.codePoints().toArray())
                .isEqualTo(text.codePoints()
                        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                        .toArray());
    }

    @Provide
    Arbitrary<byte[]> nearlyUtf8() {
        int[] likely = {
            'a', 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE4, 0xED, 0xEF, 0xF0, 0xF1,
            0xF4, 0xF5, 0xFF
        };
        Byte[] bytes = new Byte[likely.length];
        for (int i = 0; i < likely.length; i++) {
            bytes[i] = (byte) likely[i];
        }
        return Arbitraries.of(bytes).array(byte[].class).ofMaxSize(24);
    }
}
