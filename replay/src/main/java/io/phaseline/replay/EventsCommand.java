package io.phaseline.replay;

import io.phaseline.replay.input.Inputs;
import io.phaseline.replay.json.JsonLines;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code events}: everything the listener hears, line by line. */
@Command(
        name = "events",
        description = "Prints one JSON object per event.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class EventsCommand implements Callable<Integer> {
    private final Stdio stdio;

    @Mixin
    final ReadingOptions reading = new ReadingOptions();

    @Mixin
    final FileArguments files = new FileArguments();

    EventsCommand(Stdio stdio) {
        this.stdio = stdio;
    }

    @Override
    public Integer call() {
        Verdict verdict = new Verdict(stdio);
        Inputs inputs = Inputs.of(files.names, stdio.in(), verdict);
        JsonLines lines = new JsonLines(stdio.out());
        new StreamReading(stdio, reading, verdict)
                .read(inputs.list(), input -> new EventLines(lines, inputs.several() ? input.source() : null));
        return verdict.status();
    }
}
