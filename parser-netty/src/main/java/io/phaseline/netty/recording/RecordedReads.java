package io.phaseline.netty.recording;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
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

    static final String AT = "at_ns";
    static final String LENGTH = "length";

    private static final JsonFactory JSON = new JsonFactory();

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
     * Reads the times that lie beside a capture. The first line may have a length of 0: when the request was sent.
     * Members that are not known are passed over.
     *
     * @param capture the file with the bytes
     * @return the reads; nothing where no such file is
     * @throws IOException if the file cannot be read, or a line of it is not what it should be; names file and line
     */
    public static Optional<RecordedReads> beside(Path capture) throws IOException {
        Path file = fileBeside(capture);
        List<Read> reads = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            String line;
            for (int number = 1; (line = lines.readLine()) != null; number++) {
                String place = file + ":" + number;
                Read read = parse(line, place);
                if (!reads.isEmpty()
                        && read.atNanos() < reads.get(reads.size() - 1).atNanos()) {
                    throw new IOException(place + ": the time goes back");
                }
                if (read.length() == 0 && number > 1) {
                    throw new IOException(place + ": a read of no bytes");
                }
                reads.add(read);
            }
        } catch (CharacterCodingException e) {
            throw new IOException(file + ": not UTF-8", e);
        } catch (NoSuchFileException e) {
            return Optional.empty();
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

    private static Read parse(String line, String place) throws IOException {
        long atNanos = -1;
        long length = -1;
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String name = json.currentName();
                    JsonToken value = json.nextToken();
                    if (value == JsonToken.VALUE_NUMBER_INT && name.equals(AT)) {
                        atNanos = json.getLongValue();
                    } else if (value == JsonToken.VALUE_NUMBER_INT && name.equals(LENGTH)) {
                        length = json.getLongValue();
                    } else {
                        json.skipChildren();
                    }
                }
            }
        } catch (JsonProcessingException e) {
            throw new IOException(place + ": not JSON: " + e.getOriginalMessage(), e);
        }
        if (atNanos < 0 || length < 0 || length > Integer.MAX_VALUE) {
            throw new IOException(place + ": not a read: " + AT + " and " + LENGTH + " are needed");
        }
        return new Read(atNanos, (int) length);
    }
}
