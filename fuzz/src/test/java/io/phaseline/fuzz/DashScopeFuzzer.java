package io.phaseline.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.phaseline.event.Dialect;
import org.junit.jupiter.params.provider.MethodSource;

/** The chunk reader of native frames: each line of the body is a payload, and all are of that dialect. */
final class DashScopeFuzzer {
    @MethodSource("io.phaseline.fuzz.Seeds#dashScopePayloads")
    @FuzzTest
    void fuzz(byte[] data) {
        Payloads.judge(new FuzzInput(data), Dialect.DASHSCOPE);
    }
}
