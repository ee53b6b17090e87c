package io.phaseline.json;

/** The number of a member, as far as it is a whole one of 64 bits. */
public final class NumberValue {
    private long value = JsonCursor.NOT_A_LONG;
    private boolean restless;

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

    /** Says that the number will be another one in nearly every chunk of this form. */
    public void setRestless() {
        restless = true;
    }

    /** Whether chunks of the same form may have another number here without a word. */
    public boolean isRestless() {
        return restless;
    }

    /** Whether there is a number. */
    public boolean isPresent() {
        return value != JsonCursor.NOT_A_LONG;
    }
}
