package io.phaseline.replay.stats;

import io.phaseline.ParserOptions;
import io.phaseline.StreamParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Feeds a parser as a recording says, and gives the records of what was heard. */
public final class Recorded implements ArrivalClock {
    private static final Path GOLDENS = Path.of("..", "parser-core", "src", "test", "resources", "golden");
    private static final ParserOptions OPTIONS = ParserOptions.DEFAULT.withManyStreams(true);

    private final List<byte[]> reads = new ArrayList<>();
    private final List<Long> arrivals = new ArrayList<>();
    private long request = UNKNOWN;
    private long now = UNKNOWN;

    public Recorded request(long nanos) {
        request = nanos;
        return this;
    }

    public Recorded read(long nanos, String bytes) {
        arrivals.add(nanos);
        reads.add(bytes.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public long requestNanos() {
        return request;
    }

    public List<StreamRecord> records(StreamLimits limits) {
        List<StreamRecord> records = new ArrayList<>();
        StreamParser parser = new StreamParser(OPTIONS, new StreamStats(limits, this, records::add));
        for (int i = 0; i < reads.size(); i++) {
            now = arrivals.get(i);
            parser.feed(reads.get(i));
        }
        parser.finish();
        return records;
    }

    /** What a text without times gives, fed some bytes at a time. */
    static List<StreamRecord> records(byte[] bytes, int chunk, StreamLimits limits) {
        List<StreamRecord> records = new ArrayList<>();
        StreamParser parser = new StreamParser(OPTIONS, new StreamStats(limits, ArrivalClock.NONE, records::add));
        for (int at = 0; at < bytes.length; at += chunk) {
            parser.feed(bytes, at, Math.min(chunk, bytes.length - at));
        }
        parser.finish();
        return records;
    }

    public static List<StreamRecord> records(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return records(bytes, bytes.length, StreamLimits.WHOLE_TEXTS);
    }

    /** Every input that the parser is tested with. */
    static List<Path> goldens() {
        try (Stream<Path> files = Files.walk(GOLDENS)) {
            return files.filter(file -> file.toString().endsWith(".sse"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The records of all goldens, placed as if they were one run. */
    public static List<StreamRecord> run() {
        List<StreamRecord> run = new ArrayList<>();
        List<Path> files = goldens();
        for (int i = 0; i < files.size(); i++) {
            byte[] bytes = bytes(files.get(i));
            String source = files.get(i).getFileName().toString();
            for (StreamRecord record : records(bytes, Math.max(1, bytes.length), StreamLimits.WHOLE_TEXTS)) {
                run.add(record.at(new Origin(i, source, run.size()), 0, 0));
            }
        }
        return run;
    }
}
