package io.phaseline.replay.input;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The members of a gzip file, one after the other (RFC 1952, 2.2).
 *
 * <p>Not {@link java.util.zip.GZIPInputStream}, for three reasons: that one looks for a further member only if
 * {@code available()} is not 0, so that a pipe may end early; it takes a damaged further member for the end; and on
 * damage it drops what it had inflated in the same call. Here everything before the damage is given out first, and the
 * damage is thrown by the read after it.
 */
final class GzipMembers extends InputStream {
    private static final int DEFLATE = 8;
    private static final int HAS_HEADER_CRC = 1 << 1;
    private static final int HAS_EXTRA = 1 << 2;
    private static final int HAS_NAME = 1 << 3;
    private static final int HAS_COMMENT = 1 << 4;

    private final InputStream in;
    private final byte[] packed = new byte[1 << 15];
    private int packedAt;
    private int packedEnd;

    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private boolean inMember;
    private boolean anyMember;
    private boolean atEnd;
    private @Nullable IOException damage;

    GzipMembers(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (damage != null) {
            throw damage;
        }
        try {
            while (!atEnd) {
                if (!inMember) {
                    beginMember();
                    continue;
                }
                int inflated = inflate(target, offset, length);
                if (inflated > 0) {
                    return inflated;
                }
            }
            return -1;
        } catch (IOException e) {
            damage = e;
            throw e;
        }
    }

    /** Inflates some bytes; 0 when the member is over. */
    private int inflate(byte[] target, int offset, int length) throws IOException {
        long before = inflater.getBytesWritten();
        try {
            while (true) {
                int inflated = inflater.inflate(target, offset, length);
                if (inflated > 0) {
                    checksum.update(target, offset, inflated);
                    return inflated;
                }
                if (inflater.finished()) {
                    endMember();
                    return 0;
                }
                if (inflater.needsDictionary()) {
                    throw new ZipException("gzip: a preset dictionary is asked for");
                }
                if (!fill()) {
                    throw new EOFException("gzip: cut off");
                }
                inflater.setInput(packed, packedAt, packedEnd - packedAt);
            }
        } catch (DataFormatException e) {
            damage = new ZipException("gzip: damaged: " + e.getMessage());
            int readable = (int) (inflater.getBytesWritten() - before);
            if (readable > 0) {
                return readable;
            }
            throw damage;
        }
    }

    private void beginMember() throws IOException {
        int first = next();
        // tar and tape drives pad with zeros; gzip(1) passes over them as well.
        while (anyMember && first == 0) {
            first = next();
        }
        if (first < 0) {
            atEnd = true;
            return;
        }
        if (first != 0x1F || need() != 0x8B) {
            throw new ZipException("gzip: something else follows the last member");
        }
        if (need() != DEFLATE) {
            throw new ZipException("gzip: not deflated");
        }
        int flags = need();
        skip(6); // time, extra flags, operating system
        if ((flags & HAS_EXTRA) != 0) {
            skip(need() | (need() << 8));
        }
        if ((flags & HAS_NAME) != 0) {
            skipText();
        }
        if ((flags & HAS_COMMENT) != 0) {
            skipText();
        }
        if ((flags & HAS_HEADER_CRC) != 0) {
            skip(2);
        }
        inflater.reset();
        inflater.setInput(packed, packedAt, packedEnd - packedAt);
        checksum.reset();
        inMember = true;
        anyMember = true;
    }

    private void endMember() throws IOException {
        packedAt = packedEnd - inflater.getRemaining();
        inMember = false;
        if (need32() != checksum.getValue()) {
            throw new ZipException("gzip: damaged: the checksum is wrong");
        }
        if (need32() != (inflater.getBytesWritten() & 0xFFFF_FFFFL)) {
            throw new ZipException("gzip: damaged: the length is wrong");
        }
    }

    private boolean fill() throws IOException {
        packedAt = 0;
        packedEnd = Math.max(0, in.read(packed));
        return packedEnd > 0;
    }

    private int next() throws IOException {
        return packedAt < packedEnd || fill() ? packed[packedAt++] & 0xFF : -1;
    }

    private int need() throws IOException {
        int next = next();
        if (next < 0) {
            throw new EOFException("gzip: cut off");
        }
        return next;
    }

    private long need32() throws IOException {
        return need() | (need() << 8) | (need() << 16) | ((long) need() << 24);
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            need();
        }
    }

    private void skipText() throws IOException {
        while (need() != 0) {
            // up to and with the terminator
        }
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
