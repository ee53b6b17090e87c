package io.phaseline.replay;

import io.phaseline.event.Dialect;
import io.phaseline.replay.input.Input;
import io.phaseline.replay.json.Words;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code demo}: {@code show} for the captures in the jar. */
@Command(
        name = "demo",
        description = "Shows the captures that are bundled with the program.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class DemoCommand implements Callable<Integer> {
    private final Stdio stdio;

    @Mixin
    final ReadingOptions reading = new ReadingOptions();

    @Mixin
    final ScreenOptions look = new ScreenOptions();

    @Parameters(
            paramLabel = "DIALECT",
            arity = "0..*",
            converter = ReadingOptions.DialectName.class,
            description = "dashscope, chat or responses; all three by default.")
    List<Dialect> dialects = new ArrayList<>();

    DemoCommand(Stdio stdio) {
        this.stdio = stdio;
    }

    @Override
    public Integer call() {
        Verdict verdict = new Verdict(stdio);
        // "auto" converts to null: no choice is every choice.
        List<Dialect> chosen = dialects.isEmpty() || dialects.contains(null) ? List.of(Dialect.values()) : dialects;
        List<Input> captures = chosen.stream().map(DemoCommand::capture).toList();
        boolean several = captures.size() > 1;
        Screen screen = look.screen(stdio);
        new StreamReading(stdio, reading, verdict)
                .read(captures, input -> new Page(screen, several ? input.source() : null));
        return verdict.status();
    }

    /** The bundled capture of a dialect. */
    static Input capture(Dialect dialect) {
        String name = Words.of(dialect);
        return Input.named(name, () -> {
            InputStream in = DemoCommand.class.getResourceAsStream("demo/" + name + ".sse");
            if (in == null) {
                throw new FileNotFoundException("not in the jar");
            }
            return in;
        });
    }
}
