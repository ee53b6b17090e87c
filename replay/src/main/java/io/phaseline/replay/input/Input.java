package io.phaseline.replay.input;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One thing to read.
 *
 * @param source its name as it is printed; {@code -} for standard input
 * @param named whether the user named it, rather than a folder or a pattern that holds it
 * @param size in bytes, compressed as it lies there; -1 where it is not known beforehand
 * @param path where it lies, if it is a regular file or not there at all; else null
 * @param opener opens it
 */
public record Input(
        String source, boolean named, long size, @Nullable Path path, Opener opener) {

    /** Opens an input. */
    public interface Opener {
        /**
         * Opens it.
         *
         * @return its bytes as they lie there
         * @throws IOException if it cannot be opened
         */
        InputStream open() throws IOException;
    }

    /**
     * A file, or whatever else has a path. Nothing is opened yet.
     *
     * @param path where it lies
     * @param named whether the user named it
     * @return an input
     */
    public static Input file(Path path, boolean named) {
        long size;
        try {
            size = Files.isRegularFile(path) ? Files.size(path) : -1;
        } catch (IOException e) {
            size = -1; // why it cannot be read is told when it is opened
        }
        boolean comesFromElsewhere = size < 0 && Files.exists(path);
        return new Input(
                path.toString(), named, size, comesFromElsewhere ? null : path, () -> Files.newInputStream(path));
    }

    /**
     * Something that is no file.
     *
     * @param source its name
     * @param opener opens it
     * @return an input
     */
    public static Input named(String source, Opener opener) {
        return new Input(source, true, -1, null, opener);
    }

    /**
     * Standard input, which stays open: named twice, it is empty the second time.
     *
     * @param in its bytes
     * @return an input
     */
    public static Input standardInput(InputStream in) {
        return named("-", () -> new FilterInputStream(in) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return in.read(target, offset, length);
            }

            @Override
            public void close() {}
        });
    }
}
