package io.phaseline;

import io.phaseline.bytes.Utf8;
import io.phaseline.dialect.Chunk;
import io.phaseline.dialect.ChunkReader;
import io.phaseline.sse.EventStreamReader;
import io.phaseline.template.FrameMatcher;
import io.phaseline.template.Refrain;
import io.phaseline.template.Template;
import io.phaseline.template.TemplateLearner;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames by comparing them with earlier ones, and gives back what does not match any.
 *
 * <p>Which pattern is tried first: the one that followed the last one before, because streams alternate between a few.
 * When nothing repeats, frames are learnt ever more rarely.
 */
final class PatternReader {
    /** How many patterns are remembered: more than the kinds of frame in one stream. */
    private static final int MAX_PATTERNS = 24;

    /** Frames longer than this are not remembered, in bytes. */
    private static final int MAX_TEMPLATE_BYTES = 1 << 20;

    /** All patterns but the last one used have this many bytes together at most. */
    private static final int MAX_TOTAL_BYTES = 96 << 10;

    /** If nothing repeats, one frame of 2 to the power of this is learnt. */
    private static final int MAX_RELUCTANCE = 8;

    /** After so many frames of which none matched, few patterns are tried. */
    private static final int PATIENCE = 32;

    private static final int FEW = 2;

    private static final int KEPT_CAPACITY = 16 << 10;
    private static final byte[] NO_BYTES = {};

    private final EventStreamReader frames;
    private final PayloadReader payloads;
    private final FrameMatcher matcher;
    private final int maxFrameBytes;
    private final int maxDepth;
    private @Nullable TemplateLearner learner;

    private final List<Pattern> patterns = new ArrayList<>();
    private @Nullable Pattern last;
    /** The pattern of the frame that is being compared. */
    private @Nullable Pattern candidate;

    private long framesMatched;
    private long clock;
    private int reluctance;
    private int misses;
    private int untilLearning;

    /** The beginning of a frame that was not matched, from earlier inputs. */
    private byte[] begun = NO_BYTES;

    private int begunLength;
    private boolean begunTooLong;

    /** Whether a pattern may have failed on this frame only because an input ended in it. */
    private boolean isCutShort;

    /** What was given back by the matcher. */
    private byte[] taken = NO_BYTES;

    PatternReader(ParserLimits limits, EventStreamReader frames, PayloadReader payloads, boolean learns) {
        this.untilLearning = learns ? 0 : Integer.MAX_VALUE;
        this.frames = frames;
        this.payloads = payloads;
        this.matcher = new FrameMatcher(limits.maxFrameBytes(), limits.maxDepth());
        this.maxFrameBytes = limits.maxFrameBytes();
        this.maxDepth = limits.maxDepth();
    }

    /** Begins a new input; what was learnt stays. */
    void reset() {
        matcher.reset();
        candidate = null;
        last = null;
        framesMatched = 0;
        forgetBegun();
    }

    private void forgetBegun() {
        begunLength = 0;
        begunTooLong = false;
        isCutShort = false;
        if (begun.length > KEPT_CAPACITY) {
            begun = NO_BYTES;
        }
    }

    /** Lets go of the input. */
    void leaveInput() {
        matcher.leaveInput();
    }

    boolean isUnfinished() {
        return candidate != null;
    }

    long framesMatched() {
        return framesMatched;
    }

    long bytesCopied() {
        return matcher.bytesCopied();
    }

    /**
     * Reads as many frames as match.
     *
     * @return where it stopped: at the end, or at a frame that has to be read in the ordinary way
     */
    int read(byte @Nullable [] array, @Nullable ByteBuffer buffer, int from, int to) {
        int i = from;
        if (candidate != null) {
            i = resume(candidate, array, buffer, i, to);
            if (i < 0) {
                return i == FrameMatcher.UNFINISHED ? to : from;
            }
        }
        while (i < to && payloads.mayRepeat()) {
            matcher.enterInput(array, buffer);
            i = readDeltas(i, to);
            if (i == to) {
                return i;
            }
            if (frames.isAfterCr() && isLf(array, buffer, i)) {
                frames.skip(1, false);
                i++;
                continue;
            }
            int end = match(array, buffer, i, to);
            if (end < 0) {
                return end == FrameMatcher.UNFINISHED ? to : i;
            }
            i = end;
        }
        return i;
    }

    /** Reads frames on the shortest way, as long as each is the one expected, lies whole in the input, and brings a delta. */
    private int readDeltas(int from, int to) {
        int i = from;
        while (i < to && !frames.isAfterCr()) {
            Pattern expected = expected();
            if (expected == null) {
                break;
            }
            Pattern next = likely(expected, i, to);
            if (!payloads.isDelta(next) || to - i < next.template.leastLength()) {
                break;
            }
            if (next == last) {
                int end = readRefrain(next, i, to);
                if (end < 0) {
                    return ~end;
                }
                if (end != i) {
                    i = end;
                    continue;
                }
            }
            int end = matcher.matchPlain(next.template, i, to);
            if (end < 0) {
                break;
            }
            payloads.repeatDelta(next.chunk, frames.bytesRead());
            took(next, end - i);
            i = end;
        }
        return i;
    }

    /** The pattern that followed the last one before. */
    private @Nullable Pattern expected() {
        Pattern before = last;
        return before == null || before.next == null ? before : before.next;
    }

    /** The pattern expected; or the one found in its place last, if this frame is another one where that one was. */
    private Pattern likely(Pattern expected, int from, int to) {
        Pattern instead = expected.instead;
        return instead != null && matcher.isOtherAt(expected.template, expected.forkedAt, from, to)
                ? instead
                : expected;
    }

    /** Reads frames of one pattern that follow each other; answers where it stopped, inverted if in front of one of them. */
    private int readRefrain(Pattern pattern, int from, int to) {
        Refrain refrain = pattern.template.refrain(maxFrameBytes);
        if (refrain == null || pattern.template.endsInCr() || !matcher.isHeadAt(refrain, from, to)) {
            return from;
        }
        int head = refrain.head();
        int start = from;
        boolean isDifferent = false;
        do {
            int end = matcher.matchPlain(refrain, start + head, to);
            if (end < 0) {
                isDifferent = true;
                break;
            }
            payloads.repeatDelta(pattern.chunk, frames.bytesRead());
            frames.skip(end - start, false);
            framesMatched++;
            start = end;
        } while (refrain.goesOn());
        if (start != from) {
            noteHit(pattern);
        }
        return isDifferent ? ~start : start;
    }

    private static boolean isLf(byte @Nullable [] array, @Nullable ByteBuffer buffer, int i) {
        return (array != null ? array[i] : buffer != null ? buffer.get(i) : 0) == '\n';
    }

    /** Tries the patterns on a frame that begins in this input: first the one that followed the last one before. */
    private int match(byte @Nullable [] array, @Nullable ByteBuffer buffer, int from, int to) {
        Pattern expected = expected();
        Pattern first = null;
        Pattern second = null;
        if (expected != null) {
            first = likely(expected, from, to);
            int end = match(first, array, buffer, from, to);
            if (end != FrameMatcher.DIFFERENT) {
                return end;
            }
            second = first == expected ? expected.instead : expected;
            if (second != null) {
                end = match(second, array, buffer, from, to);
                if (end != FrameMatcher.DIFFERENT) {
                    return end;
                }
            }
        }
        int oldest = misses > PATIENCE ? Math.max(0, patterns.size() - FEW) : 0;
        for (int k = patterns.size() - 1; k >= oldest; k--) {
            Pattern other = patterns.get(k);
            if (other != first && other != second) {
                int end = match(other, array, buffer, from, to);
                if (end != FrameMatcher.DIFFERENT) {
                    if (expected != null) {
                        expected.instead = other;
                    }
                    return end;
                }
            }
        }
        misses++;
        return FrameMatcher.DIFFERENT;
    }

    private int match(Pattern with, byte @Nullable [] array, @Nullable ByteBuffer buffer, int from, int to) {
        if (with.reader != payloads.reader()) {
            return FrameMatcher.DIFFERENT;
        }
        if (!matcher.mayBeLike(with.template, from, to)) {
            with.forkedAt = matcher.differedAt();
            return FrameMatcher.DIFFERENT;
        }
        int end = matcher.match(with.template, array, buffer, from, to);
        noteChanges(with);
        if (end >= 0) {
            return take(with, end - from) ? end : FrameMatcher.DIFFERENT;
        }
        if (end == FrameMatcher.UNFINISHED) {
            candidate = with;
            return end;
        }
        with.forkedAt = matcher.differedAt();
        isCutShort |= matcher.wasCutShort();
        if (with.template.isBroken()) {
            forget(with);
        }
        return end;
    }

    /** Goes on with a frame that began in an earlier input; if it turns out to differ, the other patterns are tried. */
    private int resume(Pattern with, byte @Nullable [] array, @Nullable ByteBuffer buffer, int from, int to) {
        int before = matcher.taken();
        int end = matcher.resume(array, buffer, from, to);
        noteChanges(with);
        if (end == FrameMatcher.UNFINISHED) {
            return end;
        }
        candidate = null;
        if (end >= 0) {
            if (!take(with, before + end - from)) {
                giveBack(matcher.frame(), before);
                return FrameMatcher.DIFFERENT;
            }
            return end;
        }
        isCutShort = matcher.wasCutShort();
        byte[] taken = takeBack(before);
        if (with.template.isBroken()) {
            forget(with);
        }
        for (int k = patterns.size() - 1; k >= 0; k--) {
            Pattern other = patterns.get(k);
            if (other == with || other.reader != with.reader) {
                continue;
            }
            if (matcher.match(other.template, taken, null, 0, before) == FrameMatcher.UNFINISHED) {
                end = matcher.resume(array, buffer, from, to);
                noteChanges(other);
                if (end == FrameMatcher.UNFINISHED) {
                    candidate = other;
                    return end;
                }
                if (end >= 0 && take(other, before + end - from)) {
                    return end;
                }
            }
            noteChanges(other);
            if (other.template.isBroken()) {
                forget(other);
            }
        }
        giveBack(taken, before);
        return FrameMatcher.DIFFERENT;
    }

    private void noteChanges(Pattern with) {
        if (matcher.hasChanged()) {
            with.deltaOf = 0;
        }
    }

    private byte[] takeBack(int length) {
        if (taken.length < length) {
            taken = new byte[Math.max(length, Math.min(taken.length * 2, KEPT_CAPACITY))];
        }
        matcher.takeBack(taken);
        return taken;
    }

    /** Leaves the beginning of a frame to the ordinary way. */
    private void giveBack(byte[] beginning, int length) {
        frames.feed(beginning, 0, length);
        keepBegun(beginning, null, 0, length, MAX_TEMPLATE_BYTES);
        if (taken.length > KEPT_CAPACITY) {
            taken = NO_BYTES;
        }
    }

    /** Leaves the frame that is being compared, if there is one, to the ordinary way: no more may come of it. */
    void settle() {
        Pattern begun = candidate;
        if (begun != null) {
            candidate = null;
            int length = matcher.taken();
            giveBack(takeBack(length), length);
            if (begun.template.isBroken()) {
                forget(begun);
            }
        }
    }

    private boolean take(Pattern with, int length) {
        if (!payloads.repeat(with, frames.bytesRead())) {
            if (!with.chunk.isReadAlike()) {
                forget(with);
            }
            return false;
        }
        took(with, length);
        if (with.template.size() > MAX_TEMPLATE_BYTES) {
            // It has grown, as a code may that is sent piece by piece.
            forget(with);
        }
        return true;
    }

    private void took(Pattern with, int length) {
        frames.skip(length, with.template.endsInCr());
        framesMatched++;
        noteHit(with);
    }

    private void noteHit(Pattern with) {
        with.usedAt = ++clock;
        with.hits++;
        misses = 0;
        reluctance = 0;
        follow(with);
    }

    private void follow(Pattern with) {
        Pattern before = last;
        // A reference is not written anew for each frame: a collector has to be told.
        if (before != null && before.next != with) {
            before.next = with;
        }
        if (before != with) {
            last = with;
        }
    }

    private void forget(Pattern pattern) {
        patterns.remove(pattern);
        if (last == pattern) {
            last = null;
        }
        for (Pattern other : patterns) {
            if (other.next == pattern) {
                other.next = null;
            }
            if (other.instead == pattern) {
                other.instead = null;
            }
        }
    }

    // Learning.

    /** Takes note of a part of a frame that was read in the ordinary way, and learns the frame when it is over. */
    void note(byte @Nullable [] array, @Nullable ByteBuffer buffer, int from, int to) {
        if (!frames.isBetweenFrames()) {
            if (untilLearning <= 0) {
                // A frame may begin with comments; but much without any field is no event stream.
                keepBegun(array, buffer, from, to, frames.sawField() ? MAX_TEMPLATE_BYTES : KEPT_CAPACITY);
            }
            return;
        }
        ChunkReader reader = payloads.takeLearnable();
        if (reader != null && !begunTooLong && !isCutShort && --untilLearning < 0) {
            keepBegun(array, buffer, from, to, MAX_TEMPLATE_BYTES);
            if (!begunTooLong) {
                learn(reader);
            }
        }
        forgetBegun();
    }

    private void keepBegun(byte @Nullable [] array, @Nullable ByteBuffer buffer, int from, int to, int most) {
        int needed = begunLength + to - from;
        if (begunTooLong || needed > most) {
            begunTooLong = true;
            begunLength = 0;
            return;
        }
        if (begun.length < needed) {
            begun = Arrays.copyOf(begun, Math.max(needed, begunLength * 2));
        }
        if (array != null) {
            System.arraycopy(array, from, begun, begunLength, to - from);
        } else if (buffer != null) {
            buffer.get(from, begun, begunLength, to - from);
        }
        begunLength = needed;
    }

    private void learn(ChunkReader reader) {
        int from = 0;
        int to = begunLength;
        while (from < to && (begun[from] == '\n' || begun[from] == '\r')) {
            from++;
        }
        // The LF of a last CRLF may come or not: the frame is over before it.
        if (to - from >= 2 && begun[to - 1] == '\n' && begun[to - 2] == '\r') {
            to--;
        }
        if (Utf8.illFormedAt(begun, from, to) != to) {
            return;
        }
        Chunk chunk = reader.newChunk();
        if (learner == null) {
            learner = new TemplateLearner(maxDepth);
        }
        boolean areSnapshotsKnown = payloads.areSnapshotsKnown();
        Template template = learner.learn(
                Arrays.copyOfRange(begun, from, to),
                areSnapshotsKnown,
                (json, text) -> chunk.read(json, text) && chunk.isPattern() && payloads.isTold(chunk));
        if (template == null) {
            return;
        }
        if (areSnapshotsKnown) {
            chunk.setSnapshotsKnown();
        }
        Pattern pattern = new Pattern(reader, chunk, template);
        payloads.copyFacts(pattern.facts);
        makeRoom(template.size());
        patterns.add(pattern);
        pattern.usedAt = ++clock;
        follow(pattern);
    }

    /** What was of the least use goes first; if that was of none, learning is of little use. */
    private void makeRoom(int size) {
        long total = size;
        for (Pattern pattern : patterns) {
            total += pattern.template.size();
        }
        while (!patterns.isEmpty() && (patterns.size() >= MAX_PATTERNS || total > MAX_TOTAL_BYTES)) {
            Pattern least = patterns.get(0);
            for (Pattern pattern : patterns) {
                if (pattern.worth() < least.worth()) {
                    least = pattern;
                }
            }
            if (least.hits == 0) {
                reluctance = Math.min(reluctance + 1, MAX_RELUCTANCE);
                untilLearning = 1 << reluctance;
            }
            total -= least.template.size();
            forget(least);
        }
    }
}
