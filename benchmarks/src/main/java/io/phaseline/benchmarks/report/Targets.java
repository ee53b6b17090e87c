package io.phaseline.benchmarks.report;

import io.phaseline.benchmarks.report.Measurements.Row;
import io.phaseline.event.Dialect;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The table of targets, filled in. */
final class Targets {
    private static final String WHOLE_JOB = "WholeJobBenchmark.read";

    private final Measurements measured;
    private final List<Target> targets = new ArrayList<>();

    Targets(Measurements measured) {
        this.measured = measured;
    }

    List<Target> all(MemoryUse memory) {
        wholeJob(Dialect.DASHSCOPE, 12, 18, 32, 45);
        wholeJob(Dialect.CHAT, 6, 8.5, 18, 25);
        wholeJob(Dialect.RESPONSES, 3.5, 5, 12, 16);
        limit(Dialect.DASHSCOPE, 0.55, 0.75);
        limit(Dialect.CHAT, 0.40, 0.55);
        limit(Dialect.RESPONSES, 0.22, 0.33);
        for (Dialect dialect : Dialect.values()) {
            add(Target.atMost(
                    dialect + ": allocated per frame, views", ours(dialect).allocatedPerFrame(), 0, 0, " B"));
        }
        for (Dialect dialect : Dialect.values()) {
            double bytes = measured.get("ResultsBenchmark.read", "dialect", dialect.name())
                    .allocatedPerFrame();
            add(Target.atMost(dialect + ": allocated per frame, one `String` per delta", bytes, 72, 64, " B"));
        }
        add(Target.atMost(
                "cost of a byte more of `tool_info`, 1 KB → 64 KB, as a share of Jackson's",
                marginal(Plan.OURS) / marginal(Plan.JACKSON),
                1.0 / 25,
                1.0 / 45,
                ""));
        for (Dialect dialect : Dialect.values()) {
            double ratio = input(dialect, "frame") / ours(dialect).bytesPerSecond();
            add(Target.atLeast(dialect + ": one frame per feed vs 16 KB inputs", ratio, 0.7, 0.9, "×"));
        }
        for (Dialect dialect : Dialect.values()) {
            double ratio = input(dialect, "16") / best(dialect).bytesPerSecond();
            add(Target.atLeast(
                    dialect + ": 16-byte inputs vs best engineered combination at 16 KB", ratio, 1.3, 3, "×"));
        }
        for (Dialect dialect : Dialect.values()) {
            add(Target.atLeast(
                    dialect + ": nothing repeats, vs best engineered combination", noisy(dialect), 1.0, 1.3, "×"));
        }
        add(Target.atMost("memory of an idle parser", memory.idle() / 1024.0, 8, 4, " KB"));
        add(Target.atMost("memory of a parser with a 64 KB code", memory.withCode() / 1024.0, 300, 150, " KB"));
        return targets;
    }

    private void add(Target target) {
        targets.add(target);
    }

    private void wholeJob(Dialect dialect, double must, double aim, double mustOkHttp, double aimOkHttp) {
        double ours = ours(dialect).bytesPerSecond();
        Row best = best(dialect);
        add(Target.atLeast(
                dialect + " vs best engineered combination (" + best.params().get("contender") + ")",
                ours / best.bytesPerSecond(),
                must,
                aim,
                "×"));
        double stronger = wholeJob(dialect, Plan.STRONGER).bytesPerSecond();
        add(Target.withoutBounds(dialect + " vs " + Plan.STRONGER, ours / stronger, "×"));
        double okHttp = wholeJob(dialect, Plan.OKHTTP).bytesPerSecond();
        add(Target.atLeast(dialect + " vs okhttp-sse + Jackson streaming", ours / okHttp, mustOkHttp, aimOkHttp, "×"));
    }

    private void limit(Dialect dialect, double must, double aim) {
        double limit = measured.get("LimitsBenchmark.mismatch", "dialect", dialect.name())
                .bytesPerSecond();
        double share = ours(dialect).bytesPerSecond() / limit;
        add(Target.atLeast(dialect + ": share of the `Arrays.mismatch` limit", share, must, aim, ""));
    }

    private Row wholeJob(Dialect dialect, String contender) {
        return measured.get(WHOLE_JOB, "dialect", dialect.name(), "contender", contender);
    }

    private Row ours(Dialect dialect) {
        return wholeJob(dialect, Plan.OURS);
    }

    private Row best(Dialect dialect) {
        return Plan.ENGINEERED.stream()
                .map(contender -> wholeJob(dialect, contender))
                .max(Comparator.comparingDouble(Row::bytesPerSecond))
                .orElseThrow();
    }

    private double input(Dialect dialect, String input) {
        return measured.get("InputSizeBenchmark.read", "dialect", dialect.name(), "input", input)
                .bytesPerSecond();
    }

    private double noisy(Dialect dialect) {
        double best = Plan.ENGINEERED.stream()
                .mapToDouble(contender -> noisy(dialect, contender))
                .max()
                .orElseThrow();
        return noisy(dialect, Plan.OURS) / best;
    }

    private double noisy(Dialect dialect, String contender) {
        return measured.get("SimilarityBenchmark.read", "dialect", dialect.name(), "contender", contender)
                .bytesPerSecond();
    }

    /** Seconds for each byte that a frame is longer because its code is. */
    private double marginal(String contender) {
        Row small = measured.get("ToolInfoGrowthBenchmark.read", "contender", contender, "code", "1024");
        Row large = measured.get("ToolInfoGrowthBenchmark.read", "contender", contender, "code", "65536");
        double seconds = 1 / large.framesPerSecond() - 1 / small.framesPerSecond();
        return seconds / (large.bytesPerFrame() - small.bytesPerFrame());
    }
}
