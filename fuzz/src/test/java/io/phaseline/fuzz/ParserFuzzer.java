package io.phaseline.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.phaseline.ParserOptions;
import io.phaseline.Parsers;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole parser, the dialect told by the content or by the options. */
final class ParserFuzzer {
    @MethodSource("io.phaseline.fuzz.Seeds#streams")
    @FuzzTest
    void fuzz(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        byte[] stream = input.stream();
        ParserOptions options = input.options();
        Judge.agrees(stream, options, listener -> Parsers.read(stream.clone(), options, listener));
        Judge.foldsAlike(listener -> Parsers.read(stream.clone(), options, listener));
    }
}
