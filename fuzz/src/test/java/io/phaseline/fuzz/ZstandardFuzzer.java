package io.phaseline.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import org.junit.jupiter.params.provider.MethodSource;

/** Input inside Zstandard, in one frame or many, whole or damaged, read in pieces. */
final class ZstandardFuzzer {
    private static final byte[] MAGIC = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD};

    @MethodSource("io.phaseline.fuzz.Seeds#streams")
    @FuzzTest
    void fuzz(byte[] data) {
        Compressed.judge(new FuzzInput(data), ZstdOutputStreamNoFinalizer::new, ZstdInputStreamNoFinalizer::new, MAGIC);
    }
}
