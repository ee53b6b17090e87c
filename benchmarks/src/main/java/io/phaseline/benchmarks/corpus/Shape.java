package io.phaseline.benchmarks.corpus;

import io.phaseline.event.Dialect;

/**
 * What a corpus shall look like.
 *
 * @param dialect the wire format
 * @param bytes about how long all bodies are together; the last one is never cut
 * @param codeBytes how long each code is, in characters; 0 for what is usual (150 to 1,500)
 * @param growing whether the code is sent as it is written, so that {@code tool_info} grows from frame to frame
 * @param similarity share of frames whose payload is written as their server always does; the others get other member
 *     orders, white space and spellings at random, so that nothing in them repeats
 */
public record Shape(Dialect dialect, int bytes, int codeBytes, boolean growing, double similarity) {
    /** Fits the second-level cache of most machines, as bytes that have just arrived do. */
    public static final int SMALL = 2_000_000;
    /** Fits no cache. */
    public static final int LARGE = 64_000_000;

    /**
     * The documented shape, 2 MB.
     *
     * @param dialect the wire format
     * @return a shape
     */
    public static Shape of(Dialect dialect) {
        return new Shape(dialect, SMALL, 0, false, 1.0);
    }

    /**
     * The same with another size.
     *
     * @param size in bytes
     * @return a shape
     */
    public Shape withBytes(int size) {
        return new Shape(dialect, size, codeBytes, growing, similarity);
    }

    /**
     * The same with codes of a fixed length, and fewer frames, as each of them repeats the code.
     *
     * @param length in characters
     * @return a shape
     */
    public Shape withCode(int length) {
        return new Shape(dialect, bytes, length, growing, similarity);
    }

    /**
     * The same with codes that are sent as they are written.
     *
     * @return a shape
     */
    public Shape withGrowingCode() {
        return new Shape(dialect, bytes, codeBytes, true, similarity);
    }

    /**
     * The same with a share of payloads in which nothing repeats.
     *
     * @param share of frames that are written as always, 0 to 1
     * @return a shape
     */
    public Shape withSimilarity(double share) {
        return new Shape(dialect, bytes, codeBytes, growing, share);
    }
}
