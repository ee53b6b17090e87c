package io.phaseline.phase;

import static org.assertj.core.api.Assertions.assertThat;

import io.phaseline.event.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PhaseTableTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "phases.md");

    @Test
    void everyPairHasExactlyOneRow() {
        Set<String> pairs = new HashSet<>();
        PhaseTable.all().forEach(row -> assertThat(pairs.add(row.from() + " " + row.on())).isTrue());
        assertThat(pairs).hasSize((Phase.values().length + 1) * Signal.values().length);
    }

    @Test
    void theTableLeadsWhereTheContractSays() {
        for (PhaseTable.Row row : PhaseTable.all()) {
            Phase byContract = row.from() == Phase.FAILED
                    ? Phase.FAILED
                    : switch (row.on()) {
                        case REASONING -> Phase.THINKING;
                        case REASONING_AFTER_TOOL -> Phase.RESULT_INTEGRATION;
                        case CODE_CHANGE -> Phase.CODE_EXECUTION;
                        case TOOL_CHANGE -> Phase.TOOL_EXECUTION;
                        case CALL_FRAGMENT -> Phase.FUNCTION_CALL;
                        case CONTENT -> Phase.RESPONSE;
                        case FINISH -> Phase.COMPLETED;
                        case ERROR -> Phase.FAILED;
                    };
            assertThat(PhaseTable.next(row.from(), row.on())).as(row.toString()).isEqualTo(byContract);
        }
    }

    @Test
    void enteringThePhaseOneIsInSaysNothing() {
        for (PhaseTable.Row row : PhaseTable.all()) {
            PhaseMachine machine = new PhaseMachine();
            machine.restore(row.from());
            assertThat(machine.take(row.on())).isEqualTo(row.from() != row.to());
            assertThat(machine.take(row.on())).isFalse();
        }
    }

    /** {@code -Dgolden.update} writes the document anew. */
    @Test
    void theDocumentIsPrintedFromTheTable() throws IOException {
        String printed = PhaseTable.toMarkdown();
        if (System.getProperty("golden.update") != null) {
            Files.writeString(DOCUMENT, printed);
        }
        assertThat(DOCUMENT).as("stale: run PhaseTableTest with -Dgolden.update").content().isEqualTo(printed);
    }
}
