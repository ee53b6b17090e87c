package io.phaseline.benchmarks.contender;

import io.phaseline.benchmarks.corpus.Totals;
import io.phaseline.bytes.Slice;
import io.phaseline.event.Dialect;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a contender heard. Every text is touched at both ends, so that no compiler can leave out making it.
 *
 * <p>Counting the characters of a view means decoding it, so views are counted only where {@code exact} is set: in tests.
 */
public final class Tally {
    private final boolean exact;
    private final int endMarkers;
    private final Codes codes = new Codes();
    private final Map<String, Long> finishes = new TreeMap<>();

    private long checksum;
    private long frames;
    private long reasoningChars;
    private long contentChars;
    private long codeChars;
    private long toolCalls;
    private long inputTokens;
    private long outputTokens;
    private long totalTokens;
    private long reasoningTokens;

    private long lastInput;
    private long lastOutput;
    private long lastTotal;
    private long lastReasoning;

    /**
     * A tally.
     *
     * @param dialect what is read
     * @param exact whether to count what costs time
     */
    public Tally(Dialect dialect, boolean exact) {
        this.exact = exact;
        this.endMarkers = dialect == Dialect.CHAT ? 1 : 0;
    }

    /** A body begins. */
    void begin() {
        codes.clear();
        lastInput = 0;
        lastOutput = 0;
        lastTotal = 0;
        lastReasoning = 0;
    }

    /** A body is over: what was last heard of it counts. */
    void end() {
        codeChars += codes.chars();
        toolCalls += codes.count();
        inputTokens += lastInput;
        outputTokens += lastOutput;
        totalTokens += lastTotal;
        reasoningTokens += lastReasoning;
    }

    void frame() {
        frames++;
    }

    /** All frames of a stream; our parser counts {@code [DONE]} as one. */
    void frames(long count) {
        frames += count - endMarkers;
    }

    void payload(int length, int ends) {
        checksum += length + ends;
    }

    // Strings and characters: how peers hand texts over.

    void reasoning(@Nullable String text) {
        if (text != null && !text.isEmpty()) {
            reasoningChars += text.length();
            touch(text);
        }
    }

    void reasoning(char[] text, int offset, int length) {
        if (length > 0) {
            reasoningChars += length;
            checksum += text[offset] + text[offset + length - 1];
        }
    }

    void content(@Nullable String text) {
        if (text != null && !text.isEmpty()) {
            contentChars += text.length();
            touch(text);
        }
    }

    void content(char[] text, int offset, int length) {
        if (length > 0) {
            contentChars += length;
            checksum += text[offset] + text[offset + length - 1];
        }
    }

    void code(int index, @Nullable String snapshot) {
        if (snapshot != null) {
            int news = codes.see(index, snapshot);
            if (news < snapshot.length()) {
                touch(snapshot.substring(news));
            }
        }
    }

    void code(int index, char[] text, int offset, int length) {
        int news = codes.see(index, text, offset, length);
        if (news < length) {
            checksum += text[offset + news] + text[offset + length - 1];
        }
    }

    void finish(@Nullable String reason) {
        if (reason != null && !reason.isEmpty() && !reason.equals("null")) {
            finishes.merge(reason, 1L, Long::sum);
        }
    }

    private void touch(String text) {
        checksum += text.charAt(0) + text.charAt(text.length() - 1);
    }

    // Views: how our parser hands texts over.

    void reasoning(Slice view) {
        touch(view);
        if (exact) {
            reasoningChars += view.toString().length();
        }
    }

    void content(Slice view) {
        touch(view);
        if (exact) {
            contentChars += view.toString().length();
        }
    }

    void codeAppended(int index, Slice view) {
        touch(view);
        codes.append(index, exact ? view.toString().length() : 0);
    }

    void codeReplaced(int index, Slice view) {
        touch(view);
        codes.replace(index, exact ? view.toString().length() : 0);
    }

    void finish(Slice reason) {
        touch(reason);
        if (exact) {
            finish(reason.toString());
        }
    }

    private void touch(Slice view) {
        int length = view.length();
        checksum += length;
        if (length > 0) {
            checksum += view.byteAt(0) + view.byteAt(length - 1);
        }
    }

    // Numbers.

    void inputTokens(long count) {
        lastInput = count;
        checksum += count;
    }

    void outputTokens(long count) {
        lastOutput = count;
        checksum += count;
    }

    void totalTokens(long count) {
        lastTotal = count;
        checksum += count;
    }

    void reasoningTokens(long count) {
        lastReasoning = count;
        checksum += count;
    }

    void codeAppended(int index, String delta) {
        codes.append(index, delta.length());
        if (!delta.isEmpty()) {
            touch(delta);
        }
    }

    void codeReplaced(int index, String text) {
        codes.replace(index, text.length());
        if (!text.isEmpty()) {
            touch(text);
        }
    }

    /**
     * Something that depends on all that was heard.
     *
     * @return a number for a black hole
     */
    public long checksum() {
        return checksum + frames;
    }

    /**
     * The sums over all bodies read so far.
     *
     * @return the totals
     */
    public Totals totals() {
        return new Totals(
                frames,
                reasoningChars,
                contentChars,
                codeChars,
                toolCalls,
                Map.copyOf(finishes),
                inputTokens,
                outputTokens,
                totalTokens,
                reasoningTokens);
    }
}
