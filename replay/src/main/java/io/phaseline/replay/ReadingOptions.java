package io.phaseline.replay;

import io.phaseline.ParserLimits;
import io.phaseline.ParserOptions;
import io.phaseline.event.Dialect;
import io.phaseline.replay.json.Words;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that every command takes. */
final class ReadingOptions {
    @Option(
            names = "--dialect",
            paramLabel = "NAME",
            converter = DialectName.class,
            completionCandidates = DialectName.class,
            description = "${COMPLETION-CANDIDATES}; auto, the default, tells it by the content.")
    @Nullable
    Dialect dialect;

    @Option(names = "--cumulative", description = "Texts of native frames repeat what came before.")
    boolean cumulative;

    @Option(
            names = "--chunk",
            paramLabel = "N",
            converter = Count.class,
            description = "Feed the parser N bytes at a time; the output is the same.")
    int chunk;

    @Option(
            names = "--max-frame-bytes",
            paramLabel = "N",
            converter = FrameLimit.class,
            description = "Pass over frames longer than N bytes; 67108864 (64 MiB) by default.")
    ParserLimits limits = ParserLimits.DEFAULT;

    ParserOptions parserOptions() {
        return ParserOptions.DEFAULT
                .withDialect(dialect)
                .withCumulative(cumulative)
                .withManyStreams(true)
                .withLimits(limits);
    }

    /** Reads a dialect's name; {@code auto} is null. */
    static final class DialectName implements ITypeConverter<Dialect>, Iterable<String> {
        private static final String AUTO = "auto";

        @Override
        public @Nullable Dialect convert(String value) {
            if (value.equals(AUTO)) {
                return null;
            }
            return Arrays.stream(Dialect.values())
                    .filter(dialect -> Words.of(dialect).equals(value))
                    .findFirst()
                    .orElseThrow(() ->
                            new TypeConversionException("'" + value + "' is none of " + String.join(", ", names())));
        }

        @Override
        public Iterator<String> iterator() {
            return names().iterator();
        }

        private static List<String> names() {
            return Stream.concat(
                            Stream.of(AUTO), Arrays.stream(Dialect.values()).map(Words::of))
                    .toList();
        }
    }

    /** Reads a positive number; one beyond an int is as good as the largest int. */
    static final class Count implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            return atLeast(1, value);
        }
    }

    /** The same, or 0. */
    static final class CountOrNone implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            return atLeast(0, value);
        }
    }

    private static int atLeast(int least, String value) {
        long count;
        try {
            count = Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + value + "' is not a whole number");
        }
        if (count < least) {
            throw new TypeConversionException("'" + value + "' is less than " + least);
        }
        return (int) Math.min(count, Integer.MAX_VALUE);
    }

    /** Reads a frame limit. */
    static final class FrameLimit implements ITypeConverter<ParserLimits> {
        @Override
        public ParserLimits convert(String value) {
            int bytes = atLeast(1, value);
            if (bytes > ParserLimits.MAX_FRAME_BYTES) {
                throw new TypeConversionException(
                        String.format(Locale.ROOT, "'%s' is more than %d", value, ParserLimits.MAX_FRAME_BYTES));
            }
            return ParserLimits.DEFAULT.withMaxFrameBytes(bytes);
        }
    }
}
