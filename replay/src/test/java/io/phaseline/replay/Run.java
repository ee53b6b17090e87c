package io.phaseline.replay;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** One run of the program: what went in, and what came out. */
public record Run(int status, String out, String err) {
    private static final int COLUMNS = 40;

    /** Runs with empty standard input, into pipes. */
    public static Run of(Object... args) {
        return piping(new byte[0], args);
    }

    public static Run piping(String in, Object... args) {
        return piping(in.getBytes(StandardCharsets.UTF_8), args);
    }

    public static Run piping(byte[] in, Object... args) {
        return run(new ByteArrayInputStream(in), false, Map.of(), args);
    }

    /** Runs with empty standard input and environment variables, into pipes. */
    static Run in(Map<String, String> environment, Object... args) {
        return run(InputStream.nullInputStream(), false, environment, args);
    }

    /** Runs in a terminal of 40 columns. */
    public static Run inTerminal(Map<String, String> environment, Object... args) {
        return run(InputStream.nullInputStream(), true, environment, args);
    }

    private static Run run(InputStream in, boolean terminal, Map<String, String> environment, Object... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Stdio stdio = new Stdio(in, out, err, terminal, terminal, COLUMNS, environment);
        String[] words = List.of(args).stream().map(String::valueOf).toArray(String[]::new);
        int status = Phaseline.run(stdio, words);
        return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
