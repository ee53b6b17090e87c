package io.phaseline.replay;

import io.phaseline.bytes.Slice;
import io.phaseline.event.Counters;
import io.phaseline.event.Dialect;
import io.phaseline.event.ErrorKind;
import io.phaseline.event.ErrorReport;
import io.phaseline.event.Outcome;
import io.phaseline.event.Phase;
import io.phaseline.event.Place;
import io.phaseline.event.StreamListener;
import io.phaseline.event.ToolChange;
import io.phaseline.event.Usage;
import io.phaseline.event.UsageField;
import io.phaseline.replay.Screen.Style;
import io.phaseline.replay.json.Words;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts over many streams. Keeps numbers only, however much is read. */
final class Summary implements StreamListener {
    private static final String UNKNOWN = "unknown";
    private static final Long NOTHING = 0L;

    private final Map<String, Map<Outcome, Long>> outcomesByDialect = new TreeMap<>();
    private final Map<String, Long> toolCalls = new TreeMap<>();
    private final Map<Phase, Long> phases = new EnumMap<>(Phase.class);
    private final Map<ErrorKind, Long> errors = new EnumMap<>(ErrorKind.class);
    private final Map<UsageField, Long> tokens = new EnumMap<>(UsageField.class);
    private long frames;
    private long bytes;

    private @Nullable Dialect dialect;
    private final Counters usage = new Counters();

    @Override
    public void onStarted(Place at, @Nullable Dialect dialect, Slice id, Slice model) {
        this.dialect = dialect;
    }

    @Override
    public void onPhase(Place at, int choice, Phase phase, @Nullable Phase previous) {
        phases.merge(phase, 1L, Long::sum);
    }

    @Override
    public void onTool(Place at, int choice, ToolChange change) {
        if (change.kind() == ToolChange.Kind.ADDED) {
            toolCalls.merge(change.tool(), 1L, Long::sum);
        }
    }

    @Override
    public void onUsage(Place at, Usage changed) {
        usage.putAll(changed);
    }

    @Override
    public void onError(Place at, ErrorReport error) {
        errors.merge(error.kind(), 1L, Long::sum);
    }

    @Override
    public void onEnded(Place at, Outcome outcome, long frames, long bytes) {
        this.frames += frames;
        this.bytes += bytes;
        outcomesByDialect
                .computeIfAbsent(dialect == null ? UNKNOWN : Words.of(dialect), d -> new EnumMap<>(Outcome.class))
                .merge(outcome, 1L, Long::sum);
        // Within a stream the last value wins; streams add up.
        for (UsageField field : UsageField.values()) {
            if (usage.has(field)) {
                tokens.merge(field, usage.value(field), Long::sum);
            }
        }
        dialect = null;
        usage.clear();
    }

    void print(Screen screen) {
        Map<Outcome, Long> all = new EnumMap<>(Outcome.class);
        outcomesByDialect.values().forEach(outcomes -> outcomes.forEach((o, n) -> all.merge(o, n, Long::sum)));
        row(screen, "Streams", outcomes(all));
        outcomesByDialect.forEach((name, outcomes) -> row(screen, "  " + name, outcomes(outcomes)));
        row(screen, "Frames", grouped(frames));
        row(screen, "Bytes", grouped(bytes));
        row(screen, "Tokens", tokens());
        row(screen, "Tool calls", list(toolCalls));
        row(screen, "Phases", list(phases));
        Map<String, Long> named = new TreeMap<>();
        errors.forEach((kind, count) -> named.put(Words.of(kind), count));
        row(screen, "Errors", list(named));
    }

    private static void row(Screen screen, String label, String value) {
        screen.line(Style.PLAIN, String.format(Locale.ROOT, "%-13s%s", label, value));
    }

    private static String outcomes(Map<Outcome, Long> outcomes) {
        long total = outcomes.values().stream().mapToLong(Long::longValue).sum();
        StringJoiner parts = new StringJoiner(", ");
        for (Outcome outcome : Outcome.values()) {
            parts.add(Words.of(outcome) + " " + grouped(outcomes.getOrDefault(outcome, NOTHING)));
        }
        return grouped(total) + ": " + parts;
    }

    private String tokens() {
        StringJoiner parts = new StringJoiner(", ");
        parts.add("input " + grouped(tokens.getOrDefault(UsageField.INPUT_TOKENS, NOTHING)));
        parts.add("output " + grouped(tokens.getOrDefault(UsageField.OUTPUT_TOKENS, NOTHING)));
        parts.add("total " + grouped(tokens.getOrDefault(UsageField.TOTAL_TOKENS, NOTHING)));
        parts.add("reasoning " + grouped(tokens.getOrDefault(UsageField.REASONING_TOKENS, NOTHING)));
        parts.add("cached " + grouped(tokens.getOrDefault(UsageField.CACHED_TOKENS, NOTHING)));
        return parts.toString();
    }

    private static String list(Map<?, Long> counts) {
        if (counts.isEmpty()) {
            return "none";
        }
        StringJoiner parts = new StringJoiner(", ");
        counts.forEach((what, count) -> parts.add(what + " " + grouped(count)));
        return parts.toString();
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
