package io.phaseline.replay.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real browser without a window, one run for each page. */
final class Chromium {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final long PATIENCE_SECONDS = 120;

    private final Path program;
    private final Path folder;

    private Chromium(Path program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    /**
     * What a run printed.
     *
     * @param out the page as it stands after its scripts ran
     * @param console what the page's console heard
     */
    record Seen(String out, List<String> console) {}

    /** The browser on this machine's path; empty where there is none. */
    static Optional<Chromium> find(Path folder) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .flatMap(place -> NAMES.stream().map(name -> Path.of(place, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .map(program -> new Chromium(program, folder));
    }

    /** Loads a page, lets its scripts run, and gives what they made of it. */
    Seen load(Path page, String hash, String... more) {
        List<String> options = new ArrayList<>(List.of("--dump-dom", "--enable-logging=stderr"));
        options.addAll(List.of(more));
        return run(options, page.toUri() + hash);
    }

    /** Draws a page into a PNG file. */
    void draw(Path page, Path picture, String... more) {
        List<String> options =
                new ArrayList<>(List.of("--screenshot=" + picture.toAbsolutePath(), "--hide-scrollbars"));
        options.addAll(List.of(more));
        run(options, page.toUri().toString());
    }

    private Seen run(List<String> options, String address) {
        try {
            Path profile = Files.createTempDirectory(folder, "profile");
            Path out = Files.createTempFile(folder, "out", ".html");
            Path err = Files.createTempFile(folder, "err", ".txt");
            List<String> command = new ArrayList<>(List.of(
                    program.toString(),
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--user-data-dir=" + profile));
            command.addAll(options);
            command.add(address);
            Process process = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("Chromium did not end: " + Files.readString(err));
            }
            List<String> console = Files.readAllLines(err).stream()
                    .filter(line -> line.contains("CONSOLE"))
                    .toList();
            return new Seen(Files.readString(out), console);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
