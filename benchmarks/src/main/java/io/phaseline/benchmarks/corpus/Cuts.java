package io.phaseline.benchmarks.corpus;

import java.util.Arrays;

/** One body and where it is cut into inputs. */
public final class Cuts {
    /** Instead of a number of bytes: each input holds one frame, as in a live stream. */
    public static final String FRAME = "frame";
    /** Instead of a number of bytes: one input. */
    public static final String WHOLE = "whole";

    private final byte[] bytes;
    private final int[] ends;

    private Cuts(byte[] bytes, int[] ends) {
        this.bytes = bytes;
        this.ends = ends;
    }

    /**
     * The body.
     *
     * @return the array itself
     */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * Where each input ends, exclusive; each begins where the one before ended.
     *
     * @return the array itself
     */
    public int[] ends() {
        return ends;
    }

    /**
     * Cuts every body of a corpus.
     *
     * @param corpus what to cut
     * @param size {@link #FRAME}, {@link #WHOLE}, or a number of bytes
     * @return as many as there are bodies
     */
    public static Cuts[] of(Corpus corpus, String size) {
        return corpus.bodies().stream()
                .map(body -> new Cuts(
                        body,
                        switch (size) {
                            case FRAME -> frames(body);
                            case WHOLE -> new int[] {body.length};
                            default -> pieces(body.length, Integer.parseInt(size));
                        }))
                .toArray(Cuts[]::new);
    }

    private static int[] pieces(int length, int size) {
        int[] ends = new int[(length + size - 1) / size];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = Math.min(length, (i + 1) * size);
        }
        return ends;
    }

    private static int[] frames(byte[] body) {
        int[] ends = new int[body.length / 8];
        int count = 0;
        for (int i = 1; i < body.length; i++) {
            if (body[i] == '\n' && body[i - 1] == '\n') {
                ends[count++] = i + 1;
            }
        }
        return Arrays.copyOf(ends, count);
    }
}
