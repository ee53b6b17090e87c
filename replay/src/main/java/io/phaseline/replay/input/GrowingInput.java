package io.phaseline.replay.input;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A file that may still be written: its end counts only if nothing has come for a while. */
public final class GrowingInput extends FilterInputStream {
    private final Patience patience;

    /** Waits for more to be written. */
    public interface Patience {
        /**
         * Waits a little.
         *
         * @param fruitless how often it has waited since the file last grew
         * @return whether to look again
         */
        boolean await(int fruitless);
    }

    /**
     * A file that may grow.
     *
     * @param file gives more after it has told its end, as a file's stream does
     * @param patience waits
     */
    public GrowingInput(InputStream file, Patience patience) {
        super(file);
        this.patience = patience;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int fruitless = 0;
        int read;
        while ((read = in.read(target, offset, length)) < 0 && patience.await(fruitless)) {
            fruitless++;
        }
        return read;
    }
}
