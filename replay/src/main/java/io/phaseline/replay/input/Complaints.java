package io.phaseline.replay.input;

/** Who is told about inputs. Each call is one line for people; the source is named as it is printed. */
public interface Complaints {
    /**
     * Hears something about an input that changes nothing.
     *
     * @param source the input's name
     * @param what in words
     */
    void note(String source, String what);

    /**
     * Hears that an input, or the rest of it, cannot be read.
     *
     * @param source the input's name
     * @param why in words
     */
    void unreadable(String source, String why);
}
