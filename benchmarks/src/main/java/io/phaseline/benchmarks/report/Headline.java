package io.phaseline.benchmarks.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;

/**
 * Runs the headline set and writes {@code <name>.json}, {@code <name>.md} and {@code <name>.svg}.
 *
 * <p>{@code java -cp benchmarks/target/benchmarks.jar io.phaseline.benchmarks.report.Headline benchmarks/results/<name>}
 */
public final class Headline {
    private Headline() {}

    /**
     * Runs it.
     *
     * @param arguments where to write, without an extension
     * @throws RunnerException if a benchmark fails
     * @throws IOException if a result cannot be written
     */
    public static void main(String[] arguments) throws RunnerException, IOException {
        if (arguments.length != 1) {
            System.err.println("usage: Headline benchmarks/results/<name>");
            System.exit(2);
        }
        System.setProperty("java.awt.headless", "true");
        Path target = Path.of(arguments[0]);
        // First, so that what cannot be measured or written is known before ten minutes have passed.
        MemoryUse memory = MemoryUse.measure();
        Files.createDirectories(Objects.requireNonNullElse(target.getParent(), Path.of(".")));

        long start = System.nanoTime();
        List<RunResult> parts = new ArrayList<>();
        for (int round = 0; round < Plan.ROUNDS; round++) {
            for (Options options : Plan.all()) {
                parts.addAll(new Runner(options).run());
            }
        }
        List<RunResult> results = joined(parts);
        Measurements measured = new Measurements();
        measured.add(results);
        long seconds = (System.nanoTime() - start) / 1_000_000_000;

        String name = Objects.requireNonNull(target.getFileName(), "name").toString();
        Machine machine = Machine.here();
        Files.writeString(target.resolveSibling(name + ".json"), json(results));
        List<Target> targets = new Targets(measured).all(memory);
        String markdown = Markdown.of(name, machine, seconds, targets, measured);
        Files.writeString(target.resolveSibling(name + ".md"), markdown);
        Chart.write(measured, machine, target.resolveSibling(name + ".svg"));
        System.out.println(markdown);
    }

    /** The forks of all rounds, as if JMH had run them one after the other. */
    static List<RunResult> joined(List<RunResult> parts) {
        Map<String, List<RunResult>> rounds = parts.stream()
                .collect(Collectors.groupingBy(part -> part.getParams().id(), LinkedHashMap::new, Collectors.toList()));
        return rounds.values().stream()
                .map(same -> new RunResult(
                        same.get(0).getParams(),
                        same.stream()
                                .flatMap(part -> part.getBenchmarkResults().stream())
                                .toList()))
                .toList();
    }

    /** JMH's own format, without what it says of the machine's folders. */
    private static String json(Collection<RunResult> results) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ResultFormatFactory.getInstance(ResultFormatType.JSON, new PrintStream(bytes, true, StandardCharsets.UTF_8))
                .writeOut(results);
        return scrub(bytes.toString(StandardCharsets.UTF_8));
    }

    static String scrub(String json) {
        return json.replaceAll("(\"jvm\" : )\"[^\"]*\"", "$1\"java\"");
    }
}
