package io.phaseline.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.phaseline.ParserLimits;
import io.phaseline.ParserOptions;
import io.phaseline.StreamParser;
import io.phaseline.event.Outcome;
import io.phaseline.event.Place;
import io.phaseline.event.StreamListener;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jol.info.GraphLayout;

/** What a parser holds stays below a function of its limits, whatever comes, and it ends in a result. */
class BoundsTest {
    private static final ParserLimits LIMITS = new ParserLimits(Endless.FRAME_BYTES, 100, 20, 4, 1 << 16, 1 << 14);

    /** Templates (one may have 1 MiB), known strings and tables of names: bounded by constants, not by options. */
    private static final long FIXED_BYTES = 3L << 19;

    /** How many buffers may hold a frame at once: the lines, what was joined, repaired and unescaped, and their growth. */
    private static final int FRAME_BUFFERS = 6;

    /** Ids, types and names of one item, as strings and as bytes. */
    private static final int TEXTS_OF_AN_ITEM = 4;

    private static final int PIECES = 400;

    /** In bytes, as Java keeps them. */
    private static long bound() {
        return FIXED_BYTES
                + (long) FRAME_BUFFERS * LIMITS.maxFrameBytes()
                + 2 * LIMITS.maxToolBytes()
                + 2L * LIMITS.maxBodyBytes()
                + (long) TEXTS_OF_AN_ITEM * ParserLimits.MAX_ID_BYTES * (LIMITS.maxItems() + LIMITS.maxChoices());
    }

    @ParameterizedTest
    @EnumSource(Endless.class)
    void memoryIsBoundedByTheLimits(Endless input) {
        int[] ended = {0};
        StreamParser parser = new StreamParser(ParserOptions.DEFAULT.withLimits(LIMITS), new StreamListener() {
            @Override
            public void onEnded(Place at, Outcome outcome, long frames, long bytes) {
                ended[0]++;
            }
        });
        parser.feed(input.beginning.getBytes(UTF_8));
        for (int i = 1; i <= PIECES; i++) {
            parser.feed(input.piece.apply(i).getBytes(UTF_8));
            if (i % (PIECES / 4) == 0) {
                assertThat(GraphLayout.parseInstance(parser).totalSize())
                        .as("bytes held after %s pieces", i)
                        .isLessThan(bound());
                assertThat((long) parser.snapshot().length)
                        .as("bytes of a snapshot after %s pieces", i)
                        .isLessThan(bound());
            }
        }
        parser.finish();
        assertThat(ended[0]).isEqualTo(1);
    }
}
