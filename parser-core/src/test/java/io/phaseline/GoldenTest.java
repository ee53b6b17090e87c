package io.phaseline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.phaseline.event.Dialect;
import io.phaseline.event.StreamListener;
import io.phaseline.event.Transcript;
import io.phaseline.reference.WellFormed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every case below {@code golden/}: the bytes as they come from the wire beside the transcript of what is heard. The
 * transcript says what the reader hears when it gets the input whole; that the cuts between inputs, the kind of buffer
 * and a stop with snapshot and restore change nothing is then held against what was heard whole, so that one wrong
 * reading fails once.
 *
 * <p>{@code -Dgolden.update} rewrites the transcripts that differ and fails, because a person has to read the diff.
 */
class GoldenTest {
    static final Path ROOT = Path.of(System.getProperty("basedir", "")).resolve("src/test/resources/golden");

    /** Up to this size a case is cut everywhere; a longer one at every seventh byte, or a thousand times. */
    private static final int SMALL = 4 << 10;

    /** In how many orders one parser reads them all. */
    private static final int ORDERS = 8;

    private static final boolean UPDATE = updateIsAskedFor();

    @TestFactory
    Stream<DynamicNode> cases() throws IOException {
        return inputs().stream().map(input -> UPDATE ? update(input) : check(input));
    }

    static List<Path> inputs() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(GoldenTest::isInput).sorted().toList();
        }
    }

    /** A transcript whose input was renamed or removed proves nothing. */
    @TestFactory
    Stream<DynamicTest> everyTranscriptHasItsInput() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files
                    .filter(file -> file.toString().endsWith(".transcript")
                            || file.toString().endsWith(".options"))
                    .sorted()
                    .toList()
                    .stream()
                    .map(file -> dynamicTest(caseName(file), () -> {
                        String stem = stem(file.getFileName().toString());
                        if (Stream.of(".sse", ".jsonl", ".body")
                                .noneMatch(end -> Files.exists(file.resolveSibling(stem + end)))) {
                            fail("no input beside " + file);
                        }
                    }));
        }
    }

    /** What a stream leaves behind in a parser, and what was learnt from it, changes nothing for the next one. */
    @TestFactory
    Stream<DynamicTest> oneParserForAll() {
        return LongStream.range(0, ORDERS)
                .mapToObj(order -> dynamicTest("order " + order, () -> {
                    List<Case> all = new ArrayList<>();
                    for (Path input : inputs()) {
                        all.add(Case.read(input));
                    }
                    oneAfterTheOther(all, new Random(order));
                }));
    }

    static void oneAfterTheOther(List<Case> cases, Random random) {
        List<Case> shuffled = new ArrayList<>(cases);
        Collections.shuffle(shuffled, random);
        StringBuilder heard = new StringBuilder();
        Map<ParserOptions, StreamParser> parsers = new HashMap<>();
        for (Case golden : shuffled) {
            StreamParser parser =
                    parsers.computeIfAbsent(golden.options, options -> new StreamParser(options, writingTo(heard)));
            parser.feed(golden.bytes);
            parser.finish();
            same(golden.name, "by a parser that has read others", golden.whole, heard.toString());
            parser.reset();
            heard.setLength(0);
        }
    }

    private static DynamicNode check(Path input) {
        return dynamicContainer(
                caseName(input),
                Stream.of(
                        dynamicTest("transcript", () -> Case.read(input).matchesItsTranscript()),
                        dynamicTest("byte by byte", () -> Case.read(input).byteByByte()),
                        dynamicTest("at every split", () -> Case.read(input).atEverySplit()),
                        dynamicTest("from every buffer", () -> Case.read(input).fromEveryBuffer()),
                        dynamicTest(
                                "restored at every split",
                                () -> Case.read(input).restoredAtEverySplit()),
                        dynamicTest("again after reset", () -> Case.read(input).againAfterReset())));
    }

    private static DynamicNode update(Path input) {
        return dynamicTest(caseName(input), () -> {
            Case golden = Case.read(input);
            if (!golden.whole.equals(golden.expected)) {
                Files.writeString(golden.transcript, golden.whole, UTF_8);
                fail("rewritten, read the diff: " + diff(golden.expected, golden.whole));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> updating() {
        return UPDATE
                ? Stream.of(dynamicTest(
                        "read the diff", () -> fail("golden.update rewrote what differed; run again without it")))
                : Stream.empty();
    }

    /** One golden; also for {@link GoldenProbe}. */
    record Case(String name, byte[] bytes, ParserOptions options, Path transcript, String expected, String whole) {
        static Case read(Path input) throws IOException {
            return unheard(input).heard();
        }

        /** As it stands in its files; the parser has no part in it. */
        static Case unheard(Path input) throws IOException {
            byte[] bytes = Files.readAllBytes(input);
            String stem = stem(input.getFileName().toString());
            ParserOptions options = readOptions(
                    input.resolveSibling(stem + ".options"),
                    ROOT.relativize(input).startsWith("streams"));
            Path transcript = input.resolveSibling(stem + ".transcript");
            String expected = Files.exists(transcript) ? Files.readString(transcript, UTF_8) : "";
            return new Case(caseName(input), bytes, options, transcript, expected, "");
        }

        Case heard() {
            return new Case(name, bytes, options, transcript, expected, hear(options, parser -> parser.feed(bytes)));
        }

        void matchesItsTranscript() {
            same(name, "whole", expected, whole);
        }

        void byteByByte() {
            same(name, "byte by byte", whole, hear(options, parser -> {
                byte[] one = new byte[1];
                for (byte b : bytes) {
                    one[0] = b;
                    parser.feed(one);
                    // What was borrowed must not be looked at again.
                    one[0] = '!';
                }
            }));
        }

        void atEverySplit() {
            // One parser for all: what an input leaves behind must not reach the next one.
            StringBuilder heard = new StringBuilder();
            StreamParser parser = new StreamParser(options, writingTo(heard));
            for (int split : splits()) {
                feedAndSpoil(parser, 0, split);
                parser.feed(new byte[0]);
                feedAndSpoil(parser, split, bytes.length);
                parser.finish();
                same(name, "split at " + split, whole, heard.toString());
                parser.reset();
                heard.setLength(0);
            }
        }

        void fromEveryBuffer() {
            int n = bytes.length;
            byte[] padded = new byte[n + 8];
            Arrays.fill(padded, (byte) '!');
            System.arraycopy(bytes, 0, padded, 3, n);
            same(name, "range of an array", whole, hear(options, parser -> parser.feed(padded, 3, n)));
            buffer("heap buffer", ByteBuffer.wrap(bytes.clone()));
            buffer("range of a heap buffer", ByteBuffer.wrap(padded.clone(), 3, n));
            buffer(
                    "slice of a heap buffer",
                    ByteBuffer.wrap(padded.clone(), 3, n).slice());
            buffer(
                    "read-only heap buffer",
                    ByteBuffer.wrap(padded.clone(), 3, n).asReadOnlyBuffer());
            ByteBuffer direct = ByteBuffer.allocateDirect(n + 8).put(padded);
            direct.position(3).limit(3 + n);
            buffer("direct buffer", direct.duplicate());
            buffer("read-only direct buffer", direct.asReadOnlyBuffer());
        }

        private void buffer(String how, ByteBuffer input) {
            same(name, how, whole, hear(options, parser -> {
                parser.feed(input);
                if (input.hasRemaining()) {
                    fail(name + ": " + how + " was not read to its limit");
                }
            }));
        }

        void restoredAtEverySplit() {
            restoredAt(splits());
        }

        void restoredAt(List<Integer> splits) {
            StringBuilder heard = new StringBuilder();
            StreamListener listener = writingTo(heard);
            StreamParser first = new StreamParser(options, listener);
            for (int split : splits) {
                first.feed(bytes, 0, split);
                StreamParser second = StreamParser.restore(first.snapshot(), listener);
                second.feed(bytes, split, bytes.length - split);
                second.finish();
                same(name, "restored at " + split, whole, heard.toString());
                first.reset();
                heard.setLength(0);
            }
        }

        void againAfterReset() {
            StringBuilder heard = new StringBuilder();
            StreamParser parser = new StreamParser(options, writingTo(heard));
            parser.feed(bytes, 0, bytes.length * 2 / 3);
            parser.reset();
            heard.setLength(0);
            parser.feed(bytes);
            parser.finish();
            same(name, "after a reset in the middle", whole, heard.toString());
        }

        private void feedAndSpoil(StreamParser parser, int start, int end) {
            byte[] input = Arrays.copyOfRange(bytes, start, end);
            parser.feed(input);
            Arrays.fill(input, (byte) '!');
        }

        private List<Integer> splits() {
            List<Integer> splits = new ArrayList<>();
            int step = bytes.length < SMALL ? 1 : Math.max(7, bytes.length / 1_000 | 1);
            for (int split = 0; split <= bytes.length; split += step) {
                splits.add(split);
            }
            return splits;
        }
    }

    private static StreamListener writingTo(StringBuilder heard) {
        return new WellFormed(new Transcript(heard));
    }

    private static String hear(ParserOptions options, Consumer<StreamParser> feeding) {
        StringBuilder heard = new StringBuilder();
        StreamParser parser = new StreamParser(options, writingTo(heard));
        feeding.accept(parser);
        parser.finish();
        return heard.toString();
    }

    private static ParserOptions readOptions(Path file, boolean manyStreams) throws IOException {
        ParserOptions options = ParserOptions.DEFAULT.withManyStreams(manyStreams);
        if (!Files.exists(file)) {
            return options;
        }
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(file, UTF_8)) {
            properties.load(reader);
        }
        for (String key : properties.stringPropertyNames()) {
            String value = properties.getProperty(key).strip();
            options = switch (key) {
                case "dialect" -> options.withDialect(Dialect.valueOf(value.toUpperCase(Locale.ROOT)));
                case "cumulative" -> options.withCumulative(Boolean.parseBoolean(value));
                case "manyStreams" -> options.withManyStreams(Boolean.parseBoolean(value));
                case "maxFrameBytes" -> options.withLimits(options.limits().withMaxFrameBytes(Integer.parseInt(value)));
                default -> throw new IllegalArgumentException(file + ": " + key);
            };
        }
        return options;
    }

    private static boolean isInput(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".sse") || name.endsWith(".jsonl") || name.endsWith(".body");
    }

    private static String caseName(Path file) {
        return ROOT.relativize(file).toString().replace('\\', '/');
    }

    private static String stem(String name) {
        return name.substring(0, name.lastIndexOf('.'));
    }

    private static boolean updateIsAskedFor() {
        String value = System.getProperty("golden.update");
        return value != null && !value.equals("false");
    }

    private static void same(String name, String how, String expected, String heard) {
        if (!expected.equals(heard)) {
            throw new Difference(name + ", " + how + ":" + diff(expected, heard));
        }
    }

    /** Where in this class it was noticed helps nobody. */
    private static final class Difference extends AssertionError {
        Difference(String message) {
            super(message);
        }

        @Override
        public Throwable fillInStackTrace() {
            return this;
        }
    }

    /** The lines of both, common ones once: {@code -} was expected and not heard, {@code +} was heard instead. */
    private static String diff(String expected, String heard) {
        String[] a = expected.split("\n");
        String[] b = heard.split("\n");
        int[][] common = new int[a.length + 1][b.length + 1];
        for (int i = a.length - 1; i >= 0; i--) {
            for (int j = b.length - 1; j >= 0; j--) {
                common[i][j] =
                        a[i].equals(b[j]) ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        StringBuilder text = new StringBuilder("\n");
        int i = 0;
        int j = 0;
        while (i < a.length || j < b.length) {
            if (i < a.length && j < b.length && a[i].equals(b[j])) {
                line(text, ' ', a[i++]);
                j++;
            } else if (j == b.length || i < a.length && common[i + 1][j] >= common[i][j + 1]) {
                line(text, '-', a[i++]);
            } else {
                line(text, '+', b[j++]);
            }
        }
        return text.toString();
    }

    private static void line(StringBuilder text, char sign, String line) {
        if (!line.isEmpty()) {
            text.append(sign).append(' ').append(line).append('\n');
        }
    }
}
