package io.phaseline.benchmarks.contender;

import io.phaseline.benchmarks.corpus.Corpus;
import io.phaseline.benchmarks.corpus.Cuts;
import java.io.IOException;

/** Reads bodies and tells a {@link Tally} what is in them; reuses between bodies whatever can be reused. */
public interface Contender {
    /**
     * Reads one body from its first byte to its last.
     *
     * @param body the bytes, and where to cut them
     * @throws IOException if it cannot be read
     */
    void read(Cuts body) throws IOException;

    /**
     * What was heard.
     *
     * @return one tally for all bodies
     */
    Tally tally();

    /**
     * Makes ready what must not be timed.
     *
     * @param corpus what will be read
     */
    default void prepare(Corpus corpus) {}
}
