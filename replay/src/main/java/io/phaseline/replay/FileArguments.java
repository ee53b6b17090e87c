package io.phaseline.replay;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/** The FILE arguments of a command. */
final class FileArguments {
    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "Captures or folders of captures; - or none for standard input.")
    List<String> names = new ArrayList<>();
}
