package io.phaseline.replay;

import io.phaseline.replay.flow.FlowOptions;
import io.phaseline.replay.flow.Interleaving;
import io.phaseline.replay.stats.Format;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code replay}. */
final class ReplayOptions {
    /** How a run shows how far it is. */
    enum Show {
        bar,
        json
    }

    @Mixin
    final ReadingOptions reading = new ReadingOptions();

    @Option(
            names = "--format",
            paramLabel = "NAME",
            description = "${COMPLETION-CANDIDATES}; summary by default. jsonl and csv have a line for each stream.")
    Format format = Format.summary;

    @Option(names = "--no-text", description = "jsonl: leave out what the model and its tools wrote.")
    boolean noText;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Write to FILE instead of standard output; until it is whole it is called FILE.part.")
    @Nullable
    Path output;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write a page to look at, for a browser: FILE is all it needs.")
    @Nullable
    Path report;

    @Option(
            names = "--threads",
            paramLabel = "N",
            converter = ReadingOptions.Count.class,
            description = "Workers; as many as there are cores by default. The output is the same.")
    int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--range-bytes",
            paramLabel = "N",
            converter = ReadingOptions.Count.class,
            description =
                    "Cut larger uncompressed files into ranges of at most about N bytes; 67108864 (64 MiB) by default.")
    int rangeBytes = FlowOptions.RANGE_BYTES;

    @Option(
            names = "--interleaved",
            description = "Frames of many streams stand among each other, to be told apart by id.")
    boolean interleaved;

    @Option(
            names = "--max-open-streams",
            paramLabel = "N",
            converter = ReadingOptions.Count.class,
            description = "Interleaved: one stream more closes the one that was silent longest; 1000 by default."
                    + " Each takes memory, some 10 KB and its texts.")
    int maxOpenStreams = Interleaving.DEFAULT.maxOpenStreams();

    @Option(
            names = "--idle-frames",
            paramLabel = "N",
            converter = ReadingOptions.Count.class,
            description = "Interleaved: close a stream when N frames have come since its last; 100000 by default.")
    int idleFrames = (int) Interleaving.DEFAULT.idleFrames();

    @Option(
            names = "--follow",
            arity = "0..1",
            paramLabel = "SECONDS",
            fallbackValue = "5",
            converter = ReadingOptions.Count.class,
            description = "Read on in a file until it has not grown for SECONDS; 5 if none are given.")
    int followSeconds;

    @Option(
            names = "--checkpoint",
            paramLabel = "DIR",
            description = "Keep the state of the run in DIR, and go on from there if there is one.")
    @Nullable
    Path checkpoint;

    @Option(
            names = "--checkpoint-seconds",
            paramLabel = "N",
            converter = ReadingOptions.CountOrNone.class,
            description = "Keep it every N seconds; 5 by default. 0: after every input and every range.")
    int checkpointSeconds = 5;

    @Option(names = "--quiet", description = "Show no progress.")
    boolean quiet;

    @Option(
            names = "--progress",
            paramLabel = "NAME",
            description = "bar, the default, if standard error is a terminal; json: one object per second.")
    Show progress = Show.bar;

    FlowOptions flow() {
        return new FlowOptions(
                reading.parserOptions(),
                format.limits(!noText, report != null),
                reading.chunk,
                threads,
                rangeBytes,
                interleaved ? new Interleaving(maxOpenStreams, idleFrames) : null,
                followSeconds);
    }

    ProgressDisplay display(Stdio stdio) {
        if (quiet) {
            return ProgressDisplay.NONE;
        }
        return switch (progress) {
            case json -> new ProgressLines(stdio.err());
            case bar -> stdio.errIsTerminal() ? new ProgressBar(stdio.err()) : ProgressDisplay.NONE;
        };
    }

    long nanosBetweenShows() {
        return progress == Show.json ? TimeUnit.SECONDS.toNanos(1) : TimeUnit.MILLISECONDS.toNanos(100);
    }

    Path requiredOutput() {
        return Objects.requireNonNull(output, "--output");
    }

    /** What cannot be asked for together, in words; null if all can. */
    @Nullable
    String conflict() {
        if (checkpoint != null && format.isPerStream() && output == null) {
            return "--checkpoint with --format " + format
                    + " needs --output FILE, for what was printed cannot be taken back";
        }
        if (checkpoint != null && followSeconds > 0) {
            return "--checkpoint does not go with --follow";
        }
        return null;
    }

    /** What has to be the same for a run to go on from a checkpoint. The number of threads need not. */
    String identity() {
        return String.join(
                "\n",
                String.valueOf(reading.parserOptions()),
                String.valueOf(format),
                String.valueOf(noText),
                String.valueOf(output),
                String.valueOf(report != null),
                String.valueOf(rangeBytes),
                String.valueOf(interleaved ? new Interleaving(maxOpenStreams, idleFrames) : null));
    }
}
