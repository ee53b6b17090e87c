package io.phaseline.json;

/** The number of a member, as far as it is a whole one of 64 bits. */
public final class NumberValue {
    private long value = JsonCursor.NOT_A_LONG;

    /** No number. */
    public NumberValue() {}

    /** Forgets the number. */
    public void clear() {
        value = JsonCursor.NOT_A_LONG;
    }

    /** Takes a number; {@link JsonCursor#NOT_A_LONG} is none. */
    public void set(long number) {
        value = number;
    }

    /** The number; {@link JsonCursor#NOT_A_LONG} if there is none. */
    public long value() {
        return value;
    }

    /** Whether there is a number. */
    public boolean isPresent() {
        return value != JsonCursor.NOT_A_LONG;
    }
}
