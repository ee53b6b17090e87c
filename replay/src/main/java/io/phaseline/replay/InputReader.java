package io.phaseline.replay;

import io.phaseline.replay.input.Compression;
import io.phaseline.replay.input.Input;
import io.phaseline.replay.input.Pump;
import io.phaseline.replay.input.ReadFailure;
import java.io.IOException;
import java.io.InputStream;

/** Feeds inputs, one after the other, to a command that prints as it reads. */
final class InputReader {
    /** Who is fed. */
    interface Sink {
        void feed(byte[] bytes, int offset, int length);

        void finish();
    }

    /** What an input turned out to be. */
    enum Reading {
        WHOLE,
        /** Fed and finished as far as it could be read. */
        PARTIAL,
        /** Nothing of it was fed. */
        NONE
    }

    private static final int BLOCK_BYTES = 1 << 16;

    private final Stdio stdio;
    private final Verdict verdict;
    private final Pump pump;
    private boolean anything;

    /**
     * A reader.
     *
     * @param chunk feed this many bytes at a time; 0 to feed them as they come
     */
    InputReader(Stdio stdio, Verdict verdict, int chunk) {
        this.stdio = stdio;
        this.verdict = verdict;
        this.pump = new Pump(chunk, BLOCK_BYTES);
    }

    Reading read(Input input, Sink sink) {
        anything = false;
        IOException failure = null;
        try (InputStream raw = input.opener().open();
                InputStream in = Compression.open(raw)) {
            pump.pump(in, (bytes, offset, length) -> {
                anything = true;
                sink.feed(bytes, offset, length);
                // More may be long in coming: what is known is shown.
                stdio.flush();
                return true;
            });
        } catch (IOException e) {
            failure = e;
        }
        if (failure == null || anything) {
            sink.finish();
            stdio.flush();
        }
        if (failure != null) {
            verdict.unreadable(input.source(), ReadFailure.reason(failure));
            return anything ? Reading.PARTIAL : Reading.NONE;
        }
        return Reading.WHOLE;
    }
}
