package io.phaseline.replay.input;

import java.io.IOException;
import java.io.InputStream;

/** Reads bytes through one fixed buffer, so that nothing is ever held whole. One thread at a time. */
public final class Pump {
    /** A larger {@code --chunk} is fed in pieces of this many bytes: the buffer stays bounded. */
    private static final int MAX_BLOCK_BYTES = 1 << 20;

    /** Who is fed. */
    public interface Sink {
        /**
         * Takes the next bytes.
         *
         * @param bytes borrowed until this method returns
         * @param offset the first one
         * @param length how many
         * @return whether to go on
         */
        boolean feed(byte[] bytes, int offset, int length);
    }

    private final boolean exact;
    private final int chunkBytes;
    private final byte[] block;

    /**
     * A pump.
     *
     * @param chunk feed this many bytes at a time; 0 to feed them as they come
     * @param blockBytes how many are read at a time
     */
    public Pump(int chunk, int blockBytes) {
        this.exact = chunk > 0;
        this.chunkBytes = exact ? Math.min(chunk, MAX_BLOCK_BYTES) : blockBytes;
        // A whole number of chunks, so that none is cut at the end of a block.
        this.block = new byte[chunkBytes * Math.max(1, blockBytes / chunkBytes)];
    }

    /**
     * Feeds everything, or as much as is wanted. What was read before a failure is fed first.
     *
     * @param in read, not closed
     * @param sink is fed
     * @return whether the end was reached
     * @throws IOException if reading fails
     */
    public boolean pump(InputStream in, Sink sink) throws IOException {
        IOException failure = null;
        boolean atEnd = false;
        boolean wanted = true;
        while (!atEnd && wanted && failure == null) {
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
            wanted = feed(length, sink);
        }
        if (failure != null) {
            throw failure;
        }
        return atEnd;
    }

    /**
     * Feeds a given number of bytes as one piece, or as few as a block takes.
     *
     * @param in read, not closed
     * @param length how many
     * @param sink is fed
     * @return false if the bytes ended before
     * @throws IOException if reading fails
     */
    public boolean pump(InputStream in, long length, Sink sink) throws IOException {
        long left = length;
        while (left > 0) {
            int read = in.readNBytes(block, 0, (int) Math.min(block.length, left));
            if (read == 0) {
                return false;
            }
            feed(read, sink);
            left -= read;
        }
        return true;
    }

    private boolean feed(int length, Sink sink) {
        boolean wanted = true;
        for (int at = 0; at < length && wanted; at += chunkBytes) {
            wanted = sink.feed(block, at, Math.min(chunkBytes, length - at));
        }
        return wanted;
    }
}
