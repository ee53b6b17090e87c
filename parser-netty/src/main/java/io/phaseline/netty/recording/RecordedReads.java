package io.phaseline.netty.recording;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When the bytes of a capture came: the network reads that brought them, in order.
 *
 * @param reads the reads; their lengths add up to the capture's bytes, or to fewer where the recording was cut off
 */
public record RecordedReads(List<Read> reads) {
    /** What the name of the file with the times adds to the name of the capture. */
    public static final String SUFFIX = ".times.jsonl";

    /**
     * One network read.
     *
     * @param atNanos nanoseconds from when the request was sent to when the read came, by a clock that never goes back
     * @param length bytes of the body that it brought, 1 or more
     */
    public record Read(long atNanos, int length) {}

    /**
     * How many bytes the reads brought.
     *
     * @return the sum of their lengths
     */
    public long bytes() {
        return reads.stream().mapToLong(Read::length).sum();
    }

    /**
     * Keeps a list of its own.
     *
     * @param reads as above
     */
    public RecordedReads {
        reads = List.copyOf(reads);
    }

    /**
     * Where the times of a capture lie.
     *
     * @param capture the file with the bytes
     * @return the file beside it
     */
    public static Path fileBeside(Path capture) {
        return capture.resolveSibling(capture.getFileName() + SUFFIX);
    }

    /**
     * Reads the times that lie beside a capture; see {@link TimesReader}.
     *
     * @param capture the file with the bytes
     * @return the reads; nothing where no such file is
     * @throws IOException if the file cannot be read, or a line of it is not what it should be; names file and line
     */
    public static Optional<RecordedReads> beside(Path capture) throws IOException {
        Path file = fileBeside(capture);
        List<Read> reads = new ArrayList<>();
        try (TimesReader times = new TimesReader(file)) {
            while (times.next()) {
                reads.add(new Read(times.atNanos(), Math.toIntExact(times.length())));
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (FileSystemException e) {
            throw e; // it names the file
        } catch (ArithmeticException e) {
            throw new IOException(file + ": a read of more than " + Integer.MAX_VALUE + " bytes", e);
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
        return Optional.of(sinceRequest(reads));
    }

    /** A first line of no bytes is the request; without one the first read is where time begins. */
    private static RecordedReads sinceRequest(List<Read> lines) {
        if (lines.isEmpty()) {
            return new RecordedReads(lines);
        }
        long start = lines.get(0).atNanos();
        return new RecordedReads(lines.stream()
                .filter(line -> line.length() > 0)
                .map(line -> new Read(line.atNanos() - start, line.length()))
                .toList());
    }
}
