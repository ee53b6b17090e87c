package io.phaseline.event;

import io.phaseline.bytes.Slice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes one line of text for each event it hears: the debug log of the parser, the expectation of its golden tests,
 * and the format of bug reports.
 *
 * <pre>
 * #1.1 @0 started dashscope id="req-1" model=""
 * #1.1 @0 phase THINKING after -
 * #1.1 @0 reasoning "Let me see"
 * #1.1 @0 usage inputTokens=10 outputTokens=3
 * #1.2 @204 phase CODE_EXECUTION after THINKING
 * #1.2 @204 tool added 0 code_interpreter code "print(1)"
 * #1.3 @391 choice 1 content "One."
 * #1.4 @507 finish "stop"
 * #1.5 @640 anomaly
 * #1.6 @711 error server code="Throttling" message="slow down" httpStatus=429
 * #1.6 @711 ended failed frames=6 bytes=880
 * </pre>
 *
 * <p>A line is the place ({@code #stream.frame @offset}), the choice if it is not 0, the kind of event, and its values.
 * Texts are JSON strings: quotes, backslashes and the control characters below U+0020 are escaped, everything else
 * stands as it is. {@code -} stands for a dialect nobody told and for the phase before the first. What is free to be
 * worded otherwise in the next version is left out: the words of an anomaly, and the message of an error unless the
 * server said it (an error of kind {@code malformed} or {@code limit} shows no message, one of kind
 * {@code not-a-stream} only beside a code). {@code search} is followed by the raw JSON, its line ends made spaces.
 * Lines end with LF on every platform.
 */
public final class Transcript implements StreamListener {
    private final Appendable target;

    /**
     * A transcript that grows as events are heard.
     *
     * @param target where the lines go, on the feeding thread; its {@link IOException} travels through {@code feed} as
     *     {@link UncheckedIOException}
     */
    public Transcript(Appendable target) {
        this.target = target;
    }

    @Override
    public void onStarted(Place at, @Nullable Dialect dialect, Slice id, Slice model) {
        write(line(at, 0, "started")
                .append(dialect == null ? "-" : word(dialect))
                .append(" id=")
                .append(quoted(id.toString()))
                .append(" model=")
                .append(quoted(model.toString())));
    }

    @Override
    public void onPhase(Place at, int choice, Phase phase, @Nullable Phase previous) {
        write(line(at, choice, "phase").append(phase).append(" after ").append(previous == null ? "-" : previous));
    }

    @Override
    public void onReasoning(Place at, int choice, Slice delta) {
        write(line(at, choice, "reasoning").append(quoted(delta.toString())));
    }

    @Override
    public void onContent(Place at, int choice, Slice delta) {
        write(line(at, choice, "content").append(quoted(delta.toString())));
    }

    @Override
    public void onRefusal(Place at, int choice, Slice delta) {
        write(line(at, choice, "refusal").append(quoted(delta.toString())));
    }

    @Override
    public void onTool(Place at, int choice, ToolChange change) {
        StringBuilder line = line(at, choice, "tool")
                .append(word(change.kind()))
                .append(' ')
                .append(change.index())
                .append(' ')
                .append(change.tool());
        ToolField field = change.field();
        if (field != null) {
            line.append(' ')
                    .append(word(field))
                    .append(' ')
                    .append(quoted(change.text().toString()));
        }
        write(line);
    }

    @Override
    public void onSearchInfo(Place at, Slice json) {
        // Between tokens a line end is white space, and inside a JSON string there is none.
        write(line(at, 0, "search").append(json.toString().replace('\n', ' ').replace('\r', ' ')));
    }

    @Override
    public void onUsage(Place at, Usage changed) {
        StringBuilder line = line(at, 0, "usage");
        String separator = "";
        for (UsageField field : UsageField.values()) {
            if (changed.has(field)) {
                line.append(separator).append(field.key()).append('=').append(changed.value(field));
                separator = " ";
            }
        }
        write(line);
    }

    @Override
    public void onFinish(Place at, int choice, Slice reason) {
        write(line(at, choice, "finish").append(quoted(reason.toString())));
    }

    @Override
    public void onAnomaly(Place at, String what) {
        write(place(at).append("anomaly"));
    }

    @Override
    public void onError(Place at, ErrorReport error) {
        StringBuilder line = line(at, 0, "error").append(word(error.kind()));
        String code = error.code();
        if (code != null) {
            line.append(" code=").append(quoted(code));
        }
        String message = error.message();
        if (message != null && wordsAreTheServers(error)) {
            line.append(" message=").append(quoted(message));
        }
        Integer httpStatus = error.httpStatus();
        if (httpStatus != null) {
            line.append(" httpStatus=").append(httpStatus.intValue());
        }
        write(line);
    }

    @Override
    public void onEnded(Place at, Outcome outcome, long frames, long bytes) {
        write(line(at, 0, "ended")
                .append(word(outcome))
                .append(" frames=")
                .append(frames)
                .append(" bytes=")
                .append(bytes));
    }

    private static boolean wordsAreTheServers(ErrorReport error) {
        return switch (error.kind()) {
            case SERVER -> true;
            case NOT_A_STREAM -> error.code() != null;
            case MALFORMED, LIMIT -> false;
        };
    }

    private static StringBuilder place(Place at) {
        return new StringBuilder(96)
                .append('#')
                .append(at.stream())
                .append('.')
                .append(at.frame())
                .append(" @")
                .append(at.offset())
                .append(' ');
    }

    private static StringBuilder line(Place at, int choice, String kind) {
        StringBuilder line = place(at);
        if (choice != 0) {
            line.append("choice ").append(choice).append(' ');
        }
        return line.append(kind).append(' ');
    }

    private static String word(Enum<?> constant) {
        String name = constant.name().toLowerCase(Locale.ROOT);
        // Kinds of error are spelled as in the contract's JSON; dialects, fields and outcomes have no underscore.
        return name.replace('_', '-');
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '\b' -> quoted.append("\\b");
                case '\f' -> quoted.append("\\f");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < ' ') {
                        quoted.append("\\u00")
                                .append(Character.forDigit(c >> 4, 16))
                                .append(Character.forDigit(c & 0xF, 16));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }

    private void write(StringBuilder line) {
        try {
            target.append(line.append('\n'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
