package io.phaseline.template;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A frame as it was last seen: its bytes, and the spans of values in them that may differ in a frame of the same form. */
public final class Template {
    private static final int SPARE = 64;
    private static final int MAX_KEY = 56;
    private static final Span[] NO_SPANS = {};

    /** The frame up to the first byte of the line end that ends it. */
    byte[] bytes;

    ByteBuffer view;
    int length;

    private final Span[] spans;
    private boolean slotsChanged;
    Span[] slots = NO_SPANS;

    private @Nullable Refrain refrain;
    private boolean isRefrainFresh;

    private int matches;
    private boolean broken;

    /** Where its bytes begin that are looked at first: behind the event id, or at the start. */
    final int keyStart;

    /** How many they are: up to the next value, or as many as are quickly compared. */
    final int keyLength;

    /** How long a frame of this form is at least. */
    private int leastLength;

    Template(byte[] bytes, int length, Span[] spans) {
        this.bytes = bytes;
        this.view = ByteBuffer.wrap(bytes);
        this.length = length;
        this.spans = spans;
        for (Span span : spans) {
            // Ids count frames; and one of them must not be taken for granted.
            if (span.kind == Span.Kind.EVENT_ID) {
                span.becomeSlot();
            }
        }
        slotsChanged = true;
        boolean hasId = spans.length > 0 && spans[0].kind == Span.Kind.EVENT_ID;
        int next = hasId ? 1 : 0;
        keyStart = hasId ? spans[0].end : 0;
        keyLength = Math.min(MAX_KEY, (next < spans.length ? spans[next].start : length) - keyStart);
    }

    /** How many bytes it holds. */
    public int size() {
        return bytes.length;
    }

    /** Whether it must not be used any more. */
    public boolean isBroken() {
        return broken;
    }

    void setBroken() {
        broken = true;
    }

    /** Whether the line end that ends it begins with CR. */
    public boolean endsInCr() {
        return bytes[length - 1] == '\r';
    }

    void matched() {
        matches++;
    }

    /** Where its event id begins, if that is the first value in it; else 0. */
    int idStart() {
        return keyStart > 0 ? spans[0].start : 0;
    }

    /** How many bytes a frame of this form has at least. */
    public int leastLength() {
        return leastLength;
    }

    /** Before a match: makes slots of the values that turned out to be restless. */
    void prepare() {
        if (slotsChanged) {
            slotsChanged = false;
            slots = Arrays.stream(spans).filter(span -> span.isSlot).toArray(Span[]::new);
            leastLength = length;
            for (Span slot : slots) {
                leastLength -= slot.end - slot.start;
            }
        }
    }

    /**
     * This template as it follows itself.
     *
     * @return null if it had better be compared frame by frame
     */
    public @Nullable Refrain refrain(int maxFrameBytes) {
        if (isRefrainFresh) {
            return refrain;
        }
        isRefrainFresh = true;
        prepare();
        Refrain made = refrain == null ? new Refrain() : refrain;
        refrain = made.take(this, maxFrameBytes) ? made : null;
        return refrain;
    }

    /** The span that is no slot and in which, or right behind which, this byte of the template lies; null if in none. */
    @Nullable
    Span spanAt(int position) {
        int low = 0;
        int high = spans.length - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            Span span = spans[middle];
            if (position < span.start) {
                high = middle - 1;
            } else if (position > span.end) {
                low = middle + 1;
            } else {
                return span.isSlot ? null : span;
            }
        }
        return null;
    }

    /** Puts other bytes in place of those from a position to the end of a span. */
    void replace(Span span, int from, Source source, int sourceFrom, int sourceTo) {
        isRefrainFresh = false;
        int more = sourceTo - sourceFrom;
        int shift = more - (span.end - from);
        if (shift != 0) {
            shift(span, shift);
        }
        source.copy(sourceFrom, sourceTo, bytes, from);
        if (span.changed(matches) && !span.isSnapshot()) {
            span.becomeSlot();
            slotsChanged = true;
        }
    }

    private void shift(Span changed, int shift) {
        byte[] before = bytes;
        int tail = changed.end;
        if (length + shift > bytes.length) {
            bytes = Arrays.copyOf(bytes, length + shift + SPARE + (length >> 3));
            view = ByteBuffer.wrap(bytes);
        }
        System.arraycopy(before, tail, bytes, tail + shift, length - tail);
        length += shift;
        leastLength += shift;
        changed.end += shift;
        boolean isBehind = false;
        for (Span span : spans) {
            if (isBehind) {
                span.start += shift;
                span.end += shift;
            }
            isBehind |= span == changed;
            if (isBehind || before != bytes) {
                span.show(bytes);
            }
        }
    }
}
