package io.phaseline.benchmarks;

import io.phaseline.benchmarks.contender.Newlines;
import io.phaseline.benchmarks.corpus.Corpus;
import io.phaseline.benchmarks.corpus.Shape;
import io.phaseline.event.Dialect;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * What can this machine do at most with the same bytes?
 *
 * <p>{@code java -jar benchmarks/target/benchmarks.jar Limits}
 */
public class LimitsBenchmark extends MeasuredBenchmark {
    /** The wire format. */
    @Param
    public Dialect dialect;

    private byte[] bytes;
    private byte[] copy;

    /** Makes the corpus, one body behind the other, and the same bytes again elsewhere. */
    @Setup
    public void prepare() {
        Corpus corpus = Corpus.of(Shape.of(dialect));
        bytes = new byte[(int) corpus.bytes()];
        int at = 0;
        for (byte[] body : corpus.bodies()) {
            System.arraycopy(body, 0, bytes, at, body.length);
            at += body.length;
        }
        copy = bytes.clone();
    }

    /**
     * Compares the corpus with itself: nobody who looks at every byte can be faster.
     *
     * @param volume how much that was
     * @return -1
     */
    @Benchmark
    public int mismatch(Volume volume) {
        volume.bytes += bytes.length;
        return Arrays.mismatch(bytes, copy);
    }

    /**
     * Searches for newlines, 8 bytes at a time: the least that a framing must do.
     *
     * @param volume how much that was
     * @return how many there are
     */
    @Benchmark
    public int newlines(Volume volume) {
        volume.bytes += bytes.length;
        int count = 0;
        for (int at = Newlines.find(bytes, 0, bytes.length); at >= 0; at = Newlines.find(bytes, at + 1, bytes.length)) {
            count++;
        }
        return count;
    }

    /**
     * Copies the corpus.
     *
     * @param volume how much that was
     * @return the copy
     */
    @Benchmark
    public byte[] copy(Volume volume) {
        volume.bytes += bytes.length;
        System.arraycopy(bytes, 0, copy, 0, bytes.length);
        return copy;
    }
}
