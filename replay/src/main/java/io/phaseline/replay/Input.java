package io.phaseline.replay;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One thing to read.
 *
 * @param source its name as it is printed; {@code -} for standard input
 * @param named whether the user named it, rather than a folder that holds it
 * @param size in bytes, compressed as it lies there; -1 where it is not known beforehand
 * @param opener opens it
 */
record Input(String source, boolean named, long size, Opener opener) {

    /** Opens an input. */
    interface Opener {
        InputStream open() throws IOException;
    }

    static Input file(Path path, boolean named) {
        long size;
        try {
            size = Files.isRegularFile(path) ? Files.size(path) : -1;
        } catch (IOException e) {
            size = -1; // why it cannot be read is told when it is opened
        }
        return new Input(path.toString(), named, size, () -> Files.newInputStream(path));
    }

    /** Standard input, which stays open: named twice, it is empty the second time. */
    static Input standardInput(InputStream in) {
        return new Input("-", true, -1, () -> new FilterInputStream(in) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return in.read(target, offset, length);
            }

            @Override
            public void close() {}
        });
    }
}
