package io.phaseline.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.phaseline.ParserOptions;
import io.phaseline.StreamParser;
import org.junit.jupiter.params.provider.MethodSource;

/** JSON lines and bodies: input without a field of an event stream, unless the fuzzer writes one. */
final class LinesFuzzer {
    @MethodSource("io.phaseline.fuzz.Seeds#lines")
    @FuzzTest
    void fuzz(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        byte[] lines = input.lines("", "\n");
        ParserOptions options = input.options();
        Judge.agrees(lines, options, listener -> {
            StreamParser parser = new StreamParser(options, listener);
            FuzzInput.cut(lines, input.feeding()).forEach(parser::feed);
            parser.finish();
        });
    }
}
