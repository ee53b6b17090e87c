package io.phaseline.replay;

import picocli.CommandLine.Option;

/** How pages for people are to look. */
final class ScreenOptions {
    enum Colour {
        auto,
        always,
        never
    }

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            description = "${COMPLETION-CANDIDATES}; auto, the default, colours a terminal and respects NO_COLOR.")
    Colour colour = Colour.auto;

    Screen screen(Stdio stdio) {
        boolean colours = switch (colour) {
            case always -> true;
            case auto -> stdio.wantsColours();
            case never -> false;
        };
        return new Screen(stdio.out(), stdio.outIsTerminal() || colours, colours, stdio.columns());
    }
}
