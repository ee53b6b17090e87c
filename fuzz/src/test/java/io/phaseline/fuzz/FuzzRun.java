package io.phaseline.fuzz;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Fuzzes one door after the other, each in a Java machine of its own, and prints one line a door:
 *
 * <pre>
 * door          inputs      a second  edges  features  corpus  findings
 * </pre>
 *
 * <p>Arguments: seconds a door; the folder of the corpora; the folder of logs; labels of doors, if not all. What was
 * learnt stays in the corpus, minimised; a finding is cut down and stays beside it. Ends with 1 if there is any.
 */
final class FuzzRun {
    /** Longer than any fuzzing of that many seconds takes to begin and to end. */
    private static final int GRACE_SECONDS = 300;

    /** An input that takes longer is a finding. */
    private static final int TIMEOUT_SECONDS = 20;

    private static final Pattern STATUS = Pattern.compile("#(\\d+)\\s+\\w+\\s+cov: (\\d+) ft: (\\d+) corp: (\\d+)");
    private static final Pattern ARTIFACT = Pattern.compile("Test unit written to (\\S+)");
    private static final String MINE = "io.phaseline.**";
    private static final String NOT_MINE = "io.phaseline.fuzz.**" + File.pathSeparator + "io.phaseline.reference.**";

    private static final String DICTIONARY = "phaseline.dict";

    private final int seconds;
    private final Path corpora;
    private final Path logs;

    private FuzzRun(int seconds, Path corpora, Path logs) {
        this.seconds = seconds;
        this.corpora = corpora;
        this.logs = logs;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Dictionary.write(Files.createDirectories(Path.of(args[2])).resolve(DICTIONARY));
        FuzzRun run = new FuzzRun(Integer.parseInt(args[0]), Path.of(args[1]), Path.of(args[2]));
        List<Door> doors = args.length < 4 || args[3].isBlank()
                ? List.of(Door.values())
                : Arrays.stream(args[3].split(",")).map(Door::of).toList();
        System.out.printf(
                "%-12s %10s %10s %7s %9s %8s %9s%n",
                "door", "inputs", "a second", "edges", "features", "corpus", "findings");
        int findings = 0;
        for (Door door : doors) {
            findings += run.fuzz(door);
        }
        System.exit(findings == 0 ? 0 : 1);
    }

    private int fuzz(Door door) throws IOException, InterruptedException {
        Path corpus = Files.createDirectories(corpora.resolve(door.label()));
        Path findings = Files.createDirectories(corpora.resolve(door.label() + "-findings"));
        Path log = logs.resolve(door.label() + ".log");
        long start = System.nanoTime();
        boolean isOver = run(
                door,
                log,
                "-max_total_time=" + seconds,
                "-timeout=" + TIMEOUT_SECONDS,
                "-artifact_prefix=" + findings.toAbsolutePath() + File.separator,
                corpus.toAbsolutePath().toString());
        double took = (System.nanoTime() - start) / 1e9;
        List<String> lines = Files.readAllLines(log);
        List<Path> found = artifacts(lines);
        minimise(door, corpus);
        report(door, lines, took, found.size(), corpus);
        for (Path finding : found) {
            System.out.println(Finding.cutDown(door, finding).describe());
        }
        if (!isOver || found.isEmpty() && statusOf(lines) == null) {
            System.out.println("  did not end, or never began: see " + log);
            return 1;
        }
        return found.size();
    }

    /** Keeps what reaches something that no smaller input reaches. */
    private void minimise(Door door, Path corpus) throws IOException, InterruptedException {
        Path smaller = Files.createDirectories(corpora.resolve(door.label() + "-smaller"));
        Path log = logs.resolve(door.label() + "-minimise.log");
        boolean isOver = run(
                door,
                log,
                "-merge=1",
                "-timeout=" + TIMEOUT_SECONDS,
                smaller.toAbsolutePath().toString(),
                corpus.toAbsolutePath().toString());
        if (isOver && count(smaller) > 0) {
            deleteAll(corpus);
            Files.move(smaller, corpus);
        } else {
            deleteAll(smaller);
        }
    }

    private boolean run(Door door, Path log, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-ea",
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + door.fuzzer().getName(),
                "--instrumentation_includes=" + MINE,
                "--instrumentation_excludes=" + NOT_MINE,
                "--custom_hook_includes=" + MINE,
                "--custom_hook_excludes=" + NOT_MINE,
                "-max_len=" + FuzzInput.MAX_BYTES,
                "-dict=" + logs.resolve(DICTIONARY).toAbsolutePath()));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command)
                .directory(logs.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            return process.waitFor(seconds + GRACE_SECONDS, TimeUnit.SECONDS);
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<Path> artifacts(List<String> log) {
        return log.stream()
                .map(ARTIFACT::matcher)
                .filter(Matcher::find)
                .map(match -> Path.of(match.group(1)))
                .toList();
    }

    private static void report(Door door, List<String> log, double seconds, int findings, Path corpus)
            throws IOException {
        Matcher status = statusOf(log);
        long inputs = status == null ? 0 : Long.parseLong(status.group(1));
        System.out.printf(
                Locale.ROOT,
                "%-12s %10d %10.0f %7s %9s %8d %9d%n",
                door.label(),
                inputs,
                inputs / seconds,
                status == null ? "-" : status.group(2),
                status == null ? "-" : status.group(3),
                count(corpus),
                findings);
    }

    private static @Nullable Matcher statusOf(List<String> log) {
        Matcher last = null;
        for (String line : log) {
            Matcher status = STATUS.matcher(line);
            if (status.find()) {
                last = status;
            }
        }
        return last;
    }

    private static long count(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
