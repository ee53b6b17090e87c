package io.phaseline.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.phaseline.replay.flow.CheckpointFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to a run, it ends with the result of one that was left alone. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CheckpointTest {
    private static final int SIGINT = 2;

    private static final int KILLS = 10;

    @TempDir
    Path folder;

    private static String streams(int from, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < from + count; i++) {
            text.append(Captures.NATIVE.replace("r-1", "r-" + i)).append(Captures.CHAT.replace("c-1", "c-" + i));
        }
        return text.toString();
    }

    private Process start(Object... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Phaseline.class.getName(),
                "replay"));
        for (Object arg : args) {
            command.add(arg.toString());
        }
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(folder.resolve("errors").toFile())
                .start();
    }

    private Object[] arguments(Path out, Path page) {
        return new Object[] {
            "--format", "jsonl", "--output", out, "--report", page, "--range-bytes", 100_000, folder.resolve("in")
        };
    }

    private static Object[] join(Object[] some, Object... more) {
        List<Object> all = new ArrayList<>(List.of(some));
        all.addAll(0, List.of(more));
        return all.toArray();
    }

    @Test
    void aFileThatIsNotThereKeepsNobodyFromTheRest() {
        Path there = Captures.write(folder, "there.sse", streams(0, 2));
        Run run = Run.of("replay", "--checkpoint", folder.resolve("state"), folder.resolve("gone.sse"), there);

        assertThat(run.err()).contains("gone.sse: no such file");
        assertThat(run.out()).contains("Streams      4: completed 4");
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void aFolderThatCannotBeOneIsNamedWithTheReason() {
        Path file = Captures.write(folder, "in.sse", streams(0, 1));
        Run run = Run.of("replay", "--checkpoint", file, file);

        assertThat(run.err()).isEqualTo("phaseline: " + file + ": something else is there\n");
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void aRunThatIsKilledTenTimesEndsAsIfNothingHadHappened() throws Exception {
        Captures.write(folder, "in/large.sse", streams(0, 1_500));
        for (int i = 0; i < 30; i++) {
            Captures.write(folder, "in/small" + i + ".gz", Captures.gzip(Captures.bytes(streams(i, 5) + Captures.CUT)));
        }
        Captures.write(
                folder, "in/torn.gz", java.util.Arrays.copyOf(Captures.gzip(Captures.bytes(streams(1, 5))), 500));
        Path calm = folder.resolve("calm.jsonl");
        Path calmPage = folder.resolve("calm.html");
        long start = System.nanoTime();
        Process undisturbed = start(arguments(calm, calmPage));
        int status = undisturbed.waitFor();
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        assertThat(calm).isNotEmptyFile();

        Path out = folder.resolve("out.jsonl");
        Path page = folder.resolve("out.html");
        Object[] args = join(arguments(out, page), "--checkpoint", folder.resolve("state"), "--checkpoint-seconds", 0);
        Random random = new Random(millis);
        int killed = 0;
        int resumed = 0;
        while (killed < KILLS) {
            resumed += Files.exists(folder.resolve("state/state")) ? 1 : 0;
            Process run = start(args);
            if (!run.waitFor(1 + random.nextInt((int) millis), TimeUnit.MILLISECONDS)) {
                run.destroyForcibly().waitFor();
                killed++;
            }
        }
        assertThat(start(args).waitFor()).isEqualTo(status).isEqualTo(2);
        assertThat(resumed).as("runs that went on from a checkpoint").isPositive();
        assertThat(out).hasSameTextualContentAs(calm);
        assertThat(page).hasSameTextualContentAs(calmPage);
        assertThat(folder.resolve("state/state")).doesNotExist();
        assertThat(Path.of(out + ".part")).doesNotExist();
    }

    @Test
    void whatIsKnownIsPrintedWhenSomebodyPressesCtrlC() throws Exception {
        Path kill = Path.of("/bin/kill");
        assumeTrue(Files.isExecutable(kill), "no /bin/kill to send a signal with");
        assumeFalse(ignoresInterrupts(), "what this process starts ignores SIGINT as well");
        Path printed = folder.resolve("printed");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Phaseline.class.getName(),
                "replay",
                "--progress",
                "json");
        Process run = builder.redirectOutput(printed.toFile()).start();
        Thread writer = new Thread(() -> {
            try (OutputStream in = run.getOutputStream()) {
                for (int i = 0; run.isAlive(); i++) {
                    in.write(Captures.bytes(streams(i, 1)));
                }
            } catch (IOException e) {
                // It has gone, as it was told to.
            }
        });
        writer.start();
        try (BufferedReader errors =
                new BufferedReader(new InputStreamReader(run.getErrorStream(), StandardCharsets.UTF_8))) {
            assertThat(errors.readLine()).startsWith("{\"bytes\":");
            new ProcessBuilder(kill.toString(), "-INT", Long.toString(run.pid()))
                    .start()
                    .waitFor();
            assertThat(errors.lines()).anyMatch(line -> line.contains("stopped; this is what is known so far"));
        }
        assertThat(run.waitFor()).isEqualTo(130);
        assertThat(printed).content().contains("Streams ").contains("completed ");
        writer.join();
    }

    /** Whether whoever started this process had it ignore SIGINT, as a shell has what it starts in the background. */
    private static boolean ignoresInterrupts() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return false;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .map(line -> Long.parseUnsignedLong(
                            line.substring("SigIgn:".length()).strip(), 16))
                    .anyMatch(ignored -> (ignored & 1L << SIGINT - 1) != 0);
        }
    }

    @Test
    void aCheckpointOfAnotherRunIsRefused() throws Exception {
        Path file = Captures.write(folder, "in/a.sse", Captures.CHAT);
        Path state = folder.resolve("state");
        try (CheckpointFolder kept = new CheckpointFolder(state)) {
            kept.save(out -> out.writeUTF("another"));
            assertThat(Run.of("replay", "--checkpoint", state, file).err())
                    .isEqualTo("phaseline: " + state + ": cannot be used: another run uses it\n");
        }
        Run run = Run.of("replay", "--checkpoint", state, file);
        assertThat(run.err()).contains("it is of another run: the options or the inputs are not the same");
        assertThat(run.status()).isEqualTo(2);

        Files.write(state.resolve("state"), new byte[] {1, 2, 3});
        assertThat(Run.of("replay", "--checkpoint", state, file).err()).contains("its state is damaged");
    }

    @Test
    void whatCannotBeTakenBackOrReadAgainNeedsNoCheckpoint() {
        Path state = folder.resolve("state");

        Run toPipe = Run.of("replay", "--format", "jsonl", "--checkpoint", state, folder);
        assertThat(toPipe.err()).contains("needs --output FILE");
        assertThat(toPipe.status()).isEqualTo(2);
        Run fromPipe = Run.piping(Captures.CHAT, "replay", "--checkpoint", state);
        assertThat(fromPipe.err()).contains("--checkpoint needs files");
        assertThat(fromPipe.status()).isEqualTo(2);
    }
}
