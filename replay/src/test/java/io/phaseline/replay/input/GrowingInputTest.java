package io.phaseline.replay.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.phaseline.replay.Captures;
import io.phaseline.replay.Run;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowingInputTest {
    @TempDir
    Path folder;

    @Test
    void theEndIsWhereNothingMoreComes() throws IOException {
        Path file = Captures.write(folder, "log", "a");
        Deque<String> later = new ArrayDeque<>(List.of("b", "", "", "c", "d"));
        InputStream in = new GrowingInput(Files.newInputStream(file), fruitless -> {
            String next = later.poll();
            if (next == null) {
                return fruitless < 2;
            }
            try {
                Files.writeString(file, next, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return true;
        });

        assertThat(in.read()).isEqualTo('a');
        assertThat(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo("bcd");
        assertThat(later).isEmpty();
    }

    @Test
    void aFileThatDoesNotGrowIsReadToItsEnd() {
        Path file = Captures.write(folder, "a.sse", Captures.CHAT);

        assertThat(Run.of("replay", "--follow=1", "--format", "jsonl", file))
                .isEqualTo(Run.of("replay", "--format", "jsonl", file));
    }
}
