package io.phaseline.replay;

import io.phaseline.event.Outcome;
import io.phaseline.replay.flow.Flow;
import io.phaseline.replay.flow.OutputFile;
import io.phaseline.replay.flow.Position;
import io.phaseline.replay.flow.Progress;
import io.phaseline.replay.flow.Results;
import io.phaseline.replay.flow.StopSignal;
import io.phaseline.replay.input.Input;
import io.phaseline.replay.report.HtmlReport;
import io.phaseline.replay.stats.Format;
import io.phaseline.replay.stats.RecordLines;
import io.phaseline.replay.stats.RecordTable;
import io.phaseline.replay.stats.RunFacts;
import io.phaseline.replay.stats.StreamRecord;
import io.phaseline.replay.stats.SummaryText;
import io.phaseline.replay.stats.TotalsJson;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run of {@code replay}: collects what the flow finds, prints it, and keeps checkpoints. */
final class ReplayRun implements Results {
    private final Stdio stdio;
    private final ReplayOptions options;
    private final List<Input> inputs;
    private final Verdict verdict;
    private final ProgressDisplay display;
    private final Checkpoint checkpoint;
    private final long nanosBetweenCheckpoints;

    private RunState state = new RunState();
    private boolean isDone;
    private long lastCheckpoint = System.nanoTime();
    private @Nullable OutputFile output;
    private Consumer<StreamRecord> lines = record -> {};

    ReplayRun(Stdio stdio, ReplayOptions options, List<Input> inputs, Verdict verdict, Checkpoint checkpoint) {
        this.stdio = stdio;
        this.options = options;
        this.inputs = inputs;
        this.verdict = verdict;
        this.display = options.display(stdio);
        this.checkpoint = checkpoint;
        this.nanosBetweenCheckpoints = TimeUnit.SECONDS.toNanos(options.checkpointSeconds);
    }

    void run() {
        long written = checkpoint.load(this::load);
        if (isDone) {
            // It was killed between its last checkpoint and its last word.
            if (isWrittenAsItComes()) {
                FileTrouble.at(options.requiredOutput(), () -> OutputFile.finishWritten(options.requiredOutput()));
            }
            printTotals();
        } else {
            read(written);
        }
        if (isDone) {
            checkpoint.clear();
        }
    }

    private void read(long written) {
        beginLines(written);
        StopSignal stop = new StopSignal();
        Progress progress = new Progress(expectedBytes(), System::nanoTime, options.nanosBetweenShows(), display);
        Interrupt interrupt = new Interrupt(stop);
        try {
            isDone = new Flow(options.flow(), inputs, state.position(), this, progress, stop).run();
            display.end(progress.state());
            if (isDone) {
                save();
            } else {
                stdio.complain("phaseline: stopped; this is what is known so far");
            }
            if (output != null && (isDone || !checkpoint.isKept())) {
                FileTrouble.at(options.requiredOutput(), output::finish);
            }
            printTotals();
            stdio.flush();
        } finally {
            interrupt.printed();
        }
    }

    private boolean isWrittenAsItComes() {
        return options.output != null && options.format.isPerStream();
    }

    private long expectedBytes() {
        long all = 0;
        for (Input input : inputs) {
            if (input.size() < 0) {
                return 0;
            }
            all += input.size();
        }
        return Math.max(0, all - state.position().rawBytes() - state.position().offset());
    }

    private void beginLines(long written) {
        OutputStream out = stdio.out();
        if (isWrittenAsItComes()) {
            OutputFile file =
                    FileTrouble.at(options.requiredOutput(), () -> new OutputFile(options.requiredOutput(), written));
            output = file;
            out = file.out();
        }
        switch (options.format) {
            case jsonl -> lines = new RecordLines(out, !options.noText)::write;
            case csv -> {
                RecordTable table = new RecordTable(out);
                if (written == 0) {
                    table.header();
                }
                lines = table::write;
            }
            case summary, json -> {}
        }
    }

    private void printTotals() {
        RunFacts facts = new RunFacts(
                state.position().input(), state.unreadable(), state.position().rawBytes(), state.problems());
        Path path = options.output;
        if (!options.format.isPerStream()) {
            if (path == null) {
                printTotals(stdio.out(), facts);
            } else {
                FileTrouble.at(path, () -> {
                    try (OutputFile file = new OutputFile(path, 0)) {
                        printTotals(file.out(), facts);
                        return file.finish();
                    }
                });
            }
        }
        writeReport(facts);
    }

    /** After everything else: a page that cannot be written costs nobody the totals. */
    private void writeReport(RunFacts facts) {
        Path page = options.report;
        if (page != null) {
            FileTrouble.at(page, () -> {
                new HtmlReport(state.totals(), facts).write(page);
                return page;
            });
        }
    }

    private void printTotals(OutputStream out, RunFacts facts) {
        if (options.format == Format.json) {
            TotalsJson.write(out, state.totals(), facts);
        } else {
            SummaryText.write(out, state.totals(), facts);
        }
    }

    // What the flow finds.

    @Override
    public void add(StreamRecord record) {
        if (record.result().outcome() != Outcome.COMPLETED
                || !record.result().errors().isEmpty()
                || record.errorsLeftOut() > 0) {
            verdict.flawed();
        }
        state.totals().add(record);
        lines.accept(record);
    }

    @Override
    public void note(String source, String what) {
        state.addProblem(source + ": " + what);
        say(() -> verdict.note(source, what));
    }

    @Override
    public void flawed(String source, String what) {
        state.addProblem(source + ": " + what);
        say(() -> verdict.flawed(source, what));
    }

    @Override
    public void unreadable(String source, String why) {
        state.addProblem(source + ": " + why);
        state.addUnreadable();
        say(() -> verdict.unreadable(source, why));
    }

    private void say(Runnable something) {
        synchronized (display) {
            display.clear();
            something.run();
        }
    }

    @Override
    public void reached(Position position) {
        state.reach(position);
        if (checkpoint.isKept() && System.nanoTime() - lastCheckpoint >= nanosBetweenCheckpoints) {
            save();
            lastCheckpoint = System.nanoTime();
        }
    }

    // Checkpoints.

    private void save() {
        if (!checkpoint.isKept()) {
            return;
        }
        // The lines first: a state must never speak of more than there is.
        OutputFile file = output;
        long written = file == null ? 0 : FileTrouble.at(options.requiredOutput(), file::sync);
        checkpoint.save(out -> {
            out.writeUTF(identity());
            out.writeBoolean(isDone);
            out.writeInt(verdict.status());
            out.writeLong(written);
            state.write(out);
        });
    }

    /** Goes on where an earlier run was; answers how much of the output it had written. */
    private long load(DataInputStream in) throws IOException {
        if (!in.readUTF().equals(identity())) {
            throw new IOException("it is of another run: the options or the inputs are not the same");
        }
        isDone = in.readBoolean();
        verdict.atLeast(in.readInt());
        long written = in.readLong();
        state = RunState.read(in);
        return written;
    }

    /** What has to be the same for a run to go on. */
    private String identity() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(options.identity().getBytes(StandardCharsets.UTF_8));
            for (Input input : inputs) {
                digest.update((input.source() + '\0' + input.size() + '\0').getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
