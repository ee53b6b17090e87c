package io.phaseline.replay.stats;

/**
 * Frames that errors are counted together for: the farther from the start, the more.
 *
 * @param from the first one, from 1; 0 where there was no frame
 * @param to the last one
 */
record FrameRange(long from, long to) {
    /** As many slots as there can be. */
    static final int SLOTS = Long.SIZE;

    static int slotOf(long frame) {
        return Long.SIZE - Long.numberOfLeadingZeros(Math.max(0, frame));
    }

    static FrameRange ofSlot(int slot) {
        if (slot == 0) {
            return new FrameRange(0, 0);
        }
        long from = 1L << slot - 1;
        return new FrameRange(from, 2 * from - 1);
    }

    @Override
    public String toString() {
        return from == to ? Long.toString(from) : from + "–" + to;
    }
}
