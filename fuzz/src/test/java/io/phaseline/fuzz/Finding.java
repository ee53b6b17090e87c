package io.phaseline.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.phaseline.reference.Shrinking;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An input that a door does not stand, cut down.
 *
 * @param door which
 * @param data the fuzzer's bytes
 * @param file where the cut-down bytes were written
 * @param fault what they do
 */
record Finding(Door door, byte[] data, Path file, @Nullable Throwable fault) {
    private static final long MOST_NANOS = 60_000_000_000L;

    /** Reads a file that a fuzzer wrote, and writes what is left of it beside it. */
    static Finding cutDown(Door door, Path file) throws IOException {
        byte[] data = Files.readAllBytes(file);
        Throwable fault = faultOf(door, data);
        if (fault == null) {
            return new Finding(door, data, file, null);
        }
        long end = System.nanoTime() + MOST_NANOS;
        byte[] small = Shrinking.smallest(data, shorter -> System.nanoTime() - end < 0 && alike(fault, door, shorter));
        Path smaller = file.resolveSibling(file.getFileName() + ".small");
        Files.write(smaller, small);
        Files.write(file.resolveSibling(file.getFileName() + ".sse"), new FuzzInput(small).stream());
        return new Finding(door, small, smaller, faultOf(door, small));
    }

    private static boolean alike(Throwable fault, Door door, byte[] data) {
        Throwable other = faultOf(door, data);
        return other != null && other.getClass() == fault.getClass();
    }

    private static @Nullable Throwable faultOf(Door door, byte[] data) {
        try {
            door.judge(data.clone());
            return null;
        } catch (Exception | AssertionError | StackOverflowError e) {
            return e;
        }
    }

    /** For people: what was read, how, and what went wrong. */
    String describe() {
        FuzzInput input = new FuzzInput(data);
        String text = new String(input.stream(), UTF_8).replace("\r", "\\r").replace("\n", "\\n\n");
        return "--- " + door.label() + ": " + file + "\n" + input.options() + "\n" + text + "\n"
                + (fault == null ? "passes when read again" : fault) + "\n---";
    }
}
