package io.phaseline.replay.stats;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;

/** One phase over many streams. */
public final class PhaseTotals implements Part<PhaseTotals> {
    private long streams;
    private long entries;
    private long frames;
    private long bytes;
    private long textBytes;
    private long tokens;
    private long estimatedTokens;
    private final Distribution nanos = new Distribution();

    PhaseTotals() {}

    void addStream() {
        streams++;
    }

    void add(PhaseSpan span) {
        entries++;
        frames += span.frames();
        bytes += span.bytes();
        textBytes += span.textBytes();
        tokens = Sums.add(tokens, span.tokens());
        estimatedTokens = Sums.add(estimatedTokens, span.estimatedTokens());
        nanos.record(span.nanos());
    }

    /**
     * Streams that entered it.
     *
     * @return a count
     */
    public long streams() {
        return streams;
    }

    /**
     * How often it was entered.
     *
     * @return a count
     */
    public long entries() {
        return entries;
    }

    /**
     * Frames that belong to it.
     *
     * @return a count
     */
    public long frames() {
        return frames;
    }

    /**
     * Bytes that belong to it.
     *
     * @return bytes
     */
    public long bytes() {
        return bytes;
    }

    /**
     * Bytes of UTF-8 that were written in it.
     *
     * @return bytes
     */
    public long textBytes() {
        return textBytes;
    }

    /**
     * Output tokens that belong to it.
     *
     * @return a count
     */
    public long tokens() {
        return tokens;
    }

    /**
     * How many of its tokens are shared out by bytes of text.
     *
     * @return a count
     */
    public long estimatedTokens() {
        return estimatedTokens;
    }

    /**
     * How long it lasted each time, where times were recorded.
     *
     * @return nanoseconds
     */
    public Distribution nanos() {
        return nanos;
    }

    @Override
    public void merge(PhaseTotals other) {
        streams += other.streams;
        entries += other.entries;
        frames += other.frames;
        bytes += other.bytes;
        textBytes += other.textBytes;
        tokens = Sums.add(tokens, other.tokens);
        estimatedTokens = Sums.add(estimatedTokens, other.estimatedTokens);
        nanos.merge(other.nanos);
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeLong(streams);
        out.writeLong(entries);
        out.writeLong(frames);
        out.writeLong(bytes);
        out.writeLong(textBytes);
        out.writeLong(tokens);
        out.writeLong(estimatedTokens);
        nanos.write(out);
    }

    @Override
    public void read(DataInput in) throws IOException {
        streams = in.readLong();
        entries = in.readLong();
        frames = in.readLong();
        bytes = in.readLong();
        textBytes = in.readLong();
        tokens = in.readLong();
        estimatedTokens = in.readLong();
        nanos.read(in);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PhaseTotals totals
                && totals.streams == streams
                && totals.entries == entries
                && totals.frames == frames
                && totals.bytes == bytes
                && totals.textBytes == textBytes
                && totals.tokens == tokens
                && totals.estimatedTokens == estimatedTokens
                && totals.nanos.equals(nanos);
    }

    @Override
    public int hashCode() {
        return Objects.hash(streams, entries, frames, bytes, textBytes, tokens, estimatedTokens);
    }
}
