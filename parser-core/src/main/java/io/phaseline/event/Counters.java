package io.phaseline.event;

import java.util.Arrays;

/** A set of counters that can be written: the parser's own, and what a fold over events keeps. */
public final class Counters implements Usage {
    private static final UsageField[] FIELDS = UsageField.values();

    private final long[] values = new long[FIELDS.length];
    private int present;

    /** No counter has a value. */
    public Counters() {}

    /**
     * A set of its own with the same values.
     *
     * @param usage the values, borrowed
     * @return a new set
     */
    public static Counters copyOf(Usage usage) {
        Counters copy = new Counters();
        copy.putAll(usage);
        return copy;
    }

    /**
     * Sets one counter.
     *
     * @param field which one
     * @param value its value
     */
    public void put(UsageField field, long value) {
        values[field.ordinal()] = value;
        present |= 1 << field.ordinal();
    }

    /**
     * Forgets one counter.
     *
     * @param field which one
     */
    public void remove(UsageField field) {
        present &= ~(1 << field.ordinal());
    }

    /**
     * Sets every counter that the other set shows; the last value wins.
     *
     * @param usage the other set
     */
    public void putAll(Usage usage) {
        for (UsageField field : FIELDS) {
            if (usage.has(field)) {
                put(field, usage.value(field));
            }
        }
    }

    /**
     * Sets every counter that another set shows, and tells which of them had another value or none.
     *
     * @param now the other set
     * @param changed is set to what changed
     */
    public void takeChanges(Counters now, Counters changed) {
        int differ = 0;
        for (int left = now.present; left != 0; left &= left - 1) {
            int i = Integer.numberOfTrailingZeros(left);
            long value = now.values[i];
            if ((present & 1 << i) == 0 || values[i] != value) {
                values[i] = value;
                changed.values[i] = value;
                differ |= 1 << i;
            }
        }
        changed.present = differ;
        present |= differ;
    }

    /** Forgets every value. */
    public void clear() {
        present = 0;
    }

    /**
     * Tells whether no counter has a value.
     *
     * @return true if so
     */
    public boolean isEmpty() {
        return present == 0;
    }

    @Override
    public boolean has(UsageField field) {
        return (present & 1 << field.ordinal()) != 0;
    }

    @Override
    public long value(UsageField field) {
        return has(field) ? values[field.ordinal()] : -1;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Counters counters) || counters.present != present) {
            return false;
        }
        for (UsageField field : FIELDS) {
            if (counters.value(field) != value(field)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        long[] shown = new long[FIELDS.length];
        for (UsageField field : FIELDS) {
            shown[field.ordinal()] = value(field);
        }
        return Arrays.hashCode(shown);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (UsageField field : FIELDS) {
            if (has(field)) {
                text.append(text.length() > 1 ? ", " : "")
                        .append(field.key())
                        .append('=')
                        .append(value(field));
            }
        }
        return text.append('}').toString();
    }
}
