package io.phaseline.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.phaseline.reference.LawSeeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** A name is what stands there, whatever stood there before. */
class NameCachePropertyTest {
    private final NameCache names = new NameCache();

    /** Texts of much the same names: some missing, some new, all lengths, at all places. */
    @Property(seed = LawSeeds.FIXED, tries = 200, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void namesAreWhatStandsThere(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> expected = new ArrayList<>();
        for (int i = random.nextInt(90); i >= 0; i--) {
            expected.add(name(random));
        }
        for (int text = 0; text < 20; text++) {
            names.begin();
            for (String name : expected) {
                read(name, random);
            }
            if (random.nextInt(3) == 0) {
                expected.set(random.nextInt(expected.size()), name(random));
            }
            if (random.nextInt(5) == 0) {
                expected.remove(random.nextInt(expected.size()));
                expected.add(name(random));
            }
        }
    }

    private void read(String name, Random random) {
        String before = "x".repeat(random.nextInt(9));
        String behind = random.nextBoolean() ? "1".repeat(random.nextInt(12)) : "";
        byte[] bytes = (before + '"' + name + "\":" + behind).getBytes(UTF_8);
        int from = before.length();
        int nameEnd = from + 1 + name.getBytes(UTF_8).length;
        // The end may cut the token.
        int end = random.nextInt(4) == 0 ? nameEnd + random.nextInt(2) : bytes.length;
        int value = names.expected(bytes, from, end);
        if (value >= 0) {
            assertThat(value).isEqualTo(nameEnd + 2).isLessThanOrEqualTo(end);
        } else {
            names.lookUp(bytes, from + 1, nameEnd);
        }
        assertThat(names.name()).isEqualTo(name);
    }

    private static String name(Random random) {
        String letters = random.nextInt(10) == 0 ? "aé你" : "ab";
        StringBuilder name = new StringBuilder();
        for (int i = random.nextInt(random.nextInt(5) == 0 ? 90 : 20); i > 0; i--) {
            name.append(letters.charAt(random.nextInt(4) == 0 ? random.nextInt(letters.length()) : 0));
        }
        return name.toString();
    }

    @Test
    void whatIsExpectedIsFoundWithoutASearch() {
        byte[] bytes = "{\"id\":\"x\",\"reasoning_content\":null}".getBytes(UTF_8);
        names.begin();
        names.lookUp(bytes, 2, 4);
        names.lookUp(bytes, 11, 28);
        names.begin();
        assertThat(names.expected(bytes, 1, bytes.length)).isEqualTo(6);
        assertThat(names.name()).isEqualTo("id");
        assertThat(names.expected(bytes, 10, bytes.length)).isEqualTo(30);
        assertThat(names.name()).isEqualTo("reasoning_content");
    }
}
