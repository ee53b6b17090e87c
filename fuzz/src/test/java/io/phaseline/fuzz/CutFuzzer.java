package io.phaseline.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.phaseline.ParserOptions;
import io.phaseline.StreamParser;
import io.phaseline.reference.BufferKind;
import org.junit.jupiter.params.provider.MethodSource;

/** Input cut by the fuzzer, each piece lent in a way of its choice and spoilt afterwards. */
final class CutFuzzer {
    @MethodSource("io.phaseline.fuzz.Seeds#streams")
    @FuzzTest
    void fuzz(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        byte[] stream = input.stream();
        ParserOptions options = input.options();
        Choices feeding = input.feeding();
        BufferKind[] kinds = BufferKind.values();
        int first = feeding.octet();
        Judge.agrees(stream, options, listener -> {
            StreamParser parser = new StreamParser(options, listener);
            int number = first;
            for (byte[] piece : FuzzInput.cut(stream, feeding)) {
                kinds[number % kinds.length].feed(parser, piece);
                number += first / kinds.length % 2;
            }
            parser.finish();
        });
    }
}
