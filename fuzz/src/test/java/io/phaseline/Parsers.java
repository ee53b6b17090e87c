package io.phaseline;

import io.phaseline.event.StreamListener;

/** Whole readings, for tests of other packages. */
public final class Parsers {
    private Parsers() {}

    /**
     * Reads an input in one piece.
     *
     * @param input the whole input
     * @param options how to read it
     * @param listener who hears it
     */
    public static void read(byte[] input, ParserOptions options, StreamListener listener) {
        readWhole(new StreamParser(options, listener), input);
    }

    /**
     * Reads an input in one piece and compares no frame with an earlier one.
     *
     * @param input the whole input
     * @param options how to read it
     * @param listener who hears it
     */
    public static void readEachByItself(byte[] input, ParserOptions options, StreamListener listener) {
        readWhole(new StreamParser(options, listener, false), input);
    }

    private static void readWhole(StreamParser parser, byte[] input) {
        parser.feed(input);
        parser.finish();
    }
}
