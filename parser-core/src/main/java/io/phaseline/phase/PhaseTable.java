package io.phaseline.phase;

import static io.phaseline.event.Phase.CODE_EXECUTION;
import static io.phaseline.event.Phase.COMPLETED;
import static io.phaseline.event.Phase.FAILED;
import static io.phaseline.event.Phase.FUNCTION_CALL;
import static io.phaseline.event.Phase.RESPONSE;
import static io.phaseline.event.Phase.RESULT_INTEGRATION;
import static io.phaseline.event.Phase.THINKING;
import static io.phaseline.event.Phase.TOOL_EXECUTION;
import static io.phaseline.phase.Signal.CALL_FRAGMENT;
import static io.phaseline.phase.Signal.CODE_CHANGE;
import static io.phaseline.phase.Signal.CONTENT;
import static io.phaseline.phase.Signal.ERROR;
import static io.phaseline.phase.Signal.FINISH;
import static io.phaseline.phase.Signal.REASONING;
import static io.phaseline.phase.Signal.REASONING_AFTER_TOOL;
import static io.phaseline.phase.Signal.TOOL_CHANGE;

import io.phaseline.event.Phase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which signal leads from which phase to which, as rows that can be read, printed and tested.
 *
 * <p>Two rules guard the table, and the class does not load without them. It is total: every pair of a phase (or the
 * start, null) and a signal has exactly one row. And the wire decides, not the table: but for {@code FAILED}, which
 * nothing undoes, no pair is an error, because servers have been seen to do all of it (thinking after content, a tool
 * without thinking, content after the finish reason).
 *
 * <p>{@code docs/phases.md} is printed from here.
 */
public final class PhaseTable {
    /**
     * A row.
     *
     * @param from the phase a choice is in, null at the start
     * @param on what happens
     * @param to the phase it is in then
     */
    public record Row(@Nullable Phase from, Signal on, Phase to) {}

    private static final Phase[] PHASES = Phase.values();
    private static final Signal[] SIGNALS = Signal.values();

    private static final List<Row> ROWS = rows();
    private static final Phase[][] NEXT = compile(ROWS);

    private PhaseTable() {}

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Phase from : startAnd(THINKING, CODE_EXECUTION, TOOL_EXECUTION, RESULT_INTEGRATION)) {
            wireDecides(rows, from);
        }
        for (Phase from : List.of(FUNCTION_CALL, RESPONSE, COMPLETED)) {
            wireDecides(rows, from);
        }
        for (Signal on : SIGNALS) {
            rows.add(new Row(FAILED, on, FAILED));
        }
        return List.copyOf(rows);
    }

    private static List<@Nullable Phase> startAnd(Phase... phases) {
        List<@Nullable Phase> all = new ArrayList<>();
        all.add(null);
        all.addAll(List.of(phases));
        return all;
    }

    private static void wireDecides(List<Row> rows, @Nullable Phase from) {
        rows.add(new Row(from, REASONING, THINKING));
        rows.add(new Row(from, REASONING_AFTER_TOOL, RESULT_INTEGRATION));
        rows.add(new Row(from, CODE_CHANGE, CODE_EXECUTION));
        rows.add(new Row(from, TOOL_CHANGE, TOOL_EXECUTION));
        rows.add(new Row(from, CALL_FRAGMENT, FUNCTION_CALL));
        rows.add(new Row(from, CONTENT, RESPONSE));
        rows.add(new Row(from, FINISH, COMPLETED));
        rows.add(new Row(from, ERROR, FAILED));
    }

    private static Phase[][] compile(List<Row> rows) {
        @Nullable Phase[][] next = new Phase[PHASES.length + 1][SIGNALS.length];
        for (Row row : rows) {
            int from = indexOf(row.from);
            if (next[from][row.on.ordinal()] != null) {
                throw new IllegalStateException("two rows for " + row.from + " on " + row.on);
            }
            next[from][row.on.ordinal()] = row.to;
        }
        Phase[][] total = new Phase[PHASES.length + 1][SIGNALS.length];
        for (int from = 0; from < next.length; from++) {
            for (int on = 0; on < SIGNALS.length; on++) {
                Phase to = next[from][on];
                if (to == null) {
                    throw new IllegalStateException("no row for phase " + from + " on " + SIGNALS[on]);
                }
                total[from][on] = to;
            }
        }
        return total;
    }

    private static int indexOf(@Nullable Phase phase) {
        return phase == null ? 0 : phase.ordinal() + 1;
    }

    /** The phase a choice is in after a signal. */
    public static Phase next(@Nullable Phase from, Signal on) {
        return NEXT[indexOf(from)][on.ordinal()];
    }

    /** All rows. */
    public static List<Row> all() {
        return ROWS;
    }

    /** The table and its diagram as Markdown: docs/phases.md. */
    public static String toMarkdown() {
        StringBuilder text = new StringBuilder();
        text.append("# Phases\n\n");
        text.append(
                "<!-- Printed from PhaseTable by PhaseTableTest; run it with -Dgolden.update after a change. -->\n\n");
        text.append(
                "Where a reply stands, and what leads where. `(start)` is before anything was heard. Every pair has a\n");
        text.append(
                "row, and entering the phase one is in says nothing. Each choice of a stream stands somewhere of its\n");
        text.append("own; a tool that the server runs moves all of them.\n\n");
        text.append("## Signals\n\n| signal | is |\n|---|---|\n");
        for (Signal signal : SIGNALS) {
            text.append("| `")
                    .append(signal)
                    .append("` | ")
                    .append(signal.meaning())
                    .append(" |\n");
        }
        text.append("\n## Table\n\n| in | ");
        for (Signal signal : SIGNALS) {
            text.append('`').append(signal).append("` | ");
        }
        text.setLength(text.length() - 1);
        text.append("\n|---|").append("---|".repeat(SIGNALS.length)).append('\n');
        for (Phase from : startAnd(PHASES)) {
            text.append("| ")
                    .append(from == null ? "(start)" : "**" + from + "**")
                    .append(" | ");
            for (Signal on : SIGNALS) {
                Phase to = next(from, on);
                text.append(to == from ? "·" : to.toString()).append(" | ");
            }
            text.setLength(text.length() - 1);
            text.append('\n');
        }
        text.append(
                "\n`·` stays.\n\n## Diagram\n\nThe documented way of a Code Interpreter answer, and the ways off it:\n\n");
        text.append("```mermaid\nstateDiagram-v2\n");
        diagram(text, "[*]", null, REASONING);
        diagram(text, "[*]", null, CONTENT);
        diagram(text, "THINKING", THINKING, CODE_CHANGE);
        diagram(text, "THINKING", THINKING, TOOL_CHANGE);
        diagram(text, "THINKING", THINKING, CALL_FRAGMENT);
        diagram(text, "THINKING", THINKING, CONTENT);
        diagram(text, "CODE_EXECUTION", CODE_EXECUTION, REASONING_AFTER_TOOL);
        diagram(text, "TOOL_EXECUTION", TOOL_EXECUTION, REASONING_AFTER_TOOL);
        diagram(text, "RESULT_INTEGRATION", RESULT_INTEGRATION, CODE_CHANGE);
        diagram(text, "RESULT_INTEGRATION", RESULT_INTEGRATION, CONTENT);
        diagram(text, "FUNCTION_CALL", FUNCTION_CALL, FINISH);
        diagram(text, "RESPONSE", RESPONSE, FINISH);
        diagram(text, "RESPONSE", RESPONSE, ERROR);
        text.append("    COMPLETED --> [*]\n    FAILED --> [*]\n```\n");
        return text.toString();
    }

    private static void diagram(StringBuilder text, String name, @Nullable Phase from, Signal on) {
        text.append("    ")
                .append(name)
                .append(" --> ")
                .append(next(from, on))
                .append(": ")
                .append(on)
                .append('\n');
    }
}
