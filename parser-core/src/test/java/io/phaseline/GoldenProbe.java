package io.phaseline;

import io.phaseline.GoldenTest.Case;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The goldens for the mutation run, which needs its answer in a moment: few splits stand for all, files are read once, and
 * a folder is one test, because JUnit looks for its tests anew for each that PIT runs. For everything else there is
 * {@link GoldenTest}.
 */
class GoldenProbe {
    private static final int MOST_BYTES = 1 << 16;

    private static final Map<String, List<Case>> CASES = new TreeMap<>();

    static Set<String> folders() throws IOException {
        if (CASES.isEmpty()) {
            for (Path file : GoldenTest.inputs()) {
                if (Files.size(file) <= MOST_BYTES) {
                    String folder = GoldenTest.ROOT.relativize(file.getParent()).toString();
                    CASES.computeIfAbsent(folder, name -> new ArrayList<>()).add(Case.unheard(file));
                }
            }
        }
        return CASES.keySet();
    }

    @ParameterizedTest
    @MethodSource("folders")
    void areHeardAsTheirTranscriptsSay(String folder) {
        List<Case> all = new ArrayList<>();
        for (Case unheard : CASES.get(folder)) {
            Case golden = unheard.heard();
            golden.matchesItsTranscript();
            golden.byteByByte();
            golden.fromEveryBuffer();
            golden.againAfterReset();
            int length = golden.bytes().length;
            golden.restoredAt(List.of(length / 3, length / 2, length - length / 8));
            all.add(golden);
        }
        GoldenTest.oneAfterTheOther(all, new Random(1));
    }
}
