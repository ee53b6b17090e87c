package io.phaseline.fuzz;

import io.phaseline.ParserOptions;
import io.phaseline.Parsers;
import io.phaseline.event.Dialect;

/** What the doors of the three chunk readers have in common. */
final class Payloads {
    private Payloads() {}

    /** Each frame read by itself, and each compared with earlier ones: both as the reference reads them. */
    static void judge(FuzzInput input, Dialect dialect) {
        byte[] stream = input.lines("data:", "\n\n");
        ParserOptions options = input.options(dialect);
        Judge.agrees(stream, options, listener -> Parsers.readEachByItself(stream.clone(), options, listener));
        Judge.agrees(stream, options, listener -> Parsers.read(stream.clone(), options, listener));
    }
}
