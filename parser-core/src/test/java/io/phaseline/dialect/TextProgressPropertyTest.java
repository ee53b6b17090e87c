package io.phaseline.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.phaseline.bytes.Slice;
import io.phaseline.dialect.TextProgress.Relation;
import io.phaseline.reference.LawSeeds;
import io.phaseline.reference.ReferenceUtf8;
import java.nio.ByteBuffer;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** A text is the same in whatever pieces it came; the judge is one multiplication for each UTF-16 unit. */
class TextProgressPropertyTest {
    private static final String[] PIECES = {
        "a",
        "text",
        "seven b",
        "eight by",
        "of seventeen bytes",
        "é",
        "ü你",
        "你好",
        "再见，世界",
        "😀",
        "\uD83D",
        "\uDE00",
        "\n"
    };

    private final TextMeasure measure = new TextMeasure();

    @Property(seed = LawSeeds.FIXED, tries = 5_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void everyTextIsMeasuredUnitByUnit(@ForAll long seed) {
        Random random = new Random(seed);
        String text = text(random);
        long hash = 0;
        long power = 1;
        for (char unit : text.toCharArray()) {
            hash = hash * TextMeasure.FACTOR + unit;
            power *= TextMeasure.FACTOR;
        }
        measure.of(slice(text, random));
        assertThat(measure.units).isEqualTo(text.length());
        assertThat(measure.hash).isEqualTo(hash);
        assertThat(measure.power).isEqualTo(power);
    }

    @Property(seed = LawSeeds.FIXED, tries = 5_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void whereItWasCutMakesNoDifference(@ForAll long seed) {
        Random random = new Random(seed);
        String text = text(random);
        TextProgress progress = new TextProgress();
        for (int at = 0; at < text.length(); ) {
            int end = Math.min(text.length(), at + random.nextInt(12));
            progress.append(measure.of(slice(text.substring(at, end), random)));
            at = end;
        }
        assertThat(progress.isEqual(measure.of(slice(text, random)))).isTrue();
        assertThat(progress.compareTo(slice(text, random), measure)).isEqualTo(Relation.EQUAL);
    }

    @Property(seed = LawSeeds.FIXED, tries = 5_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void whatFollowsIsTheRest(@ForAll long seed) {
        Random random = new Random(seed);
        String text = text(random);
        int cut = random.nextInt(text.length());
        TextProgress progress = new TextProgress();
        progress.set(measure.of(slice(text.substring(0, cut), random)));
        Slice whole = slice(text, random);
        assertThat(progress.compareTo(whole, measure)).isEqualTo(Relation.EXTENDED);
        assertThat(progress.rest(whole, new Slice()).toByteArray())
                .isEqualTo(ReferenceUtf8.encodeWithLoneSurrogates(text.substring(cut)));
    }

    @Property(seed = LawSeeds.FIXED, tries = 5_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void anotherTextIsAnother(@ForAll long seed) {
        Random random = new Random(seed);
        String text = text(random);
        TextProgress progress = new TextProgress();
        progress.set(measure.of(slice(text, random)));
        int at = random.nextInt(text.length());
        String other = text.substring(0, at) + "?" + text.substring(at + 1);
        assertThat(progress.compareTo(slice(other + "tail", random), measure)).isEqualTo(Relation.DIFFERENT);
        assertThat(progress.isEqual(measure.of(slice(other, random)))).isFalse();
        String shorter = text.substring(0, at);
        assertThat(progress.compareTo(slice(shorter, random), measure)).isEqualTo(Relation.DIFFERENT);
        assertThat(progress.isEqual(measure.of(slice(shorter, random)))).isFalse();
    }

    /** At least one unit. */
    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i >= 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static Slice slice(String text, Random random) {
        byte[] bytes = ReferenceUtf8.encodeWithLoneSurrogates(text);
        int before = random.nextInt(3);
        byte[] among = new byte[before + bytes.length + random.nextInt(3)];
        System.arraycopy(bytes, 0, among, before, bytes.length);
        return random.nextInt(4) == 0
                ? new Slice().wrap(ByteBuffer.allocateDirect(among.length).put(among), before, bytes.length)
                : new Slice().wrap(among, before, bytes.length);
    }
}
