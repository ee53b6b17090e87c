package io.phaseline.replay;

import io.phaseline.replay.json.OutputLost;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a run talks to, so that a test can be the other side.
 *
 * @param in standard input, unbuffered
 * @param out standard output, buffered; bytes, so that no locale has a say in them
 * @param err standard error
 * @param outIsTerminal whether a person's terminal is at the end of {@code out}
 * @param errIsTerminal whether one is at the end of {@code err}
 * @param columns how wide that terminal is, in columns
 * @param environment environment variables
 */
record Stdio(
        InputStream in,
        OutputStream out,
        OutputStream err,
        boolean outIsTerminal,
        boolean errIsTerminal,
        int columns,
        Map<String, String> environment) {

    static Stdio ofProcess() {
        boolean outIsTerminal = Terminal.isTerminal(1);
        Map<String, String> environment = System.getenv();
        return new Stdio(
                new FileInputStream(FileDescriptor.in),
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16),
                new FileOutputStream(FileDescriptor.err),
                outIsTerminal,
                Terminal.isTerminal(2),
                outIsTerminal ? Terminal.columns(environment) : Terminal.USUAL_COLUMNS,
                environment);
    }

    /** Sends what was printed so far on its way. */
    void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw new OutputLost(e);
        }
    }

    /** Says one line on standard error, after everything that was printed before it. */
    void complain(String line) {
        flush();
        complainOnly(line);
    }

    /** Says one line on standard error. */
    void complainOnly(String line) {
        try {
            err.write((line + '\n').getBytes(StandardCharsets.UTF_8));
            err.flush();
        } catch (IOException e) {
            // Nobody is left who could be told.
        }
    }

    /**
     * Whether output may be coloured when nothing else was asked for: a terminal that has not refused
     * ({@code NO_COLOR}, no-color.org), or {@code CLICOLOR_FORCE}.
     */
    boolean wantsColours() {
        if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
            return false;
        }
        String force = environment.getOrDefault("CLICOLOR_FORCE", "");
        boolean forced = !force.isEmpty() && !force.equals("0");
        return forced || (outIsTerminal && !environment.getOrDefault("TERM", "").equals("dumb"));
    }
}
