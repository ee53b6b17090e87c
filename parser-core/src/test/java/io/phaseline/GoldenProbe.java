package io.phaseline;

import io.phaseline.GoldenTest.Case;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The goldens for the mutation run, which needs its answer in a moment: few splits stand for all. For everything else
 * there is {@link GoldenTest}.
 */
class GoldenProbe {
    private static final int MOST_BYTES = 1 << 16;

    static Stream<Path> inputs() throws IOException {
        try (Stream<Path> files = Files.walk(GoldenTest.ROOT)) {
            return files
                    .filter(GoldenTest::isInput)
                    .filter(file -> file.toFile().length() <= MOST_BYTES)
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void isHeardAsItsTranscriptSays(Path input) throws IOException {
        Case golden = Case.read(input);
        golden.matchesItsTranscript();
        golden.byteByByte();
        golden.fromEveryBuffer();
        golden.againAfterReset();
        int length = golden.bytes().length;
        golden.restoredAt(List.of(length / 3, length / 2, length - length / 8));
    }
}
