package io.phaseline.replay;

import io.phaseline.replay.input.Compression;
import io.phaseline.replay.input.Input;
import io.phaseline.replay.input.ReadFailure;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Pumps inputs into a parser through one fixed buffer, so that no input is ever held whole. */
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

    /** A larger {@code --chunk} is fed in pieces of this many bytes: the buffer stays bounded. */
    private static final int MAX_BLOCK_BYTES = 1 << 20;

    private final Stdio stdio;
    private final Verdict verdict;
    private final LongConsumer onRawBytes;
    private final boolean exact;
    private final int chunkBytes;
    private final byte[] block;

    /**
     * A reader.
     *
     * @param chunk feed this many bytes at a time; 0 to feed them as they come
     * @param onRawBytes hears how many bytes were read, before decompression
     */
    InputReader(Stdio stdio, Verdict verdict, int chunk, LongConsumer onRawBytes) {
        this.stdio = stdio;
        this.verdict = verdict;
        this.onRawBytes = onRawBytes;
        this.exact = chunk > 0;
        this.chunkBytes = exact ? Math.min(chunk, MAX_BLOCK_BYTES) : BLOCK_BYTES;
        // A whole number of chunks, so that none is cut at the end of a block.
        this.block = new byte[chunkBytes * Math.max(1, BLOCK_BYTES / chunkBytes)];
    }

    Reading read(Input input, Sink sink) {
        boolean anything = false;
        IOException failure = null;
        try (InputStream raw = new Counted(input.opener().open());
                InputStream in = Compression.open(raw)) {
            boolean atEnd = false;
            while (!atEnd && failure == null) {
                int length = 0;
                try {
                    do {
                        int read = in.read(block, length, block.length - length);
                        atEnd = read < 0;
                        length += Math.max(0, read);
                    } while (exact && !atEnd && length < block.length);
                } catch (IOException e) {
                    failure = e;
                }
                feed(length, sink);
                anything |= length > 0;
            }
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

    private void feed(int length, Sink sink) {
        for (int at = 0; at < length; at += chunkBytes) {
            sink.feed(block, at, Math.min(chunkBytes, length - at));
        }
        // More may be long in coming: what is known is shown.
        stdio.flush();
    }

    private final class Counted extends FilterInputStream {
        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = in.read();
            onRawBytes.accept(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = in.read(target, offset, length);
            onRawBytes.accept(Math.max(0, read));
            return read;
        }
    }
}
