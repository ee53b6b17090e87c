package io.phaseline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process of its own: the encoding of the platform is fixed when one starts. */
class EncodingTest {
    @TempDir
    Path folder;

    @Test
    void outputIsUtf8WhateverThePlatformSays() throws IOException, InterruptedException {
        Path file = Captures.write(folder, "a.sse", Captures.CHAT);

        for (String command : List.of("result", "events", "frames", "show")) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Dfile.encoding=ISO-8859-1",
                            "-Dline.separator=\r\n",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Phaseline.class.getName(),
                            command,
                            file.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(out)
                    .isEqualTo(Run.of(command, file).out())
                    .contains("四十二 😀")
                    .doesNotContain("\r");
            assertThat(process.waitFor()).isZero();
        }
    }
}
