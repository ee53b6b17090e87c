package io.phaseline.replay;

import io.phaseline.bytes.Slice;
import io.phaseline.bytes.Utf8;
import io.phaseline.replay.json.OutputLost;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Lays out text for people: titles, texts that arrive piece by piece, indented blocks. Decorated for a terminal, plain
 * for a pipe.
 *
 * <p>Texts are never wrapped: the terminal does that, and knows better how wide its characters are.
 */
final class Screen {
    /** What a text is, and the escape sequence parameters (ECMA-48 SGR) that show it. */
    enum Style {
        PLAIN(""),
        HEADING("1;7"),
        TITLE("1;36"),
        LABEL("1"),
        FAINT("2"),
        CODE("33"),
        GOOD("32"),
        WARNING("1;33"),
        ERROR("1;31");

        private final String parameters;

        Style(String parameters) {
            this.parameters = parameters;
        }
    }

    private static final int RULE_COLUMNS = 72;
    private static final String RESET = "\u001B[0m";
    private static final byte[] LINE_END = {'\n'};
    private static final int TOP = 2;

    private final OutputStream out;
    private final boolean decorated;
    private final boolean colours;
    private final int ruleColumns;

    /** How many line ends were written last; at the top it is as if a blank line stood above. */
    private int lineEnds = TOP;

    /**
     * A screen.
     *
     * @param decorated draw rules and gutters, and show control characters instead of sending them
     * @param colours send colours as well
     * @param columns how wide the terminal is
     */
    Screen(OutputStream out, boolean decorated, boolean colours, int columns) {
        this.out = out;
        this.decorated = decorated;
        this.colours = colours;
        this.ruleColumns = Math.min(columns, RULE_COLUMNS);
    }

    /** Goes on with the current line. */
    void text(Style style, Slice text) {
        if (decorated) {
            text(style, text.toString());
        } else {
            write(text.toByteArray());
        }
    }

    /** Goes on with the current line. */
    void text(Style style, String text) {
        if (text.isEmpty()) {
            return;
        }
        String shown = decorated ? withoutControls(text) : text;
        if (colours && style != Style.PLAIN) {
            // The reset comes at once: a run that is broken off must not leave a coloured terminal behind.
            send(Utf8.encode("\u001B[" + style.parameters + "m"));
            write(Utf8.encode(shown));
            send(Utf8.encode(RESET));
        } else {
            write(Utf8.encode(shown));
        }
    }

    /** Writes a line of its own. */
    void line(Style style, String text) {
        endLine();
        text(style, text);
        newLine();
    }

    private void newLine() {
        write(LINE_END);
    }

    /** Writes a text of any number of lines, each set off from the margin. */
    void block(Style style, String text) {
        endLine();
        for (String line : text.lines().toList()) {
            if (decorated) {
                text(Style.FAINT, "  │ ");
            } else if (!line.isBlank()) {
                text(Style.PLAIN, "    ");
            }
            text(style, line);
            newLine();
        }
    }

    /** Writes the name of an input or a stream. */
    void heading(String name) {
        blankLine();
        if (decorated) {
            text(Style.HEADING, " " + name + " ");
            rule('━', Terminal.width(name) + 2);
        } else {
            line(Style.PLAIN, "==> " + name + " <==");
        }
    }

    /** Writes the title of a section. */
    void title(String title) {
        blankLine();
        if (decorated) {
            text(Style.FAINT, "── ");
            text(Style.TITLE, title);
            text(Style.PLAIN, " ");
            rule('─', Terminal.width(title) + 4);
        } else {
            line(Style.PLAIN, "== " + title + " ==");
        }
    }

    private void rule(char of, int columnsTaken) {
        text(Style.FAINT, String.valueOf(of).repeat(Math.max(0, ruleColumns - columnsTaken)));
        endLine();
    }

    /** Ends the current line if there is something on it. */
    void endLine() {
        if (lineEnds == 0) {
            newLine();
        }
    }

    /** Leaves one blank line, unless there is one. */
    void blankLine() {
        while (lineEnds < TOP) {
            newLine();
        }
    }

    private void write(byte[] bytes) {
        send(bytes);
        for (byte b : bytes) {
            lineEnds = b == '\n' ? Math.min(TOP, lineEnds + 1) : 0;
        }
    }

    private void send(byte[] bytes) {
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw new OutputLost(e);
        }
    }

    /**
     * What a model writes may hold escape sequences that a terminal would obey. They are shown as control pictures
     * (U+2400 and following) instead.
     */
    private static String withoutControls(String text) {
        StringBuilder shown = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean harmless = c >= 0xA0 || (c >= ' ' && c < 0x7F) || c == '\n' || c == '\t';
            if (!harmless && shown == null) {
                shown = new StringBuilder(text.length()).append(text, 0, i);
            }
            if (shown != null) {
                shown.append(harmless ? c : picture(c));
            }
        }
        return shown == null ? text : shown.toString();
    }

    private static char picture(char control) {
        if (control < ' ') {
            return (char) ('\u2400' + control);
        }
        return control == 0x7F ? '\u2421' : '\uFFFD';
    }
}
