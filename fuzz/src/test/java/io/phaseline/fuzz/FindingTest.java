package io.phaseline.fuzz;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Shows a finding again: {@code -Dfuzz.door=parser -Dfuzz.input=FILE}. */
class FindingTest {
    @TestFactory
    Stream<DynamicTest> finding() {
        String input = System.getProperty("fuzz.input");
        if (input == null) {
            return Stream.empty();
        }
        Door door = Door.of(System.getProperty("fuzz.door"));
        return Stream.of(dynamicTest(input, () -> {
            Finding finding = Finding.cutDown(door, Path.of(input));
            if (finding.fault() != null) {
                fail(finding.describe());
            }
        }));
    }
}
