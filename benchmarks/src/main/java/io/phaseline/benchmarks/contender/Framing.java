package io.phaseline.benchmarks.contender;

import io.phaseline.benchmarks.corpus.Cuts;
import java.io.IOException;

/** Finds the payloads of a body. */
interface Framing {
    /** Reads a whole body in its pieces and hands each payload on. */
    void read(Cuts body, JsonStage stage) throws IOException;
}
