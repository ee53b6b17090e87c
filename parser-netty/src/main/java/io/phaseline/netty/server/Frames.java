package io.phaseline.netty.server;

import io.phaseline.ParserLimits;
import io.phaseline.ParserOptions;
import io.phaseline.StreamParser;
import io.phaseline.bytes.Slice;
import io.phaseline.event.Dialect;
import io.phaseline.event.Place;
import io.phaseline.event.StreamListener;
import io.phaseline.event.ToolChange;
import io.phaseline.event.Usage;
import io.phaseline.event.UsageField;
import io.phaseline.sse.EventStreamReader;
import io.phaseline.sse.Frame;
import io.phaseline.sse.FrameListener;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the frames of a capture lie, and what has to be known of them to serve them. Immutable.
 *
 * <p>Each frame reaches from the end of the one before it to the end of its blank line; what follows the last one is
 * nobody's.
 */
final class Frames {
    private final int[] ends;
    private final BitSet done;
    private final double[] tokens;
    private final @Nullable Dialect dialect;

    private Frames(int[] ends, BitSet done, double[] tokens, @Nullable Dialect dialect) {
        this.ends = ends;
        this.done = done;
        this.tokens = tokens;
        this.dialect = dialect;
    }

    static Frames of(byte[] body) {
        Finder finder = new Finder();
        int[] ends = finder.find(body);
        TokenCount count = new TokenCount(ends);
        StreamParser parser = new StreamParser(ParserOptions.DEFAULT.withManyStreams(true), count);
        parser.feed(body);
        parser.finish();
        return new Frames(ends, finder.done, count.tokens(), count.dialect);
    }

    int count() {
        return ends.length;
    }

    @Nullable
    Dialect dialect() {
        return dialect;
    }

    /** Where a frame begins; frames are counted from 1. */
    int start(int frame) {
        return frame == 1 ? 0 : ends[frame - 2];
    }

    int end(int frame) {
        return ends[frame - 1];
    }

    /** Whether a frame is the end marker {@code [DONE]}. */
    boolean isDone(int frame) {
        return done.get(frame - 1);
    }

    /** How many tokens a frame brought; see {@link Pace.Kind#TOKENS}. */
    double tokens(int frame) {
        return tokens[frame - 1];
    }

    /** Finds where frames end. */
    private static final class Finder implements FrameListener {
        private static final Slice DONE = Slice.of("[DONE]");

        final BitSet done = new BitSet();
        private final List<Integer> ends = new ArrayList<>();
        private boolean dispatched;
        private boolean isDone;

        int[] find(byte[] body) {
            EventStreamReader reader = new EventStreamReader(this, ParserLimits.MAX_FRAME_BYTES);
            int at = 0;
            while (at < body.length) {
                at += reader.feedFrame(body, at, body.length - at);
                if (dispatched) {
                    end(at);
                }
            }
            reader.finish();
            if (dispatched) {
                end(body.length);
            }
            return ends.stream().mapToInt(Integer::intValue).toArray();
        }

        private void end(int at) {
            done.set(ends.size(), isDone);
            ends.add(at);
            dispatched = false;
        }

        @Override
        public void onFrame(Frame frame) {
            dispatched = true;
            isDone = frame.data().length() < DONE.length() * 2
                    && new String(frame.data().toByteArray(), StandardCharsets.UTF_8)
                            .strip()
                            .equals(DONE.toString());
        }

        @Override
        public void onPendingFrame(Frame frame) {
            onFrame(frame);
        }
    }

    /** Counts the tokens of each frame. */
    private static final class TokenCount implements StreamListener {
        private final int[] ends;
        private final BitSet hasText = new BitSet();
        private final double[] growth;
        private long counted;
        private int usages;

        @Nullable
        Dialect dialect;

        TokenCount(int[] ends) {
            this.ends = ends;
            this.growth = new double[ends.length];
        }

        double[] tokens() {
            if (usages > 1) {
                return growth;
            }
            double total = Arrays.stream(growth).sum();
            double each = total > 0 ? total / Math.max(1, hasText.cardinality()) : 1;
            double[] tokens = new double[ends.length];
            hasText.stream().forEach(frame -> tokens[frame] = each);
            return tokens;
        }

        private int frameAt(Place at) {
            int found = Arrays.binarySearch(ends, (int) at.offset());
            int frame = found >= 0 ? found + 1 : -found - 1;
            return Math.min(frame, ends.length - 1);
        }

        @Override
        public void onStarted(Place at, @Nullable Dialect told, Slice id, Slice model) {
            if (dialect == null) {
                dialect = told;
            }
            counted = 0;
        }

        @Override
        public void onReasoning(Place at, int choice, Slice delta) {
            text(at);
        }

        @Override
        public void onContent(Place at, int choice, Slice delta) {
            text(at);
        }

        @Override
        public void onRefusal(Place at, int choice, Slice delta) {
            text(at);
        }

        @Override
        public void onTool(Place at, int choice, ToolChange change) {
            text(at);
        }

        private void text(Place at) {
            if (ends.length > 0) {
                hasText.set(frameAt(at));
            }
        }

        @Override
        public void onUsage(Place at, Usage changed) {
            if (ends.length > 0 && changed.has(UsageField.OUTPUT_TOKENS)) {
                long total = changed.value(UsageField.OUTPUT_TOKENS);
                growth[frameAt(at)] += Math.max(0, total - counted);
                counted = total;
                usages++;
            }
        }
    }
}
