package io.phaseline.replay;

import io.phaseline.replay.input.Inputs;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code show}: streams for people, as they arrive. */
@Command(
        name = "show",
        description = "Shows streams to people as they arrive: thinking, tools, response, usage.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ShowCommand implements Callable<Integer> {
    private final Stdio stdio;

    @Mixin
    final ReadingOptions reading = new ReadingOptions();

    @Mixin
    final ScreenOptions look = new ScreenOptions();

    @Mixin
    final FileArguments files = new FileArguments();

    ShowCommand(Stdio stdio) {
        this.stdio = stdio;
    }

    @Override
    public Integer call() {
        Verdict verdict = new Verdict(stdio);
        Inputs inputs = Inputs.of(files.names, stdio.in(), verdict);
        Screen screen = look.screen(stdio);
        new StreamReading(stdio, reading, verdict)
                .read(inputs.list(), input -> new Page(screen, inputs.several() ? input.source() : null));
        return verdict.status();
    }
}
