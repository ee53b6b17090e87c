package io.phaseline.template;

import io.phaseline.bytes.Slice;
import io.phaseline.bytes.SliceCopy;
import io.phaseline.json.NumberValue;
import io.phaseline.json.TextValue;
import org.jspecify.annotations.Nullable;

/** Where in a template a value lies that another frame of the same form may have other than it. */
final class Span {
    /** What kind of value may stand there. */
    enum Kind {
        /** What stands between the quotes of a string. */
        STRING,
        /** A whole number without sign, of up to 18 digits and nothing else. */
        NUMBER,
        /** Any JSON value that nobody reads. */
        VALUE,
        /** What is read but decides the form of what is around it: it has to stay the same. */
        FIXED,
        /** The digits of an event id, but not {@code 1}, which means something. */
        EVENT_ID
    }

    /** A value that changes that many times, with no more than so many matches from one change to the next, is a slot. */
    private static final int RESTLESS = 3;

    private static final int SOON = 3;

    /** Any number of this many digits is one of 64 bits. */
    static final int MAX_DIGITS = 18;

    final Kind kind;

    // The kinds that nearly all slots are of.
    final boolean isString;
    final boolean isNumber;

    /** Where the text goes; null if nobody reads it. */
    final @Nullable TextValue text;

    /** The view of the value that was read; null if there is none. */
    final @Nullable Slice view;

    /** Where the number goes; null if nobody reads it. */
    final @Nullable NumberValue number;

    /** The bytes of the value in the template. */
    int start;

    int end;

    /** A text that had to be unescaped and stays until it changes; null if there was none yet. */
    @Nullable
    SliceCopy own;

    /** Whether the text does not lie in the template's bytes, because it had to be unescaped. */
    boolean unescaped;

    /** Whether the value changes again and again, so that it is read and not compared. */
    boolean isSlot;

    /** The number of the match in which the value changed last, and how many changes came soon after each other. */
    private int changedAt;

    private int changes;

    /** Whether the string was a long one when it was seen last. */
    boolean isLong;

    // Of a slot, in the frame being matched: its bytes as they came.
    int rawFrom;
    int rawLength;

    Span(Kind kind, int start, int end) {
        this(kind, null, null, null, start, end);
    }

    Span(Kind kind, @Nullable TextValue text, @Nullable Slice view, @Nullable NumberValue number, int start, int end) {
        this.kind = kind;
        this.isString = kind == Kind.STRING;
        this.isNumber = kind == Kind.NUMBER || kind == Kind.EVENT_ID;
        this.text = text;
        this.view = view;
        this.number = number;
        this.start = start;
        this.end = end;
    }

    /** Points the text at its place in the template's bytes, unless it lies elsewhere. */
    void show(byte[] bytes) {
        if (view != null && !isSlot && !unescaped && (text == null || text.extent() == TextValue.Extent.WHOLE)) {
            view.wrap(bytes, start, end - start);
        }
    }

    /** From now on the value is read and not compared. */
    void becomeSlot() {
        isSlot = true;
        if (text != null) {
            text.setRestless();
        }
        if (number != null) {
            number.setRestless();
        }
    }

    boolean isSnapshot() {
        return text != null && text.isSnapshot();
    }

    /** Whether the text is sent whole each time and is known. */
    boolean isKnownText() {
        return text != null && text.extent() == TextValue.Extent.KNOWN;
    }

    /** Takes note of a change; true if so many came soon after each other that the value had better be a slot. */
    boolean changed(int match) {
        changes = match - changedAt <= SOON ? changes + 1 : 1;
        changedAt = match;
        return changes == RESTLESS;
    }
}
