package io.phaseline.replay.stats;

import io.phaseline.bytes.Utf8;
import io.phaseline.event.Dialect;
import io.phaseline.event.Outcome;
import io.phaseline.replay.json.OutputLost;
import io.phaseline.replay.json.Words;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Writes totals for people: what all streams come to, then each dialect and model by itself. */
public final class SummaryText {
    private static final String NONE = "none";
    private static final String OTHER = "other";

    private static final List<Metric> TOKENS = List.of(
            Metric.INPUT_TOKENS,
            Metric.OUTPUT_TOKENS,
            Metric.TOTAL_TOKENS,
            Metric.REASONING_TOKENS,
            Metric.CACHED_TOKENS);

    private final StringBuilder text = new StringBuilder();

    private SummaryText() {}

    /**
     * Writes the whole summary.
     *
     * @param out UTF-8; not flushed, not closed
     * @param totals all streams
     * @param facts of the run
     * @throws OutputLost if the output fails
     */
    public static void write(OutputStream out, Totals totals, RunFacts facts) {
        SummaryText summary = new SummaryText();
        summary.all(totals, facts);
        try {
            out.write(Utf8.encode(summary.text.toString()));
        } catch (IOException e) {
            throw new OutputLost(e);
        }
    }

    private void all(Totals totals, RunFacts facts) {
        String unreadable = facts.unreadable() == 0 ? "" : ", not readable " + Numbers.grouped(facts.unreadable());
        row("Inputs", Numbers.grouped(facts.inputs()) + unreadable);
        group(totals.all());
        Map<GroupKey, GroupTotals> groups = totals.groups().kept();
        GroupTotals others = totals.groups().others();
        if (groups.isEmpty()) {
            return;
        }
        if (groups.size() == 1 && others == null) {
            GroupKey only = groups.keySet().iterator().next();
            text.append("\nAll of ").append(name(only)).append(".\n");
            return;
        }
        groups.forEach((key, group) -> {
            heading(name(key));
            group(group);
        });
        if (others != null) {
            heading("other models");
            group(others);
        }
    }

    private static String name(GroupKey key) {
        Dialect dialect = key.dialect();
        String model = key.model();
        String name = dialect == null ? "no known dialect" : Words.of(dialect);
        return model == null ? name : name + ", " + printable(model);
    }

    private void heading(String name) {
        text.append("\n== ").append(name).append(" ==\n\n");
    }

    private void group(GroupTotals group) {
        StringJoiner outcomes = new StringJoiner(", ");
        for (Outcome outcome : Outcome.values()) {
            outcomes.add(Words.of(outcome) + " " + Numbers.grouped(group.streams(outcome)));
        }
        row("Streams", Numbers.grouped(group.streams()) + ": " + outcomes);
        row("Frames", Numbers.grouped(group.sum(Metric.FRAMES)));
        row("Bytes", Numbers.grouped(group.sum(Metric.BYTES)));
        row("Tokens", tokens(group));
        row("Tool calls", names(group.tools()));
        row("Code rounds", Numbers.grouped(group.sum(Metric.CODE_ROUNDS)));
        row("Finished by", names(group.finishReasons()));
        row("Errors", names(group.errors()));
        if (group.lastErrorSlot() >= 0) {
            row("  in frames", errorsByFrame(group));
        }
        row("Anomalies", names(group.anomalies()));
        phases(group);
        perStream(group);
    }

    private void row(String label, String value) {
        text.append(String.format(Locale.ROOT, "%-13s%s\n", label, value));
    }

    private static String tokens(GroupTotals group) {
        StringJoiner parts = new StringJoiner(", ");
        for (Metric metric : TOKENS) {
            if (group.distribution(metric) != null) {
                String name = metric.key().replace("Tokens", "");
                parts.add(name + " " + Numbers.grouped(group.sum(metric)));
            }
        }
        return parts.length() == 0 ? "never told" : parts.toString();
    }

    private static String names(KeptApart<String, Tally> names) {
        StringJoiner parts = new StringJoiner(", ");
        parts.setEmptyValue(NONE);
        names.kept().forEach((name, tally) -> parts.add(printable(name) + " " + Numbers.grouped(tally.count())));
        Tally others = names.others();
        if (others != null) {
            parts.add(OTHER + " " + Numbers.grouped(others.count()));
        }
        return parts.toString();
    }

    private static String errorsByFrame(GroupTotals group) {
        StringJoiner parts = new StringJoiner(", ");
        for (int slot = 0; slot <= group.lastErrorSlot(); slot++) {
            long errors = group.errorsInSlot(slot);
            if (errors > 0) {
                parts.add(FrameRange.ofSlot(slot) + ": " + Numbers.grouped(errors));
            }
        }
        return parts.toString();
    }

    private void phases(GroupTotals group) {
        if (group.phases().isEmpty()) {
            return;
        }
        TextTable table = new TextTable("Phases", "streams", "times", "tokens", "", "frames", "", "bytes", "");
        long tokens = group.sum(Metric.OUTPUT_TOKENS);
        long frames = group.sum(Metric.FRAMES);
        long bytes = group.sum(Metric.BYTES);
        group.phases()
                .forEach((phase, values) -> table.row(
                        phase.name(),
                        Numbers.grouped(values.streams()),
                        Numbers.grouped(values.entries()),
                        (values.estimatedTokens() > 0 ? "~" : "") + Numbers.grouped(values.tokens()),
                        Numbers.share(values.tokens(), tokens),
                        Numbers.grouped(values.frames()),
                        Numbers.share(values.frames(), frames),
                        Numbers.grouped(values.bytes()),
                        Numbers.share(values.bytes(), bytes)));
        if (group.unphasedFrames() > 0 || group.unattributedTokens() > 0) {
            table.row(
                    "(in no phase)",
                    "",
                    "",
                    Numbers.grouped(group.unattributedTokens()),
                    Numbers.share(group.unattributedTokens(), tokens),
                    Numbers.grouped(group.unphasedFrames()),
                    Numbers.share(group.unphasedFrames(), frames),
                    Numbers.grouped(group.unphasedBytes()),
                    Numbers.share(group.unphasedBytes(), bytes));
        }
        text.append('\n').append(table);
    }

    private void perStream(GroupTotals group) {
        TextTable table = new TextTable("Of each stream", "mean", "p50", "p90", "p99", "max");
        for (Metric metric : Metric.values()) {
            distribution(table, metric.words(), metric.unit(), group.distribution(metric));
        }
        Distribution gaps = group.gaps();
        distribution(table, "inter chunk latency", Metric.Unit.NANOS, gaps.count() == 0 ? null : gaps);
        text.append('\n').append(table);
        TextTable lengths = new TextTable("Length of phases", "mean", "p50", "p90", "p99", "max");
        group.phases().forEach((phase, values) -> {
            if (values.nanos().count() > 0) {
                distribution(lengths, phase.name(), Metric.Unit.NANOS, values.nanos());
            }
        });
        if (!lengths.isEmpty()) {
            text.append('\n').append(lengths);
        }
    }

    private static void distribution(TextTable table, String name, Metric.Unit unit, @Nullable Distribution values) {
        if (values == null || values.max() == 0) {
            return;
        }
        List<String> cells = new ArrayList<>(List.of(name));
        cells.add(Numbers.in(unit, values.mean()));
        for (double percentile : TotalsJson.PERCENTILES) {
            cells.add(Numbers.in(unit, (double) values.percentile(percentile)));
        }
        cells.add(Numbers.in(unit, (double) values.max()));
        table.row(cells.toArray(String[]::new));
    }

    /** What comes from the wire must not move a terminal's cursor. */
    private static String printable(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? '\uFFFD' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
