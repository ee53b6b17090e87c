package io.phaseline.benchmarks.corpus;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Conversations, one body each, as one HTTP response is.
 *
 * @param shape what it was made for
 * @param bodies the bytes
 * @param totals what was written
 * @param deltas how many frames carry a piece of text
 * @param noisy how many frames are written so that nothing repeats
 */
public record Corpus(Shape shape, List<byte[]> bodies, Totals totals, long deltas, long noisy) {
    private static final long SEED = 0x70686173656C696EL;

    /**
     * Makes a corpus; the same shape always gives the same bytes.
     *
     * @param shape what it shall look like
     * @return a corpus
     */
    public static Corpus of(Shape shape) {
        Counting counting = new Counting();
        List<byte[]> bodies = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; bytes < shape.bytes(); i++) {
            byte[] body = body(shape, i, counting);
            bodies.add(body);
            bytes += body.length;
        }
        return new Corpus(shape, List.copyOf(bodies), counting.totals(), counting.deltas, counting.noisy);
    }

    /** One conversation; the same shape and number always give the same bytes. */
    static byte[] body(Shape shape, long number, Counting counting) {
        Dice dice = new Dice(SEED + number * 1_000_003L);
        Script script = Script.write(shape, dice);
        Frames frames = new Frames(shape, script, dice, counting);
        switch (shape.dialect()) {
            case DASHSCOPE -> new DashScopeWriter(shape, script, dice, frames, counting).write();
            case CHAT -> new ChatWriter(script, dice, frames, counting).write();
            case RESPONSES -> new ResponsesWriter(script, dice, frames, counting).write();
        }
        return frames.text().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * How long all bodies are together.
     *
     * @return bytes
     */
    public long bytes() {
        return bodies.stream().mapToLong(body -> body.length).sum();
    }
}
