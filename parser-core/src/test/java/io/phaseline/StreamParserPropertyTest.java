package io.phaseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.phaseline.event.ErrorKind;
import io.phaseline.event.EventRecorder;
import io.phaseline.event.Outcome;
import io.phaseline.event.ResultAccumulator;
import io.phaseline.event.StreamEvent;
import io.phaseline.event.StreamListener;
import io.phaseline.event.StreamResult;
import io.phaseline.reference.BufferKind;
import io.phaseline.reference.FrameTranscript;
import io.phaseline.reference.LawSeeds;
import io.phaseline.reference.ReferenceParser;
import io.phaseline.reference.RepeatingStreams;
import io.phaseline.reference.Shrinking;
import io.phaseline.reference.Streams;
import io.phaseline.sse.EventStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterProperty;

/**
 * Laws of the parser. An input is one seed of {@link Streams}, which shrinks to nothing useful; where two lists of events
 * differ, {@link Shrinking} cuts the input down instead.
 */
class StreamParserPropertyTest {
    private static final int TRIES = 400;

    // The judge

    @Property(seed = LawSeeds.FIXED, tries = 2 * TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void agreesWithTheReference(@ForAll("streams") Case input) {
        agrees(input);
    }

    @Property(seed = LawSeeds.FIXED, tries = 2 * TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void agreesWithTheReferenceOnDamagedStreams(@ForAll("damagedStreams") Case input) {
        agrees(input);
    }

    @Property(seed = LawSeeds.FIXED, tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void agreesWithTheReferenceOnLinesWithoutSense(@ForAll("lines") Case input) {
        agrees(input);
    }

    private static void agrees(Case input) {
        Predicate<byte[]> differs = bytes -> !ReferenceParser.normalize(parse(bytes, input.options))
                .equals(ReferenceParser.normalize(ReferenceParser.parse(bytes, input.options)));
        if (differs.test(input.bytes)) {
            byte[] small = Shrinking.smallest(input.bytes, differs);
            assertThat(ReferenceParser.normalize(parse(small, input.options)))
                    .as("%s%nwith %s, cut down to:%n%s", input.name, input.options, text(small))
                    .containsExactlyElementsOf(ReferenceParser.normalize(ReferenceParser.parse(small, input.options)));
        }
    }

    @Property(seed = LawSeeds.FIXED, tries = 2 * TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void framesAgreeWithTheReference(@ForAll("anyStreams") Case input, @ForAll Random random) {
        int limit = input.options.limits().maxFrameBytes();
        List<String> expected = FrameTranscript.of(ReferenceParser.frames(input.bytes, limit));
        FrameTranscript whole = new FrameTranscript();
        EventStreamReader reader = new EventStreamReader(whole, limit);
        reader.feed(input.bytes.clone(), 0, input.bytes.length);
        reader.finish();
        assertThat(whole.lines()).as("%s%n%s", input, text(input.bytes)).containsExactlyElementsOf(expected);
        FrameTranscript split = new FrameTranscript();
        EventStreamReader again = new EventStreamReader(split, limit);
        for (byte[] piece : pieces(input.bytes, random)) {
            again.feed(piece, 0, piece.length);
            Arrays.fill(piece, (byte) '!');
        }
        again.finish();
        assertThat(split.lines()).as("%s%n%s", input, text(input.bytes)).containsExactlyElementsOf(expected);
    }

    // Input may be cut anywhere

    @Property(seed = LawSeeds.FIXED, tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void eventsDoNotDependOnHowInputIsSplit(@ForAll("anyStreams") Case input, @ForAll Random random) {
        same(input, bytes -> record(input, parser -> feedInPieces(parser, bytes, random)));
        same(
                input,
                bytes -> record(input, parser -> {
                    for (byte b : bytes) {
                        parser.feed(new byte[] {b});
                    }
                }));
    }

    @Property(seed = LawSeeds.FIXED, tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void eventsDoNotDependOnTheKindOfBuffer(@ForAll("anyStreams") Case input, @ForAll Random random) {
        for (BufferKind kind : BufferKind.values()) {
            same(
                    input,
                    bytes -> record(input, parser -> {
                        for (byte[] piece : pieces(bytes, random)) {
                            kind.feed(parser, piece);
                        }
                    }));
        }
        same(
                input,
                bytes -> record(input, parser -> {
                    for (byte[] piece : pieces(bytes, random)) {
                        BufferKind.values()[random.nextInt(BufferKind.values().length)].feed(parser, piece);
                    }
                }));
    }

    @Property(seed = LawSeeds.FIXED, tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void snapshotAnywhereChangesNothing(@ForAll("anyStreams") Case input, @ForAll Random random) {
        same(
                input,
                bytes -> EventRecorder.record(listener -> {
                    StreamParser parser = new StreamParser(input.options, listener);
                    for (byte[] piece : pieces(bytes, random)) {
                        parser.feed(piece);
                        if (random.nextInt(3) == 0) {
                            parser = StreamParser.restore(parser.snapshot(), listener);
                        }
                    }
                    parser.finish();
                }));
    }

    @Property(seed = LawSeeds.FIXED, tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void takingASnapshotIsNotHeard(@ForAll("anyStreams") Case input, @ForAll Random random) {
        same(
                input,
                bytes -> record(input, parser -> {
                    for (byte[] piece : pieces(bytes, random)) {
                        byte[] snapshot = parser.snapshot();
                        assertThat(StreamParser.restore(snapshot, new StreamListener() {})
                                        .snapshot())
                                .isEqualTo(snapshot);
                        parser.feed(piece);
                    }
                }));
    }

    @Property(seed = LawSeeds.FIXED, tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void resetEqualsNew(@ForAll("anyStreams") Case input, @ForAll("seeds") Long other, @ForAll Random random) {
        byte[] before = new Streams(other).damagedStream();
        boolean finished = random.nextBoolean();
        same(input, bytes -> {
            List<StreamEvent> events = new ArrayList<>();
            StreamParser parser = new StreamParser(input.options, new EventRecorder(events::add));
            feedInPieces(parser, before, random);
            if (finished) {
                parser.finish();
            }
            parser.reset();
            events.clear();
            parser.feed(bytes);
            parser.finish();
            return events;
        });
    }

    private static void same(Case input, Function<byte[], List<StreamEvent>> otherWay) {
        List<StreamEvent> expected = parse(input.bytes, input.options);
        assertThat(otherWay.apply(input.bytes.clone()))
                .as("%s%nwith %s:%n%s", input.name, input.options, text(input.bytes))
                .containsExactlyElementsOf(expected);
    }

    // Frames that are read by comparing them with earlier ones

    /** Most frames of these streams repeat; over a run, this share of them must have been matched, or the law is idle. */
    private static final double MATCHED = 0.2;

    private static long framesRead;
    private static long framesMatched;

    @AfterProperty
    void framesWereMatched() {
        if (framesRead > 0) {
            assertThat((double) framesMatched / framesRead)
                    .as("share of frames matched")
                    .isGreaterThan(MATCHED);
        }
        framesRead = 0;
        framesMatched = 0;
    }

    @Property(seed = LawSeeds.FIXED, tries = TRIES / 4, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void whatWasLearntChangesNothing(@ForAll("repeatingStreams") Case input, @ForAll Random random) {
        List<StreamEvent> expected = readEachByItself(input.bytes, input.options);
        // What one frame says that is odd is the matter of the other laws; of the rest the reference is the judge here
        // too.
        assertThat(withoutAnomalies(expected))
                .as("%s%nwith %s:%n%s", input.name, input.options, text(input.bytes))
                .containsExactlyElementsOf(withoutAnomalies(ReferenceParser.parse(input.bytes, input.options)));
        long pieces = random.nextLong();
        Predicate<byte[]> differs = bytes ->
                !readAgain(bytes, input.options, new Random(pieces)).equals(readEachByItself(bytes, input.options));
        if (differs.test(input.bytes)) {
            byte[] small = Shrinking.smallest(input.bytes, differs);
            assertThat(readAgain(small, input.options, new Random(pieces)))
                    .as("%s%nwith %s, cut down to:%n%s", input.name, input.options, text(small))
                    .containsExactlyElementsOf(readEachByItself(small, input.options));
        }
    }

    private static List<StreamEvent> withoutAnomalies(List<StreamEvent> events) {
        return ReferenceParser.normalize(events).stream()
                .filter(event -> !(event instanceof StreamEvent.Anomaly))
                .toList();
    }

    private static List<StreamEvent> readEachByItself(byte[] bytes, ParserOptions options) {
        return EventRecorder.record(listener -> {
            StreamParser parser = new StreamParser(options, listener, false);
            parser.feed(bytes.clone());
            parser.finish();
        });
    }

    /** Reads an input, perhaps a second time after some of it, in pieces from any kind of buffer, through snapshots. */
    private static List<StreamEvent> readAgain(byte[] bytes, ParserOptions options, Random random) {
        List<StreamEvent> events = new ArrayList<>();
        EventRecorder recorder = new EventRecorder(events::add);
        StreamParser parser = new StreamParser(options, recorder);
        if (random.nextBoolean()) {
            feedInPieces(parser, Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)), random);
            parser.reset();
            events.clear();
        }
        boolean snapshots = random.nextInt(6) == 0;
        for (byte[] piece : pieces(bytes, random)) {
            BufferKind.values()[random.nextInt(BufferKind.values().length)].feed(parser, piece);
            if (snapshots && random.nextInt(8) == 0) {
                byte[] snapshot = parser.snapshot();
                parser = random.nextBoolean() ? StreamParser.restore(snapshot, recorder) : parser;
            }
        }
        framesMatched += parser.framesMatched();
        parser.finish();
        framesRead += ((StreamEvent.Ended) events.get(events.size() - 1)).frames();
        return events;
    }

    // Events and results

    @Property(seed = LawSeeds.FIXED, tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void recordingAndDeliveringIsTheIdentity(@ForAll("anyStreams") Case input) {
        List<StreamEvent> events = parse(input.bytes, input.options);
        assertThat(events).isNotEmpty();
        assertThat(EventRecorder.record(listener -> events.forEach(event -> event.deliverTo(listener))))
                .containsExactlyElementsOf(events);
    }

    @Property(seed = LawSeeds.FIXED, tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void resultIsAFoldOverEvents(@ForAll("anyStreams") Case input) {
        List<StreamResult> live = new ArrayList<>();
        StreamParser parser = new StreamParser(input.options, new ResultAccumulator(live::add));
        parser.feed(input.bytes.clone());
        parser.finish();
        List<StreamResult> folded = new ArrayList<>();
        ResultAccumulator accumulator = new ResultAccumulator(folded::add);
        parse(input.bytes, input.options).forEach(event -> event.deliverTo(accumulator));
        List<StreamResult> judged = new ArrayList<>();
        ResultAccumulator judge = new ResultAccumulator(judged::add);
        ReferenceParser.parse(input.bytes, input.options).forEach(event -> event.deliverTo(judge));
        assertThat(live).isNotEmpty().isEqualTo(folded);
        assertThat(live).extracting(StreamResult::content).isEqualTo(contents(judged));
        assertThat(live)
                .extracting(StreamResult::toolCalls)
                .isEqualTo(judged.stream().map(StreamResult::toolCalls).toList());
    }

    private static List<String> contents(List<StreamResult> results) {
        return results.stream().map(StreamResult::content).toList();
    }

    @Property(seed = LawSeeds.FIXED, tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void anyBytesEndInAResult(@ForAll @Size(max = 300) byte[] bytes, @ForAll boolean many, @ForAll Random random) {
        endsInAResult(new Case("any bytes", bytes, ParserOptions.DEFAULT.withManyStreams(many)), random);
    }

    @Property(seed = LawSeeds.FIXED, tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void anyDamagedStreamEndsInAResult(@ForAll("damagedStreams") Case input, @ForAll Random random) {
        endsInAResult(input, random);
    }

    private static void endsInAResult(Case input, Random random) {
        List<StreamEvent> events = record(input, parser -> feedInPieces(parser, input.bytes, random));
        assertThat(events).isNotEmpty();
        long bytes = 0;
        int stream = 0;
        boolean open = false;
        boolean failed = false;
        for (StreamEvent event : events) {
            if (!open) {
                assertThat(event).as("a stream begins").isInstanceOf(StreamEvent.Started.class);
                stream++;
                open = true;
                failed = false;
            }
            assertThat(event.at().stream()).isEqualTo(stream);
            failed |= event instanceof StreamEvent.Failed error
                    && (error.error().kind() == ErrorKind.SERVER
                            || error.error().kind() == ErrorKind.NOT_A_STREAM);
            if (event instanceof StreamEvent.Ended ended) {
                open = false;
                bytes += ended.bytes();
                assertThat(ended.outcome() == Outcome.FAILED).isEqualTo(failed);
            }
        }
        assertThat(open).as("the last stream ended").isFalse();
        assertThat(bytes).isEqualTo(input.bytes.length);
        assertThat(stream == 1 || input.options.manyStreams()).isTrue();
    }

    // Running

    private static List<StreamEvent> parse(byte[] bytes, ParserOptions options) {
        return record(new Case("", bytes, options), parser -> parser.feed(bytes.clone()));
    }

    private static List<StreamEvent> record(Case input, Consumer<StreamParser> run) {
        return EventRecorder.record(listener -> {
            StreamParser parser = new StreamParser(input.options, listener);
            run.accept(parser);
            parser.finish();
        });
    }

    private static void feedInPieces(StreamParser parser, byte[] bytes, Random random) {
        for (byte[] piece : pieces(bytes, random)) {
            parser.feed(piece);
            Arrays.fill(piece, (byte) '!');
        }
    }

    /** Pieces of one scale a run: some inputs drip, others come in big blocks; empty pieces are input too. */
    private static List<byte[]> pieces(byte[] bytes, Random random) {
        int longest = 1 + random.nextInt(1 << random.nextInt(12));
        List<byte[]> pieces = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            int length = Math.min(bytes.length - at, random.nextInt(longest + 1));
            pieces.add(Arrays.copyOfRange(bytes, at, at + length));
            at += length;
        }
        return pieces;
    }

    private static String text(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.replace("\r", "\\r").replace("\uFEFF", "\\uFEFF").replace("\n", "\\n\n");
    }

    // Inputs

    /**
     * An input and how to read it.
     *
     * @param name names the seed
     * @param bytes the whole input
     * @param options how to read it
     */
    record Case(String name, byte[] bytes, ParserOptions options) {
        @Override
        public String toString() {
            return name + " " + options;
        }
    }

    static Case streamOf(long seed) {
        boolean many = (seed & 1) == 0;
        Streams streams = new Streams(seed);
        return new Case("seed " + seed, many ? streams.severalStreams() : streams.oneStream(), options(seed, many));
    }

    static Case damagedStreamOf(long seed) {
        return new Case("seed " + seed, new Streams(seed).damagedStream(), options(seed, (seed & 1) == 0));
    }

    static Case linesOf(long seed) {
        return new Case("seed " + seed, new Streams(seed).lines(), options(seed, (seed & 1) == 0));
    }

    static Case repeatingStreamOf(long seed) {
        return new Case("seed " + seed, new RepeatingStreams(seed).stream(), options(seed, seed % 3 == 0));
    }

    private static ParserOptions options(long seed, boolean many) {
        boolean cumulative = Math.floorMod(seed, 10) == 0 || Math.floorMod(seed, 10) == 3;
        boolean small = Math.floorMod(seed, 20) == 7;
        ParserLimits limits = small ? ParserLimits.DEFAULT.withMaxFrameBytes(200) : ParserLimits.DEFAULT;
        return ParserOptions.DEFAULT
                .withManyStreams(many)
                .withCumulative(cumulative)
                .withLimits(limits);
    }

    @Provide
    Arbitrary<Long> seeds() {
        return LawSeeds.any();
    }

    @Provide
    Arbitrary<Case> streams() {
        return LawSeeds.any().map(StreamParserPropertyTest::streamOf);
    }

    @Provide
    Arbitrary<Case> damagedStreams() {
        return LawSeeds.any().map(StreamParserPropertyTest::damagedStreamOf);
    }

    @Provide
    Arbitrary<Case> lines() {
        return LawSeeds.any().map(StreamParserPropertyTest::linesOf);
    }

    @Provide
    Arbitrary<Case> anyStreams() {
        return Arbitraries.oneOf(streams(), damagedStreams(), lines());
    }

    @Provide
    Arbitrary<Case> repeatingStreams() {
        return LawSeeds.any().map(StreamParserPropertyTest::repeatingStreamOf);
    }
}
