package io.phaseline.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.phaseline.event.Dialect;
import org.junit.jupiter.params.provider.MethodSource;

/** The chunk reader of Chat Completions: each line of the body is a payload, and all are of that dialect. */
final class ChatFuzzer {
    @MethodSource("io.phaseline.fuzz.Seeds#chatPayloads")
    @FuzzTest
    void fuzz(byte[] data) {
        Payloads.judge(new FuzzInput(data), Dialect.CHAT);
    }
}
