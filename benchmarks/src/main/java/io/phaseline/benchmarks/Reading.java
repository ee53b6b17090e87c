package io.phaseline.benchmarks;

import io.phaseline.benchmarks.contender.Contender;
import io.phaseline.benchmarks.contender.Contenders;
import io.phaseline.benchmarks.corpus.Corpus;
import io.phaseline.benchmarks.corpus.Cuts;
import io.phaseline.benchmarks.corpus.Shape;
import java.io.IOException;

/** A contender with a corpus in front of it: one operation reads the whole corpus. */
final class Reading {
    private final Contender contender;
    private final Cuts[] bodies;
    private final long bytes;
    private final long frames;

    Reading(String contender, Shape shape, String size) {
        Corpus corpus = Corpus.of(shape);
        this.contender = Contenders.named(contender, shape.dialect(), false);
        this.contender.prepare(corpus);
        this.bodies = Cuts.of(corpus, size);
        this.bytes = corpus.bytes();
        this.frames = corpus.totals().frames();
    }

    long run(Volume volume) throws IOException {
        for (Cuts body : bodies) {
            contender.read(body);
        }
        volume.bytes += bytes;
        volume.frames += frames;
        return contender.tally().checksum();
    }
}
