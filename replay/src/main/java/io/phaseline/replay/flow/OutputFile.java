package io.phaseline.replay.flow;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that is there as a whole or not at all: until it is done it is called {@code FILE.part}. One thread at a time.
 */
public final class OutputFile implements Closeable {
    private final Path path;
    private final Path part;
    private final FileChannel channel;
    private final OutputStream out;

    /**
     * Begins a file, or goes on with one.
     *
     * @param path what it is to be called
     * @param length how much of it was written by an earlier run, in bytes; what lies beyond is cut off
     * @throws IOException if it cannot be written, or is shorter
     */
    public OutputFile(Path path, long length) throws IOException {
        this.path = path;
        this.part = partOf(path);
        this.channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.size() < length) {
            channel.close();
            throw new IOException(part + " is shorter than the checkpoint says");
        }
        channel.truncate(length).position(length);
        this.out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
    }

    private static Path partOf(Path path) {
        return path.resolveSibling(path.getFileName() + ".part");
    }

    /**
     * Gives a file its name that an earlier run has written to its end, unless it has it already.
     *
     * @param path what it is to be called
     * @return where it lies
     * @throws IOException if that fails
     */
    public static Path finishWritten(Path path) throws IOException {
        if (Files.exists(partOf(path))) {
            DurableFiles.replace(partOf(path), path);
        }
        return path;
    }

    /**
     * Where to write.
     *
     * @return buffered; not to be closed
     */
    public OutputStream out() {
        return out;
    }

    /**
     * Brings what was written to the disk.
     *
     * @return how much there is, in bytes
     * @throws IOException if that fails
     */
    public long sync() throws IOException {
        out.flush();
        channel.force(true);
        return channel.position();
    }

    /**
     * Gives the file its name; nothing can be written any more.
     *
     * @return where it lies
     * @throws IOException if that fails
     */
    public Path finish() throws IOException {
        sync();
        channel.close();
        DurableFiles.replace(part, path);
        return path;
    }

    /** Leaves the file as it is, without its name. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
