package io.phaseline.benchmarks.contender;

import io.phaseline.benchmarks.corpus.Cuts;
import java.io.InputStream;

/** Gives a body in its pieces to readers that pull: no read goes beyond the end of a piece. */
final class CutStream extends InputStream {
    private final byte[] bytes;
    private final int[] ends;
    private int piece;
    private int at;

    CutStream(Cuts body) {
        this.bytes = body.bytes();
        this.ends = body.ends();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        int n = Math.min(length, available());
        if (n == 0) {
            return -1;
        }
        System.arraycopy(bytes, at, target, offset, n);
        at += n;
        return n;
    }

    @Override
    public int read() {
        return available() == 0 ? -1 : bytes[at++] & 0xFF;
    }

    @Override
    public int available() {
        while (piece < ends.length && ends[piece] == at) {
            piece++;
        }
        return piece < ends.length ? ends[piece] - at : 0;
    }
}
