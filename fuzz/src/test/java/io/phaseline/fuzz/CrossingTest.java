package io.phaseline.fuzz;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Reads what one door's fuzzer found worth keeping at another door, with the variations of a third and options of
 * chance: {@code -Dfuzz.crossing=SECONDS}. Nothing is instrumented, so it reads many more inputs in the same time.
 */
class CrossingTest {
    private static final Door[] DOORS = {
        Door.DASHSCOPE, Door.CHAT, Door.RESPONSES, Door.PARSER, Door.CUT, Door.SNAPSHOT, Door.LINES
    };
    private static final int MOST_VARIATIONS = 200;
    private static final int MOST_FEEDING = 8;
    private static final int OPTIONS = 64;

    private final Random random = new Random(Long.getLong("fuzz.seed", 1));

    @TestFactory
    Stream<DynamicTest> crossing() {
        Integer seconds = Integer.getInteger("fuzz.crossing");
        return seconds == null
                ? Stream.empty()
                : Stream.of(dynamicTest(seconds + " seconds", () -> cross(seconds * 1_000_000_000L)));
    }

    private void cross(long nanos) throws IOException {
        List<byte[]> corpus = corpus();
        long end = System.nanoTime() + nanos;
        long inputs = 0;
        while (System.nanoTime() - end < 0) {
            Door door = DOORS[random.nextInt(DOORS.length)];
            byte[] data = crossed(any(corpus), any(corpus));
            inputs++;
            try {
                door.judge(data);
            } catch (Exception | AssertionError | StackOverflowError e) {
                Path file = Files.createTempFile(door.label() + "-crossing-", "");
                Files.write(file, data);
                fail(Finding.cutDown(door, file).describe());
            }
        }
        System.out.println(inputs + " inputs of " + corpus.size() + " crossed");
    }

    private static List<byte[]> corpus() throws IOException {
        String usual =
                Path.of(System.getProperty("user.home"), ".phaseline", "fuzz").toString();
        Path corpora = Path.of(System.getProperty("fuzz.corpus", usual));
        List<byte[]> corpus = new ArrayList<>();
        for (Door door : Door.values()) {
            Path folder = corpora.resolve(door.label());
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path file : files.sorted().toList()) {
                        corpus.add(Files.readAllBytes(file));
                    }
                }
            }
        }
        if (corpus.isEmpty()) {
            fail("no fuzzer has been run yet: " + corpora);
        }
        return corpus;
    }

    private byte[] any(List<byte[]> corpus) {
        return corpus.get(random.nextInt(corpus.size()));
    }

    private byte[] crossed(byte[] one, byte[] other) {
        byte[] variations = new byte[random.nextInt(MOST_VARIATIONS)];
        if (random.nextBoolean() && other.length >= variations.length) {
            System.arraycopy(other, other.length - variations.length, variations, 0, variations.length);
        } else {
            random.nextBytes(variations);
        }
        byte[] feeding = new byte[random.nextInt(MOST_FEEDING)];
        random.nextBytes(feeding);
        return FuzzInput.of(new FuzzInput(one).body(), variations, feeding, random.nextInt(OPTIONS));
    }
}
