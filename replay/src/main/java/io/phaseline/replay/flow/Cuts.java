package io.phaseline.replay.flow;

import io.phaseline.StreamParser;
import io.phaseline.event.Outcome;
import io.phaseline.event.Place;
import io.phaseline.event.StreamListener;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.LongStream;

/**
 * Where an uncompressed file is cut into ranges, so that no stream is split or lost.
 *
 * <p>A range belongs to whoever reads it from the first stream that begins in it to the first one that begins in the
 * next. Where a stream begins only a parser can tell, and only if it has read the stream before; so a parser starts at
 * the first line of the range, in the midst of some stream, and the first beginning that it hears of is the range's
 * boundary. It is no more than a proposal: the worker of the range before, whose parser knows what came before, reads on
 * until it hears of the same beginning. Both parsers are then in the same state: each has just begun a stream with the
 * frame there, and what an input is (lines of JSON, or frames) is settled before its second stream. If the worker never
 * hears of it, it reads the next range as well.
 *
 * <p>Used by many threads. Where a boundary lies does not depend on which of them asks first.
 */
final class Cuts {
    /** There is no boundary in the range: it belongs to the one before. */
    static final long NONE = -1;

    /** However small the ranges are, a stream of this many bytes is passed over to find the next one. */
    private static final long MIN_SEARCH_BYTES = 1 << 20;

    /** 4 MiB: ranges become shorter towards the end of a file, so that all workers end together, but not than this. */
    private static final int MIN_RANGE_BYTES = 4 << 20;

    /** A range takes at most this part of what is left of a file. */
    private static final int LEFT_FOR_ALL = 8;

    /** However small ranges are wanted, there are about so many at most, as a count. */
    private static final int MAX_RANGES = 1 << 20;

    private final Path path;
    private final long size;
    private final FlowOptions options;

    /** Where the ranges would begin if streams played no part, and the end of the last one, in bytes. */
    private final long[] begins;

    private final ConcurrentMap<Integer, Long> boundaries = new ConcurrentHashMap<>();

    Cuts(Path path, long size, FlowOptions options) {
        this.path = path;
        this.size = size;
        this.options = options;
        this.begins = begins(size, options.rangeBytes());
    }

    /** Nothing but the size and the option decide: a run may go on with another number of threads. */
    private static long[] begins(long size, int rangeBytes) {
        LongStream.Builder begins = LongStream.builder();
        long most = Math.max(rangeBytes, size / MAX_RANGES);
        long least = Math.min(most, MIN_RANGE_BYTES);
        for (long at = 0; at < size; ) {
            begins.add(at);
            at += Math.max(least, Math.min(most, (size - at) / LEFT_FOR_ALL));
        }
        return begins.add(size).build().toArray();
    }

    /** How many ranges there are. */
    int count() {
        return begins.length - 1;
    }

    /** Where a range would begin if streams played no part. */
    long nominalBegin(int range) {
        return begins[range];
    }

    /** How long a range would be if streams played no part. */
    long length(int range) {
        return begins[range + 1] - begins[range];
    }

    /** How long the file was when it was found. */
    long size() {
        return size;
    }

    /** How far from its beginning a range is searched for a boundary, in bytes. */
    long searchBytes(int range) {
        return Math.max(length(range), MIN_SEARCH_BYTES);
    }

    /** The file from an offset on. */
    InputStream open(long offset) throws IOException {
        FileChannel channel = FileChannel.open(path);
        try {
            return Channels.newInputStream(channel.position(offset));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Where the first line of a range begins; {@link #NONE} if none does within the search. */
    long firstLine(int range) throws IOException {
        if (range == 0) {
            return 0;
        }
        long offset = nominalBegin(range);
        long end = offset + searchBytes(range);
        byte[] block = new byte[1 << 12];
        try (InputStream in = open(offset)) {
            int length;
            while ((length = in.read(block)) > 0 && offset < end) {
                for (int i = 0; i < length; i++) {
                    // Between the CR and the LF of one line end is as good: a blank line more means nothing here.
                    if (block[i] == '\n' || block[i] == '\r') {
                        return offset + i + 1;
                    }
                }
                offset += length;
            }
        }
        return NONE;
    }

    /** The boundary of a range, searched for if nobody has done so yet; {@link #NONE} if there is none. */
    long boundary(int range) {
        Long known = boundaries.get(range);
        if (known != null) {
            return known;
        }
        long found;
        try {
            found = search(range);
        } catch (IOException e) {
            found = NONE; // told by whoever then reads on
        }
        return agree(range, found);
    }

    /** Takes what a reader of the range has found as its boundary, unless another one was told before. */
    long agree(int range, long found) {
        Long before = boundaries.putIfAbsent(range, found);
        return before == null ? found : before;
    }

    private long search(int range) throws IOException {
        long begin = firstLine(range);
        if (begin == NONE) {
            return NONE;
        }
        Search search = new Search();
        StreamParser parser = new StreamParser(options.parser(), search);
        byte[] block = new byte[1 << 16];
        long left = searchBytes(range);
        try (InputStream in = open(begin)) {
            int length;
            while (left > 0
                    && search.streamBytes < 0
                    && (length = in.read(block, 0, (int) Math.min(block.length, left))) > 0) {
                parser.feed(block, 0, length);
                left -= length;
            }
        }
        return search.streamBytes < 0 ? NONE : begin + search.streamBytes;
    }

    /** Hears how long the stream is in whose midst a search began. */
    private static final class Search implements StreamListener {
        long streamBytes = -1;

        @Override
        public void onEnded(Place at, Outcome outcome, long frames, long bytes) {
            if (streamBytes < 0) {
                streamBytes = bytes;
            }
        }
    }
}
