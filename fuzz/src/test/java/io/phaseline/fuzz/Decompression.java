package io.phaseline.fuzz;

import io.phaseline.replay.input.Compression;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads compressed input through the command line's own readers. */
final class Decompression {
    private Decompression() {}

    /**
     * What came out before the end or the damage.
     *
     * @param bytes all that could be read
     * @param isDamaged whether reading ended in an {@link IOException}
     */
    record Read(byte[] bytes, boolean isDamaged) {}

    /**
     * Reads an input as the command line does.
     *
     * @param input compressed or not
     * @param readBytes how many bytes are asked for at a time
     * @param giveBytes how many bytes the source gives at a time at most
     * @param maxBytes when to stop: what is compressed may be a bomb
     * @return what came out
     */
    static Read read(byte[] input, int readBytes, int giveBytes, int maxBytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (InputStream in = Compression.open(new Pipe(input, giveBytes))) {
            byte[] block = new byte[readBytes];
            int length = in.read(block, 0, readBytes);
            while (length >= 0 && out.size() < maxBytes) {
                out.write(block, 0, length);
                length = in.read(block, 0, readBytes);
            }
            return new Read(out.toByteArray(), false);
        } catch (IOException e) {
            return new Read(out.toByteArray(), true);
        }
    }

    /** Never tells what is available, and gives what it likes. */
    private static final class Pipe extends ByteArrayInputStream {
        private final int giveBytes;

        Pipe(byte[] bytes, int giveBytes) {
            super(bytes);
            this.giveBytes = giveBytes;
        }

        @Override
        public synchronized int available() {
            return 0;
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, giveBytes));
        }
    }
}
