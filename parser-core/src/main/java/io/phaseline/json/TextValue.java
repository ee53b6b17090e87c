package io.phaseline.json;

import io.phaseline.bytes.Slice;
import org.jspecify.annotations.Nullable;

/**
 * The text of a member, as far as it has one. Unescaped; lone surrogates are kept as three bytes each (WTF-8), so that
 * halves of a pair can still find each other: see {@link Surrogates}.
 */
public final class TextValue {
    /** What part of a text is at hand. */
    public enum Extent {
        /** All of it. */
        WHOLE,
        /** What it has grown by since it was {@link #KNOWN}. */
        GROWTH,
        /** Nothing of it, because nothing is new. */
        KNOWN
    }

    private enum Role {
        PLAIN,
        FORMATIVE,
        SNAPSHOT
    }

    private static final Slice NOTHING = new Slice();

    private final Slice slice = new Slice();
    private final Role role;
    private final @Nullable Changes watch;
    private Extent extent = Extent.WHOLE;

    // Two flags rather than one state: they are set for every text, and a collector need not be told of flags.
    private boolean present;
    private int changes;
    /** There was a value, but of a type that has no text. */
    private boolean odd;

    /** Whether the text is another one in nearly every chunk of this form. */
    private boolean restless;

    /** No text. */
    public TextValue() {
        this(Role.PLAIN, null);
    }

    private TextValue(Role role, @Nullable Changes watch) {
        this.role = role;
        this.watch = watch;
    }

    /** A text that decides how the chunk around it is read, as a {@code type} does: another one makes another chunk. */
    public static TextValue formative() {
        return new TextValue(Role.FORMATIVE, null);
    }

    /** A text that is sent whole in every chunk and may be long: once it is known it need not be at hand. */
    public static TextValue snapshot(Changes changes) {
        return new TextValue(Role.SNAPSHOT, changes);
    }

    /** Whether any of some texts has changed. */
    public static final class Changes {
        private boolean any = true;

        /** Any may have. */
        public Changes() {}

        /** Whether any has changed since {@link #forget}. */
        public boolean any() {
            return any;
        }

        /** From now on none has. */
        public void forget() {
            any = false;
        }
    }

    /** Whether the text decides how the chunk around it is read. */
    public boolean isFormative() {
        return role == Role.FORMATIVE;
    }

    /** Whether the text is sent whole in every chunk. */
    public boolean isSnapshot() {
        return role == Role.SNAPSHOT;
    }

    /** Says that the text will be another one in nearly every chunk of this form. */
    public void setRestless() {
        restless = true;
    }

    /** Whether chunks of the same form may have another text here without a word. */
    public boolean isRestless() {
        return restless;
    }

    /** Whether there is text, or may be in another chunk of this form. */
    public boolean mayHaveText() {
        return restless || hasText();
    }

    /** Forgets the text. */
    public void clear() {
        if (present) {
            // A chunk has many members that are absent chunk after chunk.
            slice.clear();
            present = false;
            changes++;
            setWhole();
        }
        odd = false;
    }

    private void setWhole() {
        if (watch != null) {
            watch.any = true;
            extent = Extent.WHOLE;
        }
    }

    /** The slice to be wrapped around a text; it counts as present, and whole, from now on. */
    public Slice present() {
        present = true;
        odd = false;
        changes++;
        setWhole();
        return slice;
    }

    void odd() {
        clear();
        odd = true;
    }

    /** Says that this text is known; only what it grows by will be at hand. */
    public void setKnown() {
        if (role == Role.SNAPSHOT && present) {
            slice.clear();
            extent = Extent.KNOWN;
        }
    }

    /** The slice to be wrapped around what a known text has grown by. */
    public Slice growth() {
        setWhole();
        extent = Extent.GROWTH;
        return slice;
    }

    /** What part of the text {@link #slice()} shows. */
    public Extent extent() {
        return extent;
    }

    /** Goes on with each text: as long as it stays the text is the same. */
    public int changes() {
        return changes;
    }

    /** The text, or what is at hand of it; empty if there is none. */
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
