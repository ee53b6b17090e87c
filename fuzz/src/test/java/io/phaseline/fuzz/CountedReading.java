package io.phaseline.fuzz;

import io.phaseline.ParserLimits;
import io.phaseline.ParserOptions;
import io.phaseline.StreamParser;
import io.phaseline.event.StreamListener;
import java.util.function.Consumer;

/** Has a parser read inputs. It knows no type of the tests, so that it can be loaded with the parser that it uses. */
public final class CountedReading implements Consumer<Iterable<byte[]>> {
    /** The items of a stream are searched one after the other: that much for each frame is linear, too. */
    private static final int MAX_ITEMS = 50;

    private static final ParserLimits LIMITS = new ParserLimits(
            ParserLimits.DEFAULT.maxFrameBytes(),
            ParserLimits.DEFAULT.maxDepth(),
            MAX_ITEMS,
            ParserLimits.DEFAULT.maxChoices(),
            ParserLimits.DEFAULT.maxToolBytes(),
            ParserLimits.DEFAULT.maxBodyBytes());

    public CountedReading() {}

    @Override
    public void accept(Iterable<byte[]> inputs) {
        StreamParser parser = new StreamParser(ParserOptions.DEFAULT.withLimits(LIMITS), new StreamListener() {});
        for (byte[] input : inputs) {
            parser.feed(input);
        }
        parser.finish();
    }
}
