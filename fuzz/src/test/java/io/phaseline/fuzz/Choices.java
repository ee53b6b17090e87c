package io.phaseline.fuzz;

/**
 * Decisions read from bytes, so that whoever makes the bytes decides. Where they are used up every decision is the
 * first, plainest one: a shorter input is a simpler one.
 */
final class Choices {
    private final byte[] bytes;
    private int next;
    private final int end;

    Choices(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.next = start;
        this.end = end;
    }

    boolean isEmpty() {
        return next >= end;
    }

    /** A byte, 0 to 255. */
    int octet() {
        return next < end ? bytes[next++] & 0xFF : 0;
    }

    /** A number below {@code bound}, which takes a second byte only where one cannot reach it. */
    int below(int bound) {
        if (bound <= 1) {
            return 0;
        }
        int value = octet();
        return (bound <= 256 ? value : value << 8 | octet()) % bound;
    }

    boolean oneIn(int odds) {
        return octet() % odds == odds - 1;
    }

    <T> T pick(T[] values) {
        return values[below(values.length)];
    }
}
