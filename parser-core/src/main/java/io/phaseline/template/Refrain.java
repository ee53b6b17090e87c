package io.phaseline.template;

import io.phaseline.bytes.Runs;
import java.nio.ByteBuffer;

/**
 * A template whose frames follow each other: its bytes from the end of the first restless value round to that value in
 * the next frame, so that the end of one frame and the beginning of the next are compared at once.
 */
public final class Refrain {
    /** Longer frames are compared each by itself: one comparison more is nothing to them. */
    private static final int MAX_LENGTH = 4 << 10;

    private byte[] bytes = {};
    private ByteBuffer view = ByteBuffer.wrap(bytes);
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
            view = ByteBuffer.wrap(bytes);
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
    boolean isHeadAt(Source source, int from, int to) {
        return head <= to - from && source.areSame(from, bytes, view, length - head, head);
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
    int match(Source source, PlainSlots reader, int from, int to) {
        byte[] array = source.array;
        return array != null ? match(array, reader, from, to) : matchBuffer(source, reader, from, to);
    }

    /** The same once more, because nearly all inputs are arrays, and this is where nearly all time is spent. */
    private int match(byte[] array, PlainSlots reader, int from, int to) {
        Span[] spans = slots;
        int[] starts = runs;
        byte[] known = bytes;
        int i = from;
        int last = spans.length - 1;
        for (int k = 0; k < last; k++) {
            i = reader.read(array, spans[k], i, to);
            int run = starts[k];
            int size = starts[k + 1] - run;
            if (i < 0 || size > to - i || !Runs.areSame(array, i, known, run, size)) {
                return -1;
            }
            i += size;
        }
        i = reader.read(array, spans[last], i, to);
        if (i < 0) {
            return -1;
        }
        int begin = starts[last];
        int rest = length - begin;
        if (rest <= to - i && Runs.areSame(array, i, known, begin, rest)) {
            goesOn = true;
            return i + tail;
        }
        goesOn = false;
        return tail <= to - i && Runs.areSame(array, i, known, begin, tail) ? i + tail : -1;
    }

    private int matchBuffer(Source source, PlainSlots reader, int from, int to) {
        Span[] spans = slots;
        int last = spans.length - 1;
        int i = reader.read(spans[0], from, to);
        for (int k = 0; k < last; k++) {
            int run = runs[k + 1] - runs[k];
            if (i < 0 || run > to - i || !source.areSame(i, bytes, view, runs[k], run)) {
                return -1;
            }
            i = reader.read(spans[k + 1], i + run, to);
        }
        if (i < 0) {
            return -1;
        }
        int begin = runs[last];
        int there = Math.min(length - begin, to - i);
        int same = there < tail ? 0 : source.same(i, bytes, view, begin, there);
        goesOn = same == length - begin;
        return same < tail ? -1 : i + tail;
    }
}
