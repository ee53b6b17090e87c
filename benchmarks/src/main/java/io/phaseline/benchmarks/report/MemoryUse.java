package io.phaseline.benchmarks.report;

import io.phaseline.StreamParser;
import io.phaseline.benchmarks.corpus.Corpus;
import io.phaseline.benchmarks.corpus.Shape;
import io.phaseline.event.Dialect;
import io.phaseline.event.StreamListener;
import org.openjdk.jol.info.GraphLayout;

/**
 * How much memory a parser holds: everything that can be reached from it.
 *
 * @param idle a new parser
 * @param withCode one in the middle of a stream whose {@code tool_info} holds 64 KB of code
 */
record MemoryUse(long idle, long withCode) {
    private static final int CODE = 65_536;
    private static final int INPUT = 16_384;

    static MemoryUse measure() {
        // Records and lambdas hide their offsets from Unsafe; JOL then computes them.
        System.setProperty("jol.magicFieldOffset", "true");
        System.setProperty("jol.skipHotspotSAAttach", "true");
        StreamParser parser = new StreamParser(new StreamListener() {});
        long idle = GraphLayout.parseInstance(parser).totalSize();
        byte[] body = Corpus.of(Shape.of(Dialect.DASHSCOPE).withBytes(1).withCode(CODE))
                .bodies()
                .get(0);
        // The code comes in the first half; 16 KB inputs leave a frame unfinished between them.
        byte[] input = new byte[INPUT];
        for (int at = 0; at < body.length * 3 / 4; at += INPUT) {
            int length = Math.min(INPUT, body.length - at);
            System.arraycopy(body, at, input, 0, length);
            parser.feed(input, 0, length);
        }
        // Views may still point at the last input, which is the caller's.
        GraphLayout callers = GraphLayout.parseInstance((Object) input);
        return new MemoryUse(
                idle, GraphLayout.parseInstance(parser).subtract(callers).totalSize());
    }
}
