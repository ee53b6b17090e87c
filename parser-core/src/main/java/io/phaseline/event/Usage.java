package io.phaseline.event;

/**
 * Counters, some of which may never have been sent.
 *
 * <p>As lent to {@link StreamListener#onUsage} it shows those that changed, and is valid until that method returns;
 * {@link Counters#copyOf} makes it yours.
 */
public interface Usage {
    /**
     * Tells whether a counter is shown.
     *
     * @param field which one
     * @return true if it has a value
     */
    boolean has(UsageField field);

    /**
     * The value of a counter.
     *
     * @param field which one
     * @return its value as the wire says it, or -1 where {@link #has} is false
     */
    long value(UsageField field);
}
