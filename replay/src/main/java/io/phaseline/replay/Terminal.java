package io.phaseline.replay;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Questions to the terminal that the JDK does not answer: {@code System.console()} is null as soon as standard input is
 * a pipe (JDK 17) and never null from JDK 22 on, and neither tells of one stream alone.
 */
final class Terminal {
    static final int USUAL_COLUMNS = 80;

    private static final File THE_TERMINAL = new File("/dev/tty");

    private Terminal() {}

    /** Tells whether a descriptor of this process (1 or 2) is a terminal. */
    static boolean isTerminal(int descriptor) {
        try {
            // Linux says it for free; elsewhere isatty(3) is asked through the shell.
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return succeeds("test -t " + descriptor);
        }
    }

    private static boolean succeeds(String shellCommand) {
        try {
            Process shell = new ProcessBuilder("/bin/sh", "-c", shellCommand)
                    .inheritIO()
                    .start();
            return shell.waitFor(1, TimeUnit.SECONDS) && shell.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** How wide the terminal is; shells know it but seldom export it. */
    static int columns(Map<String, String> environment) {
        try {
            return Integer.parseInt(environment.getOrDefault("COLUMNS", ""));
        } catch (NumberFormatException notExported) {
            return columnsOf(THE_TERMINAL);
        }
    }

    private static int columnsOf(File terminal) {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(terminal)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            int columns = Integer.parseInt(size.substring(size.indexOf(' ') + 1));
            return columns > 0 ? columns : USUAL_COLUMNS;
        } catch (IOException | NumberFormatException e) {
            return USUAL_COLUMNS;
        }
    }

    /**
     * How many columns a text takes: East Asian wide and fullwidth characters and most emoji take two, marks that sit
     * on another character none. Good enough for rules; it is not Unicode's whole table.
     */
    static int width(String text) {
        return text.codePoints().map(Terminal::width).sum();
    }

    private static int width(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT, Character.CONTROL -> 0;
            default -> isWide(codePoint) ? 2 : 1;
        };
    }

    private static boolean isWide(int c) {
        return (c >= 0x1100 && c <= 0x115F) // Hangul Jamo
                || (c >= 0x2E80 && c <= 0xA4CF && c != 0x303F) // CJK, kana, Yi
                || (c >= 0xAC00 && c <= 0xD7A3) // Hangul
                || (c >= 0xF900 && c <= 0xFAFF) // CJK compatibility
                || (c >= 0xFE30 && c <= 0xFE6F)
                || (c >= 0xFF00 && c <= 0xFF60) // fullwidth forms
                || (c >= 0xFFE0 && c <= 0xFFE6)
                || (c >= 0x1F300 && c <= 0x1F64F) // emoji
                || (c >= 0x1F680 && c <= 0x1F6FF)
                || (c >= 0x1F900 && c <= 0x1F9FF)
                || (c >= 0x20000 && c <= 0x3FFFD);
    }
}
