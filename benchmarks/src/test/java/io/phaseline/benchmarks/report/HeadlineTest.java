package io.phaseline.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.phaseline.event.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Ten minutes of measuring must not be lost to a mistake in writing it down: here with made-up numbers. */
class HeadlineTest {
    private static final Machine MACHINE = new Machine("JDK", "CPU", "c0ffee");
    private static final MemoryUse MEMORY = new MemoryUse(4 << 10, 200 << 10);

    private static Measurements.Row row(String name, double gigabytes, double allocated, Map<String, String> params) {
        return new Measurements.Row(name, params, gigabytes * 1e9, gigabytes * 1e6, allocated);
    }

    private static Measurements measured() {
        Measurements measured = new Measurements();
        for (Dialect dialect : Dialect.values()) {
            String name = dialect.name();
            measured.add(row("LimitsBenchmark.mismatch", 16, 0, Map.of("dialect", name)));
            List<String> contenders = new ArrayList<>(Plan.ENGINEERED);
            contenders.addAll(List.of(Plan.STRONGER, Plan.OKHTTP));
            contenders.forEach(contender -> measured.add(
                    row("WholeJobBenchmark.read", 0.5, 800, Map.of("dialect", name, "contender", contender))));
            measured.add(row("WholeJobBenchmark.read", 8, 0, Map.of("dialect", name, "contender", Plan.OURS)));
            measured.add(row("ResultsBenchmark.read", 4, 66, Map.of("dialect", name)));
            for (String input : List.of("16", "frame")) {
                measured.add(row("InputSizeBenchmark.read", 1, 0, Map.of("dialect", name, "input", input)));
            }
            for (String contender : List.of(Plan.OURS, Plan.ENGINEERED.get(0), Plan.ENGINEERED.get(1))) {
                measured.add(row("SimilarityBenchmark.read", 0.4, 0, Map.of("dialect", name, "contender", contender)));
            }
        }
        growth(measured, Plan.OURS, 1e-10);
        growth(measured, Plan.JACKSON, 1e-9);
        return measured;
    }

    /** Frames of 1,000 and 60,000 bytes, each byte of which costs the same. */
    private static void growth(Measurements measured, String contender, double secondsPerByte) {
        for (int code : new int[] {1_024, 65_536}) {
            double bytes = code == 1_024 ? 1_000 : 60_000;
            double frames = 1 / (bytes * secondsPerByte);
            measured.add(new Measurements.Row(
                    "ToolInfoGrowthBenchmark.read",
                    Map.of("contender", contender, "code", "" + code),
                    bytes * frames,
                    frames,
                    0));
        }
    }

    @Test
    void everyTargetIsCompared() {
        List<String> rows =
                new Targets(measured()).all(MEMORY).stream().map(Target::row).toList();
        assertThat(rows).hasSize(30);
        assertThat(rows.get(0))
                .isEqualTo("| DASHSCOPE vs best engineered combination (" + Plan.JACKSON
                        + ") | 16× | ≥ 12× | ≥ 18× | must |");
        assertThat(rows.get(1)).isEqualTo("| DASHSCOPE vs " + Plan.STRONGER + " | 16× | | | |");
        assertThat(rows).contains("| CHAT: allocated per frame, views | 0 B | ≤ 0 B | ≤ 0 B | aim |");
        assertThat(rows).anyMatch(row -> row.contains("`tool_info`") && row.contains("| 0.10 |"));
        assertThat(rows).anyMatch(row -> row.contains("16-byte inputs") && row.contains("| 2× | ≥ 1.30× |"));
        assertThat(rows)
                .last()
                .isEqualTo("| memory of a parser with a 64 KB code | 200 KB | ≤ 300 KB | ≤ 150 KB | must |");
    }

    @Test
    void theTableTellsMachineAndCommit() {
        String text = Markdown.of("name", MACHINE, 1, new Targets(measured()).all(MEMORY), measured());
        assertThat(text).contains("| JDK | JDK |", "| CPU | CPU |", "| commit | c0ffee |", "`name.json`");
    }

    @Test
    void theChartIsDrawn(@TempDir Path folder) throws IOException {
        System.setProperty("java.awt.headless", "true");
        Path file = folder.resolve("chart.svg");
        Chart.write(measured(), MACHINE, file);
        assertThat(Files.readString(file))
                .startsWith("<?xml")
                .endsWith("</svg>\n")
                .contains("<path");
    }

    @Test
    void noFolderOfTheMachineIsTold() {
        assertThat(Headline.scrub("{\"jvm\" : \"/opt/some/bin/java\",\n\"mode\" : \"thrpt\"}"))
                .isEqualTo("{\"jvm\" : \"java\",\n\"mode\" : \"thrpt\"}");
    }

    @Test
    void theForksOfAllRoundsAreOneResult() throws RunnerException {
        Options once = new OptionsBuilder()
                .include("\\bLimitsBenchmark.mismatch")
                .param("dialect", "CHAT", "RESPONSES")
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(10))
                .verbosity(VerboseMode.SILENT)
                .build();
        List<RunResult> parts = new ArrayList<>(new Runner(once).run());
        parts.addAll(new Runner(once).run());
        List<RunResult> joined = Headline.joined(parts);
        assertThat(parts).hasSize(4);
        assertThat(joined)
                .extracting(result -> result.getBenchmarkResults().size())
                .containsExactly(2, 2);
        assertThat(joined.get(0).getBenchmarkResults())
                .containsExactlyInAnyOrder(
                        parts.get(0).getBenchmarkResults().iterator().next(),
                        parts.get(2).getBenchmarkResults().iterator().next());
    }

    @Test
    void memoryIsMeasured() {
        MemoryUse memory = MemoryUse.measure();
        assertThat(memory.idle()).isBetween(500L, 1L << 20);
        assertThat(memory.withCode()).isGreaterThan(memory.idle());
    }
}
