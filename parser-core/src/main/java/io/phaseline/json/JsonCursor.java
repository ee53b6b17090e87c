package io.phaseline.json;

import io.phaseline.bytes.Slice;

/**
 * A forward-only reader of one JSON text. It reads what is asked and skips the rest.
 *
 * <p>After {@link #wrap} the cursor stands on the root value. Each value is consumed by exactly one call: one of
 * {@code enter…} followed by its loop, one of {@code read…}, or {@link #skip}.
 *
 * <pre>
 * json.wrap(payload);
 * if (json.enterObject()) {
 *     while (json.nextMember()) {
 *         switch (json.member()) {
 *             case ID -&gt; json.readText(id);
 *             default -&gt; json.skip();
 *         }
 *     }
 * }
 * if (!json.end()) { … not a JSON text: whatever was read is void … }
 * </pre>
 *
 * <p>Nothing throws: a text that is not JSON makes every loop end and {@link #end()} answer false. Slices that were
 * read stay valid until the next {@link #wrap}.
 */
public interface JsonCursor {
    /** What {@link #readLong} answers for a value that is no whole number of 64 bits. */
    long NOT_A_LONG = Long.MIN_VALUE;

    /** The kinds of value. */
    enum Kind {
        OBJECT,
        ARRAY,
        STRING,
        NUMBER,
        BOOLEAN,
        NULL,
        /** {@code NaN} or an infinity: no JSON, but Python prints it. */
        NOT_A_NUMBER,
        /** No value: the text is over, or broken. */
        NONE
    }

    /** Stands on the root value of a text of well-formed UTF-8, which must stay as it is until the next one. */
    void wrap(Slice text);

    /** The kind of the value at hand. */
    Kind kind();

    /** Enters the value at hand if it is an object; else skips it and answers false. */
    boolean enterObject();

    /** Goes to the next member of the object; false at its end, which is then left. */
    boolean nextMember();

    /** The name of the member whose value is at hand. */
    String name();

    /** The member whose value is at hand, if some dialect knows it. */
    default Member member() {
        return Member.of(name());
    }

    /** Enters the value at hand if it is an array; else skips it and answers false. */
    boolean enterArray();

    /** Goes to the next element of the array; false at its end, which is then left. */
    boolean nextElement();

    /**
     * Reads the value at hand as a text: a string unescaped, a number or boolean as it is written, null as none, a list
     * as its text parts joined, anything else as odd.
     */
    default void readText(TextValue into) {
        readParts(into, "text");
    }

    /**
     * Reads the value at hand as a text like {@link #readText}, where the parts of a list are the texts of this member of
     * its objects.
     */
    void readParts(TextValue into, String member);

    /** Reads the value at hand as a text, but an object as its own raw JSON. */
    default void readTextOrRaw(TextValue into) {
        if (kind() == Kind.OBJECT) {
            into.clear();
            readRaw(into.present());
        } else {
            readText(into);
        }
    }

    /** Reads the value at hand, whatever it is, as raw JSON. */
    void readRaw(Slice into);

    /** Reads the value at hand as a whole number; {@link #NOT_A_LONG} if it is none. */
    long readLong();

    /** Reads the value at hand as a whole number; none if it is none. */
    default void readNumber(NumberValue into) {
        into.set(readLong());
    }

    /** Whether the value at hand is {@code true}; it is not consumed. */
    boolean isTrue();

    /** Skips the value at hand. */
    void skip();

    /** Where the object or array at hand begins: the index of its bracket in the text. */
    int valueStart();

    /** Where the cursor is: the index in the text behind what was consumed so far. */
    int position();

    /** Whether a lone surrogate was read since {@link #wrap}. */
    boolean sawLoneSurrogate();

    /** Ends the text: true if it was one whole JSON text and nothing else. */
    boolean end();
}
