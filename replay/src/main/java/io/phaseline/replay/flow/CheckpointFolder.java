package io.phaseline.replay.flow;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A folder that holds the state of one run. It is replaced as a whole: whoever is killed at any moment leaves either the
 * state before or the one after. One process at a time.
 */
public final class CheckpointFolder implements Closeable {
    private static final int FORMAT = 0x50_4C_43_02;

    private final Path state;
    private final Path next;
    private final FileChannel lockFile;

    /**
     * Opens a folder, which is made if it is not there.
     *
     * @param folder where it lies
     * @throws IOException if it cannot be used, or another process uses it
     */
    public CheckpointFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
        this.state = folder.resolve("state");
        this.next = folder.resolve("state.next");
        this.lockFile = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isLocked(lockFile)) {
            lockFile.close();
            throw new IOException("another run uses it");
        }
    }

    private static boolean isLocked(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // by this process
        }
    }

    /** Writes a state. */
    public interface Writer {
        /**
         * Writes it.
         *
         * @param out where to
         * @throws IOException if that fails
         */
        void write(DataOutputStream out) throws IOException;
    }

    /**
     * Keeps a state in the place of the one before. When this returns it has reached the disk.
     *
     * @param writer writes it
     * @throws IOException if it cannot be kept; the one before is
     */
    public void save(Writer writer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(FORMAT);
        writer.write(out);
        out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
        try (FileChannel file = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer left = ByteBuffer.wrap(bytes.toByteArray());
            while (left.hasRemaining()) {
                file.write(left);
            }
            file.force(true);
        }
        DurableFiles.replace(next, state);
    }

    /**
     * The state that was kept last.
     *
     * @return stands where a writer began; null if there is none
     * @throws IOException if it cannot be read, or is not what was written
     */
    public @Nullable DataInputStream load() throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(state);
        } catch (NoSuchFileException e) {
            return null;
        }
        int length = bytes.length - Long.BYTES;
        if (length < Integer.BYTES || ByteBuffer.wrap(bytes).getLong(length) != checksum(bytes, length)) {
            throw new IOException("its state is damaged");
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, length));
        if (in.readInt() != FORMAT) {
            throw new IOException("its state is of another version");
        }
        return in;
    }

    /**
     * Forgets the state: the run is over.
     *
     * @throws IOException if that fails
     */
    public void clear() throws IOException {
        Files.deleteIfExists(state);
        DurableFiles.syncFolderOf(state);
    }

    private static long checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return crc.getValue();
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
