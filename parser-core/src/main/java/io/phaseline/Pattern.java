package io.phaseline;

import io.phaseline.dialect.Chunk;
import io.phaseline.dialect.ChunkReader;
import io.phaseline.dialect.FrameFacts;
import io.phaseline.template.Template;
import org.jspecify.annotations.Nullable;

/** A frame that was learnt: what it looks like, and the chunk in it, whose texts and numbers follow the template's. */
final class Pattern {
    final ChunkReader reader;
    final Chunk chunk;
    final FrameFacts facts = new FrameFacts();
    final Template template;

    /** The pattern that followed it last. */
    @Nullable
    Pattern next;

    /** The pattern that was found last when this one was expected. */
    @Nullable
    Pattern instead;

    /** Where in the template the last frame was another one that was expected to be of this form. */
    int forkedAt;

    /** The number of the stream in which it is known to bring deltas and nothing else; 0 if in none. */
    long deltaOf;

    long usedAt;
    int hits;

    Pattern(ChunkReader reader, Chunk chunk, Template template) {
        this.reader = reader;
        this.chunk = chunk;
        this.template = template;
    }

    /** The more hits, the longer it is worth being kept without any. */
    long worth() {
        return usedAt + 4L * Math.min(hits, 64);
    }
}
