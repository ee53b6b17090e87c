package io.phaseline.replay;

import io.phaseline.StreamParser;
import io.phaseline.event.StreamListener;
import io.phaseline.replay.input.Input;
import io.phaseline.replay.input.StreamGate;
import java.util.List;
import java.util.function.Function;

/** Reads inputs one after the other, each with a parser of its own, and hands what is heard to a command. */
final class StreamReading {
    private final Stdio stdio;
    private final ReadingOptions options;
    private final Verdict verdict;

    StreamReading(Stdio stdio, ReadingOptions options, Verdict verdict) {
        this.stdio = stdio;
        this.options = options;
        this.verdict = verdict;
    }

    /**
     * Reads every input.
     *
     * @param listenerFor who hears the streams of an input; asked once for each
     */
    void read(List<Input> inputs, Function<Input, StreamListener> listenerFor) {
        InputReader reader = new InputReader(stdio, verdict, options.chunk);
        for (Input input : inputs) {
            StreamGate gate = new StreamGate(listenerFor.apply(input), verdict::flawed, input.named());
            StreamParser parser = new StreamParser(options.parserOptions(), gate);
            InputReader.Reading reading = reader.read(input, new InputReader.Sink() {
                @Override
                public void feed(byte[] bytes, int offset, int length) {
                    parser.feed(bytes, offset, length);
                }

                @Override
                public void finish() {
                    parser.finish();
                }
            });
            if (reading != InputReader.Reading.NONE && !gate.isOpen()) {
                verdict.note(input.source(), "nothing in it is a stream, passed over");
            }
        }
    }
}
