package io.phaseline.netty.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs the load in a JVM of its own with 512 MB of heap: 1,000 streams, or {@code -Dphaseline.streams=10000}. */
final class ManyStreamsTest {
    @ParameterizedTest
    @Timeout(500)
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void noneIsLostOrMixedUpAndTheHeapIsAsBefore(Transport transport) throws Exception {
        Process load = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ManyStreams.class.getName(),
                        System.getProperty("phaseline.streams", "1000"),
                        transport.name()))
                .redirectErrorStream(true)
                .start();
        String said = new String(load.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.print(said);
        assertThat(load.waitFor()).as(said).isZero();
    }
}
