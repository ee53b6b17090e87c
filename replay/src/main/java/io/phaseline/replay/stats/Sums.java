package io.phaseline.replay.stats;

/** Adds counts that come from the wire, where a hostile one may be as large as a number gets. */
final class Sums {
    private Sums() {}

    /** The sum of two numbers that are not negative, or the largest number: in any order the same. */
    static long add(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
