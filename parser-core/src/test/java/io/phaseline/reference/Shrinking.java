package io.phaseline.reference;

import java.util.function.Predicate;

/** Cuts a failing input down. */
public final class Shrinking {
    private Shrinking() {}

    /**
     * Leaves out long runs of bytes, then short ones, as long as the inputs it leaves still fail.
     *
     * @param failing an input that fails
     * @param fails tells whether an input does
     * @return a small one that fails
     */
    public static byte[] smallest(byte[] failing, Predicate<byte[]> fails) {
        byte[] small = failing;
        for (int run = small.length / 2; run > 0; run = run > 64 ? run / 2 : run - (run > 8 ? 8 : 1)) {
            for (int at = 0; at + run <= small.length; ) {
                byte[] shorter = new byte[small.length - run];
                System.arraycopy(small, 0, shorter, 0, at);
                System.arraycopy(small, at + run, shorter, at, shorter.length - at);
                if (fails.test(shorter)) {
                    small = shorter;
                } else {
                    at += Math.max(1, run / 2);
                }
            }
        }
        return small;
    }
}
