package io.phaseline.benchmarks.contender;

import io.phaseline.benchmarks.corpus.Cuts;
import java.io.IOException;

/** A framing with a JSON stage behind it. */
record Combination(Framing framing, JsonStage stage) implements Contender {
    @Override
    public void read(Cuts body) throws IOException {
        stage.tally.begin();
        framing.read(body, stage);
        stage.tally.end();
    }

    @Override
    public Tally tally() {
        return stage.tally;
    }
}
