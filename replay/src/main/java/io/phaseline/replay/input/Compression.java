package io.phaseline.replay.input;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells by its first bytes whether an input is compressed, and reads through the compression. */
public final class Compression {
    private static final int MAGIC_BYTES = 4;

    private Compression() {}

    /** How the input is compressed, as far as the bytes so far can tell. */
    private enum Kind {
        PLAIN,
        GZIP,
        ZSTANDARD,
        NOT_YET_KNOWN
    }

    /**
     * Reads through the compression, if there is any. Waits for as many bytes as it takes to tell.
     *
     * @param raw the bytes as they lie there
     * @return the bytes that were compressed
     * @throws IOException if the first bytes cannot be read
     */
    public static InputStream open(InputStream raw) throws IOException {
        PushbackInputStream in = new PushbackInputStream(raw, MAGIC_BYTES);
        byte[] magic = new byte[MAGIC_BYTES];
        int length = 0;
        Kind kind = Kind.NOT_YET_KNOWN;
        // One byte at a time, and no more than needed: a live stream must not be kept waiting for its fourth byte.
        while (kind == Kind.NOT_YET_KNOWN && length < MAGIC_BYTES) {
            int next = in.read();
            if (next < 0) {
                kind = Kind.PLAIN;
            } else {
                magic[length++] = (byte) next;
                kind = tell(magic, length);
            }
        }
        in.unread(magic, 0, length);
        return switch (kind) {
            case GZIP -> new GzipMembers(in);
            case ZSTANDARD -> zstandard(in);
            case PLAIN, NOT_YET_KNOWN -> in;
        };
    }

    /**
     * Tells whether a file is compressed.
     *
     * @param file a regular file
     * @return true if it begins as a compressed one does
     * @throws IOException if it cannot be read
     */
    public static boolean isCompressed(Path file) throws IOException {
        byte[] magic = new byte[MAGIC_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            int length = in.readNBytes(magic, 0, MAGIC_BYTES);
            Kind kind = tell(magic, length);
            return kind == Kind.GZIP || kind == Kind.ZSTANDARD;
        }
    }

    /** RFC 1952, 2.3.1: 1F 8B. RFC 8878, 3.1: 28 B5 2F FD, or a skippable frame, 5x 2A 4D 18. */
    private static Kind tell(byte[] magic, int length) {
        if (startsLike(magic, length, 0x1F, 0x8B)) {
            return length < 2 ? Kind.NOT_YET_KNOWN : Kind.GZIP;
        }
        if (startsLike(magic, length, 0x28, 0xB5, 0x2F, 0xFD)
                || startsLike(magic, length, 0x50 | (magic[0] & 0x0F), 0x2A, 0x4D, 0x18)) {
            return length < MAGIC_BYTES ? Kind.NOT_YET_KNOWN : Kind.ZSTANDARD;
        }
        return Kind.PLAIN;
    }

    private static boolean startsLike(byte[] magic, int length, int... wanted) {
        for (int i = 0; i < Math.min(length, wanted.length); i++) {
            if ((magic[i] & 0xFF) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private static InputStream zstandard(InputStream in) throws IOException {
        try {
            return new ZstdInputStreamNoFinalizer(in);
        } catch (LinkageError e) {
            // The library unpacks native code into the temporary folder, which may be read-only or noexec.
            throw new IOException("Zstandard cannot be read on this machine: " + e.getMessage(), e);
        }
    }
}
