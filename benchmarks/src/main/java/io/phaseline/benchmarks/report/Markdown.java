package io.phaseline.benchmarks.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes the results down for people. */
final class Markdown {
    private Markdown() {}

    static String of(String name, Machine machine, long seconds, List<Target> targets, Measurements measured) {
        StringBuilder text = new StringBuilder();
        text.append("# Headline: ").append(name).append("\n\n");
        text.append("| | |\n|---|---|\n");
        text.append("| JDK | ").append(machine.jdk()).append(" |\n");
        text.append("| CPU | ").append(machine.cpu()).append(" |\n");
        text.append("| commit | ").append(machine.commit()).append(" |\n");
        text.append("| took | ").append(seconds).append(" s |\n\n");
        text.append("Medians of the forks of one run, one thread, heap pre-touched. Raw results: `")
                .append(name)
                .append(".json`; the whole job in bars: `")
                .append(name)
                .append(".svg`.\n\n## Targets\n\n");
        text.append("| | measured | must | aim | met |\n|---|---|---|---|---|\n");
        targets.forEach(target -> text.append(target.row()).append('\n'));
        text.append("\n## Measured\n\n");
        text.append("| benchmark | parameters | GB/s | frames/s | allocated B/frame |\n|---|---|---|---|---|\n");
        measured.rows().forEach(row -> text.append(row(row)).append('\n'));
        return text.toString();
    }

    private static String row(Measurements.Row row) {
        String params = row.params().entrySet().stream()
                .filter(param ->
                        !param.getKey().equals("growing") && !param.getKey().equals("bytes"))
                .map(param -> param.getValue())
                .collect(Collectors.joining(", "));
        boolean frames = row.framesPerSecond() > 0;
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.3f | %s | %s |",
                row.name().replace("Benchmark", ""),
                params,
                row.gigabytesPerSecond(),
                frames ? String.format(Locale.ROOT, "%.0f", row.framesPerSecond()) : "",
                frames ? Target.number(Math.round(row.allocatedPerFrame() * 100) / 100.0) : "");
    }
}
