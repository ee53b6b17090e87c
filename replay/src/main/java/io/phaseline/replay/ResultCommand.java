package io.phaseline.replay;

import io.phaseline.event.ResultAccumulator;
import io.phaseline.replay.input.Inputs;
import io.phaseline.replay.json.JsonLines;
import io.phaseline.replay.json.ResultLines;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code result}: each stream as one object, everything joined. */
@Command(
        name = "result",
        description = "Prints one JSON object per stream: everything joined.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ResultCommand implements Callable<Integer> {
    private final Stdio stdio;

    @Mixin
    final ReadingOptions reading = new ReadingOptions();

    @Mixin
    final FileArguments files = new FileArguments();

    ResultCommand(Stdio stdio) {
        this.stdio = stdio;
    }

    @Override
    public Integer call() {
        Verdict verdict = new Verdict(stdio);
        Inputs inputs = Inputs.of(files.names, stdio.in(), verdict);
        ResultLines lines = new ResultLines(new JsonLines(stdio.out()));
        new StreamReading(stdio, reading, verdict)
                .read(inputs.list(), input -> new ResultAccumulator(result -> lines.write(input.source(), result)));
        return verdict.status();
    }
}
