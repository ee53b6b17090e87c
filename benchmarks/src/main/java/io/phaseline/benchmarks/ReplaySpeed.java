package io.phaseline.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.phaseline.ParserOptions;
import io.phaseline.StreamParser;
import io.phaseline.bytes.Slice;
import io.phaseline.event.Place;
import io.phaseline.event.StreamListener;
import io.phaseline.event.ToolChange;
import io.phaseline.event.Usage;
import io.phaseline.event.UsageField;
import io.phaseline.replay.flow.Flow;
import io.phaseline.replay.flow.FlowOptions;
import io.phaseline.replay.flow.Position;
import io.phaseline.replay.flow.Progress;
import io.phaseline.replay.flow.Results;
import io.phaseline.replay.flow.StopSignal;
import io.phaseline.replay.input.Input;
import io.phaseline.replay.stats.StreamLimits;
import io.phaseline.replay.stats.StreamRecord;
import io.phaseline.replay.stats.Totals;
import io.phaseline.replay.stats.TotalsLimits;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * How much of the parser's speed is left in {@code phaseline replay}, and what does a second core give?
 *
 * <p>{@code java -XX:+UseSerialGC -cp benchmarks/target/benchmarks.jar io.phaseline.benchmarks.ReplaySpeed FILE [ROUNDS]},
 * with the collector that {@code replay/phaseline} asks for. The parser alone, with a listener that consumes every view, and replay on one and on two threads read the same file in turn, from
 * the page cache; the best round of each counts, by the clock and by the processor time of the whole process.
 */
public final class ReplaySpeed {
    private static final int BLOCK_BYTES = 1 << 18;
    private static final int USUAL_ROUNDS = 10;
    private static final double MEGABYTES_PER_SECOND = 1e3;

    private final Path file;
    private final long bytes;
    private long checksum;

    private ReplaySpeed(Path file) throws IOException {
        this.file = file;
        this.bytes = Files.size(file);
    }

    /** Something that reads the whole file. */
    private interface Reader {
        void read() throws IOException;
    }

    /** The best time of each kind, in nanoseconds. */
    private static final class Best {
        long clock = Long.MAX_VALUE;
        long processor = Long.MAX_VALUE;
    }

    /**
     * Measures.
     *
     * @param arguments the file, and how many rounds
     * @throws IOException if the file cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 1 || arguments.length > 2) {
            System.err.println("usage: ReplaySpeed FILE [ROUNDS]");
            System.exit(2);
        }
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : USUAL_ROUNDS;
        new ReplaySpeed(Path.of(arguments[0])).compare(rounds);
    }

    private void compare(int rounds) throws IOException {
        Best parser = new Best();
        Best one = new Best();
        Best two = new Best();
        for (int i = 0; i < rounds; i++) {
            measure(this::parse, parser);
            measure(() -> replay(1), one);
            measure(() -> replay(2), two);
        }
        System.out.printf(Locale.ROOT, "%-18s %12s %14s %8s%n", "", "MB/s, clock", "MB/s, CPU", "ratio");
        row("parser alone", parser, 1);
        row("replay, 1 thread", one, (double) parser.clock / one.clock);
        row("replay, 2 threads", two, (double) one.clock / two.clock);
        System.err.println("checksum " + checksum);
    }

    private void row(String name, Best best, double ratio) {
        System.out.printf(
                Locale.ROOT,
                "%-18s %12.0f %14.0f %8.2f%n",
                name,
                bytes * MEGABYTES_PER_SECOND / best.clock,
                bytes * MEGABYTES_PER_SECOND / best.processor,
                ratio);
    }

    private static void measure(Reader reader, Best best) throws IOException {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long processor = system.getProcessCpuTime();
        long clock = System.nanoTime();
        reader.read();
        best.clock = Math.min(best.clock, System.nanoTime() - clock);
        best.processor = Math.min(best.processor, system.getProcessCpuTime() - processor);
    }

    private void parse() throws IOException {
        StreamParser parser = new StreamParser(ParserOptions.DEFAULT.withManyStreams(true), new Consuming());
        byte[] block = new byte[BLOCK_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            int length;
            while ((length = in.read(block)) >= 0) {
                parser.feed(block, 0, length);
            }
        }
        parser.finish();
    }

    private void replay(int threads) {
        ParserOptions parser = ParserOptions.DEFAULT.withManyStreams(true);
        FlowOptions options =
                new FlowOptions(parser, StreamLimits.NO_TEXTS, 0, threads, FlowOptions.RANGE_BYTES, null, 0);
        Progress progress = new Progress(bytes, System::nanoTime, Long.MAX_VALUE, state -> {});
        Adding results = new Adding();
        new Flow(options, List.of(Input.file(file, true)), Position.BEGIN, results, progress, new StopSignal()).run();
        checksum += results.totals.hashCode();
    }

    /** Looks at every view, as a caller would who has use for it. */
    private final class Consuming implements StreamListener {
        private void consume(Slice view) {
            int length = view.length();
            checksum += length;
            if (length > 0) {
                checksum += view.byteAt(0) + view.byteAt(length - 1);
            }
        }

        @Override
        public void onReasoning(Place at, int choice, Slice delta) {
            consume(delta);
        }

        @Override
        public void onContent(Place at, int choice, Slice delta) {
            consume(delta);
        }

        @Override
        public void onTool(Place at, int choice, ToolChange change) {
            if (change.field() != null) {
                consume(change.text());
            }
        }

        @Override
        public void onUsage(Place at, Usage changed) {
            for (UsageField field : UsageField.values()) {
                checksum += changed.has(field) ? changed.value(field) : 0;
            }
        }

        @Override
        public void onFinish(Place at, int choice, Slice reason) {
            consume(reason);
        }
    }

    private static final class Adding implements Results {
        private final Totals totals = new Totals(TotalsLimits.DEFAULT);

        @Override
        public void add(StreamRecord record) {
            totals.add(record);
        }

        @Override
        public void note(String source, String what) {
            throw new IllegalStateException(source + ": " + what);
        }

        @Override
        public void flawed(String source, String what) {
            note(source, what);
        }

        @Override
        public void unreadable(String source, String why) {
            note(source, why);
        }

        @Override
        public void reached(Position position) {}
    }
}
