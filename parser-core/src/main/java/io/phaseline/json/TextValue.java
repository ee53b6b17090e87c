package io.phaseline.json;

import io.phaseline.bytes.Slice;

/**
 * The text of a member, as far as it has one. Unescaped; lone surrogates are kept as three bytes each (WTF-8), so that
 * halves of a pair can still find each other: see {@link Surrogates}.
 */
public final class TextValue {
    private static final Slice NOTHING = new Slice();

    private final Slice slice = new Slice();
    private boolean present;
    /** Whether there was a value, but of a type that has no text. */
    private boolean odd;

    /** No text. */
    public TextValue() {}

    /** Forgets the text. */
    public void clear() {
        if (present) {
            // A chunk has many members that are absent chunk after chunk.
            slice.clear();
        }
        present = false;
        odd = false;
    }

    /** The slice to be wrapped around a text; it counts as present from now on. */
    Slice present() {
        present = true;
        odd = false;
        return slice;
    }

    void odd() {
        clear();
        odd = true;
    }

    /** Takes over what another one holds. */
    public void set(TextValue other) {
        slice.wrap(other.slice);
        present = other.present;
        odd = other.odd;
    }

    /** The text; empty if there is none. */
    public Slice slice() {
        return slice;
    }

    /** Whether a text was sent, be it empty. */
    public boolean isPresent() {
        return present;
    }

    /** Whether a value was sent that cannot be taken for a text. */
    public boolean isOdd() {
        return odd;
    }

    /** The text if it is no longer than this, else none: for what is remembered. */
    public Slice atMost(int bytes) {
        return slice.length() <= bytes ? slice : NOTHING;
    }

    /** Whether there is text. */
    public boolean hasText() {
        return slice.length() > 0;
    }
}
