package io.phaseline.template;

import io.phaseline.bytes.Runs;

/**
 * A template whose frames follow each other: its bytes from the end of the first restless value round to that value in
 * the next frame, so that the end of one frame and the beginning of the next are compared at once.
 */
public final class Refrain {
    /** Longer frames are compared each by itself: one comparison more is nothing to them. */
    private static final int MAX_LENGTH = 4 << 10;

    private byte[] bytes = {};
    private int length;
    private Span[] slots = {};

    /** Where the runs begin that stand behind the slots. */
    private int[] runs = {};

    /** How much of the last run belongs to the frame. */
    private int tail;

    /** How much of the last run belongs to the next frame. */
    private int head;

    /** Whether the next frame begins like this template, up to its first slot. */
    private boolean goesOn;

    /** Takes over a template; false if it has no slots, or is too long, or its frames may be. */
    boolean take(Template template, int maxFrameBytes) {
        slots = template.slots;
        length = template.length;
        boolean mayBeTooLong = length + (long) slots.length * PlainSlots.LONGEST > maxFrameBytes;
        if (slots.length == 0 || length > MAX_LENGTH || mayBeTooLong) {
            return false;
        }
        if (bytes.length < length) {
            bytes = new byte[length];
        }
        if (runs.length < slots.length) {
            runs = new int[slots.length];
        }
        int to = 0;
        for (int k = 0; k < slots.length; k++) {
            runs[k] = to;
            int from = slots[k].end;
            int end = k + 1 < slots.length ? slots[k + 1].start : template.length;
            System.arraycopy(template.bytes, from, bytes, to, end - from);
            to += end - from;
        }
        tail = to - runs[slots.length - 1];
        head = slots[0].start;
        System.arraycopy(template.bytes, 0, bytes, to, head);
        length = to + head;
        return true;
    }

    /** How many bytes stand in front of the first slot. */
    public int head() {
        return head;
    }

    /** Whether a frame begins like this. */
    public boolean isHeadAt(byte[] array, int from, int to) {
        return head <= to - from && Runs.areSame(array, from, bytes, length - head, head);
    }

    /** Whether the head of the next frame was found behind the frame that matched last. */
    public boolean goesOn() {
        return goesOn;
    }

    /**
     * Compares a frame whose head is known to match.
     *
     * @param from where its first slot begins
     * @return where the frame ends; negative if it does not match
     */
    int match(PlainSlots reader, byte[] array, int from, int to) {
        Span[] spans = slots;
        int last = spans.length - 1;
        byte[] known = bytes;
        int i = reader.read(spans[0], array, from, to);
        for (int k = 0; k < last; k++) {
            int run = runs[k + 1] - runs[k];
            if (i < 0 || run > to - i || !Runs.areSame(array, i, known, runs[k], run)) {
                return -1;
            }
            i = reader.read(spans[k + 1], array, i + run, to);
        }
        if (i < 0) {
            return -1;
        }
        int begin = runs[last];
        int there = Math.min(length - begin, to - i);
        int same = there < tail ? 0 : Runs.same(array, i, known, begin, there);
        goesOn = same == length - begin;
        return same < tail ? -1 : i + tail;
    }
}
