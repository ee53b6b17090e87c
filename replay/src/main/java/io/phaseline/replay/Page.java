package io.phaseline.replay;

import io.phaseline.bytes.Slice;
import io.phaseline.event.Counters;
import io.phaseline.event.Dialect;
import io.phaseline.event.ErrorReport;
import io.phaseline.event.Outcome;
import io.phaseline.event.Place;
import io.phaseline.event.StreamListener;
import io.phaseline.event.ToolChange;
import io.phaseline.event.ToolField;
import io.phaseline.event.Usage;
import io.phaseline.event.UsageField;
import io.phaseline.replay.Screen.Style;
import io.phaseline.replay.json.Words;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Shows streams to people as they arrive.
 *
 * <p>Texts are passed on at once, under the title of their section; the title stands again where a section resumes. A
 * tool call is shown when it is whole, since it may be announced empty, grow, or be replaced: that is when the server
 * says so, or when something else of the reply follows. Choices other than the first would be torn into shreds between
 * each other; they wait for the end of the stream.
 */
final class Page implements StreamListener {
    private enum Section {
        NONE("", Style.PLAIN),
        THINKING("Thinking Process", Style.FAINT),
        TOOLS("Tool Information", Style.PLAIN),
        RESPONSE("Complete Response", Style.PLAIN),
        REFUSAL("Refusal", Style.PLAIN);

        final String title;
        final Style style;

        Section(String title, Style style) {
            this.title = title;
            this.style = style;
        }
    }

    private static final int FIRST_CHOICE = 0;

    /** A tool we do not know shows its raw JSON, which may be a picture of megabytes. */
    private static final int MAX_UNKNOWN_CHARS = 2_000;

    private static final String CODE_INTERPRETER = "code_interpreter";
    private static final String FUNCTION = "function";

    private final Screen screen;
    private final @Nullable String source;

    private int stream;
    private @Nullable Dialect dialect;
    private String model = "";
    private Section section = Section.NONE;
    private int sectionChoice;
    private boolean sectionHasText;
    private final Map<Integer, Call> calls = new TreeMap<>();
    private final Map<Integer, List<Piece>> waiting = new TreeMap<>();
    private int searchResults;
    private final Counters usage = new Counters();
    private String finishReason = "";

    /**
     * A page.
     *
     * @param source heads each stream; null where there is only one input
     */
    Page(Screen screen, @Nullable String source) {
        this.screen = screen;
        this.source = source;
    }

    /** A tool call, as far as it was not shown yet. */
    private static final class Call {
        final String tool;
        final int choice;
        final Map<ToolField, StringBuilder> unshown = new EnumMap<>(ToolField.class);
        String name = "";
        boolean shown;
        boolean replaced;

        Call(String tool, int choice) {
            this.tool = tool;
            this.choice = choice;
        }
    }

    /** A piece of a choice that waits for the end. */
    private record Piece(Section section, StringBuilder text) {}

    @Override
    public void onStarted(Place at, @Nullable Dialect dialect, Slice id, Slice model) {
        if (at.stream() != stream) {
            stream = at.stream();
            if (source != null) {
                screen.heading(stream > 1 ? source + ", stream " + stream : source);
            } else if (stream > 1) {
                screen.heading("stream " + stream);
            }
        }
        this.dialect = dialect;
        this.model = model.toString();
    }

    @Override
    public void onReasoning(Place at, int choice, Slice delta) {
        text(Section.THINKING, choice, delta);
    }

    @Override
    public void onContent(Place at, int choice, Slice delta) {
        text(Section.RESPONSE, choice, delta);
    }

    @Override
    public void onRefusal(Place at, int choice, Slice delta) {
        text(Section.REFUSAL, choice, delta);
    }

    private void text(Section of, int choice, Slice delta) {
        if (choice != FIRST_CHOICE) {
            List<Piece> pieces = waiting.computeIfAbsent(choice, c -> new ArrayList<>());
            if (pieces.isEmpty() || pieces.get(pieces.size() - 1).section != of) {
                pieces.add(new Piece(of, new StringBuilder()));
            }
            pieces.get(pieces.size() - 1).text.append(delta);
            return;
        }
        showCalls();
        write(of, choice, delta);
    }

    private void write(Section of, int choice, Slice text) {
        enter(of, choice);
        int blank = sectionHasText ? 0 : leadingLineEnds(text);
        if (blank < text.length()) {
            sectionHasText = true;
            screen.text(of.style, blank == 0 ? text : new Slice().wrap(text, blank, text.length() - blank));
        }
    }

    /** Models like to begin with blank lines; under a title they only tear a hole. */
    private static int leadingLineEnds(Slice text) {
        int end = 0;
        while (end < text.length() && (text.byteAt(end) == '\n' || text.byteAt(end) == '\r')) {
            end++;
        }
        return end;
    }

    private void enter(Section next, int choice) {
        if (section != next || sectionChoice != choice) {
            section = next;
            sectionChoice = choice;
            sectionHasText = false;
            screen.title(choice == FIRST_CHOICE ? next.title : next.title + " (choice " + choice + ")");
        }
    }

    @Override
    public void onTool(Place at, int choice, ToolChange change) {
        // The title comes at once: it tells that a tool is at work, long before there is anything to show of it.
        enter(Section.TOOLS, FIRST_CHOICE);
        Call call = calls.computeIfAbsent(change.index(), i -> new Call(change.tool(), choice));
        ToolField field = change.field();
        if (field != null) {
            boolean replaced = change.kind() == ToolChange.Kind.REPLACED;
            if (field == ToolField.NAME) {
                call.name = replaced ? change.text().toString() : call.name + change.text();
            } else if (field != ToolField.ID && (replaced || !change.text().isEmpty())) {
                StringBuilder text = call.unshown.computeIfAbsent(field, f -> new StringBuilder());
                if (replaced) {
                    text.setLength(0);
                    call.replaced = true;
                }
                text.append(change.text());
            }
        }
        if (change.kind() == ToolChange.Kind.COMPLETED) {
            show(change.index(), call);
        }
    }

    private void showCalls() {
        for (Map.Entry<Integer, Call> entry : calls.entrySet()) {
            show(entry.getKey(), entry.getValue());
        }
    }

    private void show(int index, Call call) {
        if (call.shown && call.unshown.isEmpty()) {
            return;
        }
        enter(Section.TOOLS, FIRST_CHOICE);
        if (sectionHasText) {
            screen.blankLine();
        }
        sectionHasText = true;
        screen.line(Style.LABEL, header(index, call));
        boolean labelled = false;
        for (Map.Entry<ToolField, StringBuilder> entry : call.unshown.entrySet()) {
            boolean output = entry.getKey() == ToolField.OUTPUT;
            if (output) {
                screen.line(Style.FAINT, "    output:");
            }
            screen.block(output ? Style.GOOD : Style.CODE, shortened(call, entry.getValue()));
            labelled |= !output;
        }
        if (!labelled && !call.shown && call.tool.equals(CODE_INTERPRETER)) {
            screen.line(Style.FAINT, "    (no code)");
        }
        call.unshown.clear();
        call.replaced = false;
        call.shown = true;
    }

    private static String header(int index, Call call) {
        StringBuilder header =
                new StringBuilder("[").append(index + 1).append("] ").append(call.tool);
        if (!call.name.isEmpty()) {
            header.append(' ').append(call.name);
        }
        if (call.tool.equals(CODE_INTERPRETER)) {
            header.append(" (Python)");
        }
        if (call.choice != FIRST_CHOICE) {
            header.append(" (choice ").append(call.choice).append(')');
        }
        if (call.shown) {
            header.append(call.replaced ? ", changed" : ", continued");
        }
        return header.toString();
    }

    private static String shortened(Call call, StringBuilder text) {
        boolean known = call.tool.equals(CODE_INTERPRETER) || call.tool.equals(FUNCTION);
        if (known || text.length() <= MAX_UNKNOWN_CHARS) {
            return text.toString();
        }
        int end = MAX_UNKNOWN_CHARS;
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + grouped("… (%,d characters more)", text.length() - end);
    }

    @Override
    public void onSearchInfo(Place at, Slice json) {
        List<SearchResult> results = SearchResult.listOf(json.toString());
        if (results.size() <= searchResults) {
            return;
        }
        enter(Section.TOOLS, FIRST_CHOICE);
        if (sectionHasText) {
            screen.blankLine();
        }
        sectionHasText = true;
        screen.line(Style.LABEL, "search: " + counted(results.size(), "result"));
        StringBuilder lines = new StringBuilder();
        for (SearchResult result : results.subList(searchResults, results.size())) {
            lines.append(++searchResults).append(". ").append(result.title());
            lines.append(result.url().isEmpty() ? "" : " <" + result.url() + ">")
                    .append('\n');
        }
        screen.block(Style.PLAIN, lines.toString());
    }

    @Override
    public void onUsage(Place at, Usage changed) {
        usage.putAll(changed);
    }

    @Override
    public void onFinish(Place at, int choice, Slice reason) {
        showCalls();
        if (choice == FIRST_CHOICE) {
            finishReason = reason.toString();
        }
    }

    @Override
    public void onError(Place at, ErrorReport error) {
        showCalls();
        screen.blankLine();
        section = Section.NONE;
        StringJoiner details = new StringJoiner(", ", "(", ")").add(Words.of(error.kind()));
        if (error.code() != null) {
            details.add(error.code());
        }
        if (error.httpStatus() != null) {
            details.add("HTTP " + error.httpStatus());
        }
        details.add("frame " + at.frame()).add(grouped("byte %,d", at.offset()));
        String message = error.message() == null ? "" : ": " + error.message();
        screen.line(Style.ERROR, "Error " + details + message);
    }

    @Override
    public void onEnded(Place at, Outcome outcome, long frames, long bytes) {
        showCalls();
        waiting.forEach((choice, pieces) -> {
            for (Piece piece : pieces) {
                write(piece.section, choice, Slice.of(piece.text.toString()));
            }
        });
        if (!usage.isEmpty()) {
            screen.title("Usage");
            screen.line(Style.PLAIN, usageLine());
        }
        screen.blankLine();
        screen.line(outcomeStyle(outcome), outcomeLine(outcome, frames, bytes));
        reset();
    }

    private String usageLine() {
        StringJoiner line = new StringJoiner(", ");
        for (UsageField field : UsageField.values()) {
            if (usage.has(field)) {
                line.add(label(field) + grouped(" %,d", usage.value(field)));
            }
        }
        return line.toString();
    }

    private static String label(UsageField field) {
        return switch (field) {
            case INPUT_TOKENS -> "input";
            case OUTPUT_TOKENS -> "output";
            case TOTAL_TOKENS -> "total";
            case REASONING_TOKENS -> "reasoning";
            case CACHED_TOKENS -> "cached";
            case CODE_INTERPRETER_CALLS -> "code interpreter calls";
        };
    }

    private static Style outcomeStyle(Outcome outcome) {
        return switch (outcome) {
            case COMPLETED -> Style.GOOD;
            case FAILED -> Style.ERROR;
            case TRUNCATED -> Style.WARNING;
        };
    }

    private String outcomeLine(Outcome outcome, long frames, long bytes) {
        String line = switch (outcome) {
            case COMPLETED -> finishReason.isEmpty() ? "Completed" : "Completed: " + finishReason;
            case FAILED -> "Failed";
            case TRUNCATED -> "Truncated: the input ended before the reply did";
        };
        StringJoiner details = new StringJoiner(", ", " (", ")");
        if (dialect != null) {
            details.add(Words.of(dialect));
        }
        if (!model.isEmpty()) {
            details.add(model);
        }
        return line + details.add(counted(frames, "frame")).add(counted(bytes, "byte"));
    }

    private static String counted(long count, String what) {
        return grouped("%,d ", count) + what + (count == 1 ? "" : "s");
    }

    private static String grouped(String format, long number) {
        return String.format(Locale.ROOT, format, number);
    }

    private void reset() {
        dialect = null;
        model = "";
        section = Section.NONE;
        calls.clear();
        waiting.clear();
        searchResults = 0;
        usage.clear();
        finishReason = "";
    }
}
