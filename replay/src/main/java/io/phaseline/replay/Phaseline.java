package io.phaseline.replay;

import io.phaseline.replay.json.OutputLost;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/** The program: finds the command and turns whatever happens into an exit status. */
@Command(
        name = "phaseline",
        description = "Reads captured event streams of language models.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "<command>",
        footer = {
            "",
            "FILE may be a folder; - or no FILE is standard input. gzip and Zstandard are told by their bytes.",
            "Exit status: 0 every stream completed; 1 one failed, was cut off or held something malformed;",
            "2 wrong usage, or an input that cannot be read."
        })
public final class Phaseline {
    private final Stdio stdio;
    private boolean outputLost;

    private Phaseline(Stdio stdio) {
        this.stdio = stdio;
    }

    /**
     * Runs the program and ends the process with its exit status.
     *
     * @param args the command and its arguments
     */
    public static void main(String[] args) {
        System.exit(run(Stdio.ofProcess(), args));
    }

    /** Runs the program on the given streams and gives its exit status. */
    static int run(Stdio stdio, String... args) {
        return new Phaseline(stdio).run(args);
    }

    private int run(String... args) {
        CommandLine commands = commands();
        try {
            int status = commands.execute(args);
            commands.getOut().flush();
            if (!outputLost) {
                stdio.flush();
            }
            return status;
        } catch (OutputLost lost) {
            return outputLost(lost);
        } catch (VirtualMachineError e) {
            stdio.complainOnly("phaseline: not enough memory: " + e.getMessage());
            return Verdict.UNREADABLE;
        }
    }

    private CommandLine commands() {
        CommandLine commands = new CommandLine(this)
                .addSubcommand("frames", new FramesCommand(stdio))
                .addSubcommand("events", new EventsCommand(stdio))
                .addSubcommand("result", new ResultCommand(stdio))
                .addSubcommand("show", new ShowCommand(stdio))
                .addSubcommand("demo", new DemoCommand(stdio))
                .addSubcommand("replay", new ReplayCommand(stdio))
                .addSubcommand("serve", new ServeCommand(stdio))
                .addSubcommand("call", new CallCommand(stdio));
        return commands
                // A capture may be called @1.sse: that is its name, not a file of arguments.
                .setExpandAtFiles(false)
                .setOut(new PrintWriter(new OutputStreamWriter(stdio.out(), StandardCharsets.UTF_8)))
                .setErr(new PrintWriter(new OutputStreamWriter(stdio.err(), StandardCharsets.UTF_8), true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(stdio.wantsColours() ? Ansi.ON : Ansi.OFF))
                .setUsageHelpAutoWidth(false)
                .setParameterExceptionHandler((wrong, args) -> {
                    CommandLine command = wrong.getCommandLine();
                    String name = command.getCommandSpec().qualifiedName();
                    stdio.complain(name + ": " + wrong.getMessage());
                    stdio.complain("Try '" + name + " --help'.");
                    return Verdict.UNREADABLE;
                })
                .setExecutionExceptionHandler((exception, command, parsed) -> {
                    if (exception instanceof OutputLost lost) {
                        return outputLost(lost);
                    }
                    stdio.complain("phaseline: a fault in the program itself, please report it: " + exception);
                    return Verdict.UNREADABLE;
                });
    }

    /**
     * Only writing to standard output throws as far as here. A reader that has seen enough, such as {@code head}, is no
     * failure of ours and needs no words.
     */
    private int outputLost(OutputLost lost) {
        outputLost = true;
        if (lost.reason().toLowerCase(Locale.ROOT).contains("pipe")) {
            return Verdict.COMPLETE;
        }
        stdio.complainOnly("phaseline: standard output cannot be written: " + lost.reason());
        return Verdict.UNREADABLE;
    }
}
