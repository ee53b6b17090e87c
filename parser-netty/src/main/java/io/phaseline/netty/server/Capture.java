package io.phaseline.netty.server;

import io.phaseline.event.Dialect;
import io.phaseline.netty.recording.RecordedReads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A response body to be served. Immutable; may be shared between servers. */
public final class Capture {
    private final String name;
    private final byte[] body;
    private final Frames frames;
    private final @Nullable RecordedReads reads;

    private Capture(String name, byte[] body, Frames frames, @Nullable RecordedReads reads) {
        this.name = name;
        this.body = body;
        this.frames = frames;
        this.reads = reads;
    }

    /**
     * A capture.
     *
     * @param name what a request calls it by
     * @param body the bytes of the body; must not be written to any more
     * @return a capture without recorded times
     */
    public static Capture of(String name, byte[] body) {
        return new Capture(name, body, Frames.of(body), null);
    }

    /**
     * Reads a capture from a file, with the times beside it if there are any; see {@link RecordedReads}.
     *
     * @param file the file; its name without the folders is the capture's
     * @return a capture
     * @throws IOException if it cannot be read, or its times are not those of its bytes
     */
    public static Capture read(Path file) throws IOException {
        Capture capture = of(String.valueOf(file.getFileName()), Files.readAllBytes(file));
        Optional<RecordedReads> reads = RecordedReads.beside(file);
        try {
            return reads.isPresent() ? capture.withReads(reads.get()) : capture;
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * This capture with the times it was recorded at.
     *
     * @param reads when its bytes came
     * @return a new capture over the same bytes
     * @throws IllegalArgumentException if the reads brought more or fewer bytes than there are
     */
    public Capture withReads(RecordedReads reads) {
        if (reads.bytes() != body.length) {
            throw new IllegalArgumentException(
                    name + ": " + body.length + " bytes, but its times are those of " + reads.bytes());
        }
        return new Capture(name, body, frames, reads);
    }

    /**
     * What a request calls it by.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The dialect it is written in.
     *
     * @return the dialect; null if its bytes do not tell it
     */
    public @Nullable Dialect dialect() {
        return frames.dialect();
    }

    /**
     * How many frames it has.
     *
     * @return a count, 0 if it is no event stream
     */
    public int frameCount() {
        return frames.count();
    }

    /**
     * Tells whether it can be served as recorded.
     *
     * @return true if times were recorded with it
     */
    public boolean hasTimes() {
        return reads != null;
    }

    byte[] body() {
        return body;
    }

    Frames frames() {
        return frames;
    }

    @Nullable
    RecordedReads reads() {
        return reads;
    }

    @Override
    public String toString() {
        return name;
    }
}
