package io.phaseline.replay;

import io.phaseline.replay.input.Input;
import io.phaseline.replay.input.Inputs;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code replay}: reads everything at full speed and says what there was. */
@Command(
        name = "replay",
        description = "Reads captures at full speed and prints one summary.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ReplayCommand implements Callable<Integer> {
    private final Stdio stdio;

    @Mixin
    final ReadingOptions reading = new ReadingOptions();

    @Mixin
    final FileArguments files = new FileArguments();

    ReplayCommand(Stdio stdio) {
        this.stdio = stdio;
    }

    @Override
    public Integer call() {
        Verdict verdict = new Verdict(stdio);
        List<Input> inputs = Inputs.of(files.names, stdio.in(), verdict).list();
        Summary summary = new Summary();
        StreamReading streams = new StreamReading(stdio, reading, verdict);
        if (stdio.errIsTerminal()) {
            ProgressBar progress = new ProgressBar(stdio.err(), inputs);
            streams.read(inputs, input -> summary, progress);
            progress.clear();
        } else {
            streams.read(inputs, input -> summary);
        }
        summary.print(new Screen(stdio.out(), false, false, stdio.columns()));
        return verdict.status();
    }
}
