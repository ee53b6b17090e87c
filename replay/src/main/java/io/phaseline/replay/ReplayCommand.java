package io.phaseline.replay;

import io.phaseline.replay.input.Input;
import io.phaseline.replay.input.Inputs;
import io.phaseline.replay.json.OutputLost;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code replay}: reads everything at full speed and says what there was. */
@Command(
        name = "replay",
        description = "Reads captures at full speed, on all cores, and says what happened in there.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ReplayCommand implements Callable<Integer> {
    private final Stdio stdio;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    final ReplayOptions options = new ReplayOptions();

    @Mixin
    final FileArguments files = new FileArguments();

    ReplayCommand(Stdio stdio) {
        this.stdio = stdio;
    }

    @Override
    public Integer call() {
        refuse(options.conflict());
        Verdict verdict = new Verdict(stdio);
        List<Input> inputs = Inputs.of(files.names, stdio.in(), verdict).list();
        Path folder = options.checkpoint;
        if (folder != null && inputs.stream().anyMatch(input -> input.path() == null)) {
            refuse("--checkpoint needs files: what comes from elsewhere cannot be read again");
        }
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            new ReplayRun(stdio, options, inputs, verdict, checkpoint).run();
        } catch (FileTrouble e) {
            verdict.unreadable(e.place(), e.reason());
        } catch (OutputLost e) {
            if (options.output == null) {
                throw e;
            }
            verdict.unreadable(options.output.toString(), "cannot be written: " + e.reason());
        }
        return verdict.status();
    }

    private void refuse(@Nullable String why) {
        if (why != null && spec != null) {
            throw new ParameterException(spec.commandLine(), why);
        }
    }
}
