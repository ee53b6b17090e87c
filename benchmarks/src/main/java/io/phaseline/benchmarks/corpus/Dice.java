package io.phaseline.benchmarks.corpus;

/** SplitMix64: the same numbers from the same seed on every JDK, which java.util.random does not promise. */
final class Dice {
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    private long state;

    Dice(long seed) {
        this.state = seed;
    }

    long next() {
        state += GOLDEN_RATIO;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** From 0 up to the bound, exclusive. */
    int below(int bound) {
        return (int) ((next() >>> 33) % bound);
    }

    /** Both ends inclusive. */
    int between(int least, int most) {
        return least + below(most - least + 1);
    }

    boolean chance(double probability) {
        return (next() >>> 11) * 0x1.0p-53 < probability;
    }

    <T> T pick(T[] from) {
        return from[below(from.length)];
    }

    String uuid() {
        return new java.util.UUID((next() & ~0xF000L) | 0x4000L, (next() >>> 2) | Long.MIN_VALUE).toString();
    }
}
