package io.phaseline.bytes;

/** A copy of a view's bytes. The memory is used again for the next copy, so that to remember a short text costs nothing. */
public final class SliceCopy {
    private static final byte[] NO_BYTES = {};

    private byte[] bytes = NO_BYTES;
    private final Slice view = new Slice();

    /** A copy of nothing. */
    public SliceCopy() {}

    /**
     * Copies a text; what was copied before is gone.
     *
     * @param text the text, not this copy of it
     */
    public void set(Slice text) {
        int length = text.length();
        if (bytes.length < length) {
            bytes = new byte[length];
        }
        text.copyTo(bytes, 0);
        view.wrap(bytes, 0, length);
    }

    /**
     * Shows what was copied.
     *
     * @return a view that is good until the next copy is made
     */
    public Slice get() {
        return view;
    }

    /**
     * Tells whether there is nothing to show.
     *
     * @return true if nothing was copied, or an empty text
     */
    public boolean isEmpty() {
        return view.isEmpty();
    }

    /** Forgets what was copied. */
    public void clear() {
        view.wrap(NO_BYTES, 0, 0);
    }
}
