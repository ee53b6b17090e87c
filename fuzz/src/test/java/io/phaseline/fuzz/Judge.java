package io.phaseline.fuzz;

import io.phaseline.ParserOptions;
import io.phaseline.event.EventRecorder;
import io.phaseline.event.ResultAccumulator;
import io.phaseline.event.StreamEvent;
import io.phaseline.event.StreamListener;
import io.phaseline.event.StreamResult;
import io.phaseline.reference.ReferenceParser;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Holds what was heard against what should have been. */
final class Judge {
    private Judge() {}

    /** What one parser heard and another did not. */
    static final class Difference extends AssertionError {
        private static final long serialVersionUID = 1;

        Difference(String message) {
            super(message);
        }
    }

    /**
     * The reference hears in an input what a reading of it hears.
     *
     * @param input the whole input
     * @param options how it is to be read
     * @param reading feeds a parser that talks to the listener it is given
     */
    static void agrees(byte[] input, ParserOptions options, Consumer<StreamListener> reading) {
        same(
                ReferenceParser.normalize(ReferenceParser.parse(input.clone(), options)),
                ReferenceParser.normalize(EventRecorder.record(reading::accept)));
    }

    /** Two lists are the same; if not, says where they part. */
    static void same(List<?> expected, List<?> heard) {
        if (expected.equals(heard)) {
            return;
        }
        int at = 0;
        while (at < expected.size() && at < heard.size() && expected.get(at).equals(heard.get(at))) {
            at++;
        }
        throw new Difference("event " + at + " of " + expected.size() + "\n  expected " + at(expected, at)
                + "\n  heard    " + at(heard, at) + "\n  after    " + at(expected, at - 1));
    }

    private static Object at(List<?> list, int at) {
        return at >= 0 && at < list.size() ? list.get(at) : "nothing";
    }

    /** The results of a reading: folded as it is heard, and folded over its records, are the same. */
    static void foldsAlike(Consumer<StreamListener> reading) {
        List<StreamResult> live = new ArrayList<>();
        reading.accept(new ResultAccumulator(live::add));
        List<StreamResult> folded = new ArrayList<>();
        ResultAccumulator accumulator = new ResultAccumulator(folded::add);
        for (StreamEvent event : EventRecorder.record(reading::accept)) {
            event.deliverTo(accumulator);
        }
        same(folded, live);
    }
}
