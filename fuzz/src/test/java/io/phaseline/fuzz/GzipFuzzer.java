package io.phaseline.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.provider.MethodSource;

/** Input inside gzip, in one member or many, whole or damaged; the JDK's own reader is the judge of what is damaged. */
final class GzipFuzzer {
    @MethodSource("io.phaseline.fuzz.Seeds#streams")
    @FuzzTest
    void fuzz(byte[] data) {
        Compressed.judge(
                new FuzzInput(data), GZIPOutputStream::new, GZIPInputStream::new, new byte[] {0x1F, (byte) 0x8B});
    }
}
