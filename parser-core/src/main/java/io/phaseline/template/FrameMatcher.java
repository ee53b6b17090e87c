package io.phaseline.template;

import io.phaseline.bytes.Slice;
import io.phaseline.bytes.Utf8;
import io.phaseline.json.ByteCursor;
import io.phaseline.json.JsonCursor;
import io.phaseline.json.StringDecoder;
import io.phaseline.json.TextValue;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares a frame with a template, across inputs cut anywhere, and reads what differs. After a match the template's
 * texts and numbers are those of the frame; they are good until the input goes away or the next match begins.
 */
public final class FrameMatcher {
    /** The frame does not match. */
    public static final int DIFFERENT = -1;

    /** The input is over in the midst of the frame. */
    public static final int UNFINISHED = -2;

    private static final int KEPT_CAPACITY = 16 << 10;
    private static final byte[] NO_BYTES = {};

    /** Values that are skipped are not looked into deeper than this: whether a frame is nested too deep, others judge. */
    private static final int MAX_DEPTH = 32;

    /** Any number of this many digits is one of 64 bits. */
    private static final int MAX_DIGITS = 18;

    private static final int LONGEST_ESCAPE = 6;
    private static final int NOT_IN_SLOT = -1;

    private final int maxFrameBytes;
    private final Source source = new Source();
    private final StringDecoder decoder = new StringDecoder();
    private final ByteCursor skipper;
    private final Slice skipped = new Slice();

    private @Nullable Template template;

    // How far the match has come.
    private int slot;
    private int position;
    private boolean grew;

    /** Where the frame begins, by the indexes of the input at hand: before it if it began in an earlier one. */
    private int frameStart;

    /** From where on the bytes of the frame lie in the input at hand. */
    private int inputStart;

    // The string or number that is being read.
    private boolean escaped;
    private boolean ascii;
    private long number;
    private int digits;

    /** How much of an escape there is so far, where an input ended in it or it is read across inputs. */
    private int cutEscape;

    /** The bytes of slots that stood in earlier inputs, one behind the other. */
    private byte[] held = NO_BYTES;

    private int heldLength;

    /** How many slots are held. */
    private int heldSlots;

    /** Where the bytes of the slot begin in which the last input ended; negative if it ended in none. */
    private int partial = NOT_IN_SLOT;

    // Where the match stood when the last input ended.
    private int slotBefore;
    private int positionBefore;
    private int heldBefore;
    private int partialBefore = NOT_IN_SLOT;

    /** How many bytes of the frame stood in earlier inputs. */
    private int taken;

    private long bytesCopied;

    /** A matcher; frames longer than the limit do not match, nor do those that may be nested deeper. */
    public FrameMatcher(int maxFrameBytes, int maxDepth) {
        this.maxFrameBytes = maxFrameBytes;
        // What is read, and not skipped, is nested less deep than that.
        this.skipper = new ByteCursor(maxDepth >= 2 * MAX_DEPTH ? MAX_DEPTH : 0);
    }

    /** Whether it has stopped in the midst of a frame. */
    public boolean isUnfinished() {
        return taken > 0;
    }

    /** How many bytes had to be copied because an input ended in the midst of a frame. */
    public long bytesCopied() {
        return bytesCopied;
    }

    /** Forgets the frame it has stopped in. */
    public void reset() {
        template = null;
        clear();
        bytesCopied = 0;
    }

    private void clear() {
        heldLength = 0;
        heldSlots = 0;
        partial = NOT_IN_SLOT;
        partialBefore = NOT_IN_SLOT;
        taken = 0;
        if (held.length > KEPT_CAPACITY) {
            held = NO_BYTES;
        }
    }

    /**
     * Begins to compare.
     *
     * @param array the input, or null
     * @param buffer the input where there is no array
     * @param from where the frame begins
     * @param to where the input ends
     * @return where the frame ends, {@link #DIFFERENT} or {@link #UNFINISHED}
     */
    public int match(Template with, byte @Nullable [] array, @Nullable ByteBuffer buffer, int from, int to) {
        clear();
        with.prepare();
        template = with;
        source.set(array, buffer);
        slot = 0;
        position = 0;
        grew = false;
        frameStart = from;
        inputStart = from;
        decoder.clear();
        return run(with, from, to);
    }

    /** Goes on in the next input; else as {@link #match}. */
    public int resume(byte @Nullable [] array, @Nullable ByteBuffer buffer, int from, int to) {
        Template with = Objects.requireNonNull(template);
        source.set(array, buffer);
        frameStart = from - taken;
        inputStart = from;
        if (partial == NOT_IN_SLOT) {
            return run(with, from, to);
        }
        Span span = with.slots[slot];
        int i = span.kind == Span.Kind.STRING ? resumeString(span, from, to) : resumeNumber(span, from, to);
        if (i < 0) {
            return give(with, i, to);
        }
        span.rawFrom = partial;
        span.rawLength = heldLength - partial;
        partial = NOT_IN_SLOT;
        position = span.end;
        slot++;
        heldSlots = slot;
        return run(with, i, to);
    }

    private int run(Template with, int from, int to) {
        int i = from;
        Span[] slots = with.slots;
        int next = slot;
        int at = position;
        while (true) {
            Span span = next < slots.length ? slots[next] : null;
            int wanted = (span != null ? span.start : with.length) - at;
            int there = Math.min(wanted, to - i);
            int same = source.same(i, with, at, there);
            i += same;
            at += same;
            if (same < there) {
                slot = next;
                position = at;
                i = readChange(with, i, to);
                if (i < 0) {
                    return give(with, i, to);
                }
                at = position;
            } else if (there < wanted) {
                slot = next;
                position = at;
                return give(with, UNFINISHED, to);
            } else if (span == null) {
                return end(with, i);
            } else {
                int begin = i;
                i = readSlot(span, i, to);
                if (i < 0) {
                    slot = next;
                    position = at;
                    return i == UNFINISHED ? giveInSlot(with, span, begin, to) : give(with, i, to);
                }
                span.rawFrom = begin;
                span.rawLength = i - begin;
                at = span.end;
                next++;
            }
        }
    }

    private int end(Template with, int i) {
        if (i - frameStart > maxFrameBytes) {
            return give(with, DIFFERENT, i);
        }
        if (taken > 0) {
            showHeld(with);
            taken = 0;
        }
        with.matched();
        return i;
    }

    /** Ends this input's part: the frame goes on in the next one, or it does not match. */
    private int give(Template with, int why, int to) {
        if (why == UNFINISHED && to - frameStart <= maxFrameBytes) {
            holdSlots(with);
            slotBefore = slot;
            positionBefore = position;
            heldBefore = heldLength;
            partialBefore = partial;
            taken = to - frameStart;
            source.clear();
            return UNFINISHED;
        }
        if (grew) {
            with.setBroken();
        }
        source.clear();
        return DIFFERENT;
    }

    private int giveInSlot(Template with, Span span, int begin, int to) {
        if (span.kind == Span.Kind.VALUE) {
            return give(with, DIFFERENT, to);
        }
        holdSlots(with);
        partial = heldLength;
        hold(begin, to);
        return give(with, UNFINISHED, to);
    }

    private void holdSlots(Template with) {
        for (; heldSlots < slot; heldSlots++) {
            Span span = with.slots[heldSlots];
            int from = span.rawFrom;
            span.rawFrom = heldLength;
            hold(from, from + span.rawLength);
        }
    }

    private void hold(int from, int to) {
        int needed = heldLength + to - from;
        if (needed > held.length) {
            held = Arrays.copyOf(held, Math.max(needed, Math.max(256, held.length * 2)));
        }
        source.copy(from, to, held, heldLength);
        bytesCopied += to - from;
        heldLength = needed;
    }

    /** Points the texts of slots that were held at what is held, which may have moved. */
    private void showHeld(Template with) {
        for (int i = 0; i < heldSlots; i++) {
            Span span = with.slots[i];
            if (span.text != null && !span.unescaped) {
                span.text.present().wrap(held, span.rawFrom, span.rawLength);
            }
        }
    }

    /** How many bytes stood in earlier inputs of the frame that is being compared. */
    public int taken() {
        return taken;
    }

    /** Gives back what was taken of a frame in earlier inputs, as it was, and forgets it. */
    public void takeBack(byte[] into) {
        Template with = Objects.requireNonNull(template);
        int length = 0;
        int at = 0;
        for (int i = 0; i < slotBefore; i++) {
            Span span = with.slots[i];
            length = put(with.bytes, at, span.start, into, length);
            length = put(held, span.rawFrom, span.rawFrom + span.rawLength, into, length);
            at = span.end;
        }
        length = put(with.bytes, at, positionBefore, into, length);
        if (partialBefore != NOT_IN_SLOT) {
            length = put(held, partialBefore, heldBefore, into, length);
        }
        assert length == taken;
        if (grew) {
            with.setBroken();
        }
        template = null;
        clear();
    }

    /** The frame that matched last, put together again, while its input is still there. */
    public byte[] frame() {
        Template with = Objects.requireNonNull(template);
        int size = with.length;
        for (Span span : with.slots) {
            size += span.rawLength - (span.end - span.start);
        }
        byte[] frame = new byte[size];
        int length = 0;
        int at = 0;
        for (int i = 0; i < with.slots.length; i++) {
            Span span = with.slots[i];
            length = put(with.bytes, at, span.start, frame, length);
            if (i < heldSlots) {
                length = put(held, span.rawFrom, span.rawFrom + span.rawLength, frame, length);
            } else {
                source.copy(span.rawFrom, span.rawFrom + span.rawLength, frame, length);
                length += span.rawLength;
            }
            at = span.end;
        }
        put(with.bytes, at, with.length, frame, length);
        return frame;
    }

    private static int put(byte[] from, int start, int end, byte[] to, int at) {
        System.arraycopy(from, start, to, at, end - start);
        return at + end - start;
    }

    // Slots.

    private int readSlot(Span span, int i, int to) {
        switch (span.kind) {
            case STRING -> {
                int end = findStringEnd(i, to);
                return end < 0 ? end : showString(span, i, end);
            }
            case NUMBER, EVENT_ID -> {
                number = 0;
                digits = 0;
                return readNumber(span, i, to);
            }
            case VALUE -> {
                return skipValue(i, to);
            }
            case FIXED -> {
                return DIFFERENT;
            }
        }
        throw new AssertionError();
    }

    private int findStringEnd(int begin, int to) {
        escaped = false;
        ascii = true;
        int i = begin;
        while (true) {
            i = source.stringEnd(i, to);
            if (i < 0) {
                ascii = false;
                i = ~i;
            }
            if (i == to) {
                cutEscape = 0;
                return UNFINISHED;
            }
            byte b = source.at(i);
            if (b == '"') {
                return ascii || source.isWellFormed(begin, i) ? i : DIFFERENT;
            }
            if (b != '\\') {
                return DIFFERENT;
            }
            escaped = true;
            int end = source.escapeEnd(i, to);
            if (end < 0) {
                cutEscape = to - i;
                return cutEscape < LONGEST_ESCAPE && !hasControl(i, to) ? UNFINISHED : DIFFERENT;
            }
            i = end;
        }
    }

    private int showString(Span span, int begin, int end) {
        TextValue text = span.text;
        if (text == null) {
            return end;
        }
        span.unescaped = escaped;
        if (!escaped) {
            source.view(begin, end, text.present());
            return end;
        }
        source.unescape(decoder, begin, end, text.present());
        return decoder.sawLoneSurrogate() ? DIFFERENT : end;
    }

    /** Goes on with a string in which the last input ended: what comes of it is held, and its escapes byte by byte. */
    private int resumeString(Span span, int from, int to) {
        int i = from;
        while (i < to) {
            if (cutEscape > 0) {
                if (isControl(source.at(i))) {
                    return DIFFERENT;
                }
                hold(i, i + 1);
                i++;
                cutEscape++;
                if (StringDecoder.escapeEnd(held, heldLength - cutEscape, heldLength) >= 0) {
                    cutEscape = 0;
                } else if (cutEscape == LONGEST_ESCAPE) {
                    return DIFFERENT;
                }
                continue;
            }
            int end = source.stringEnd(i, to);
            if (end < 0) {
                ascii = false;
                end = ~end;
            }
            hold(i, end);
            i = end;
            if (i == to) {
                break;
            }
            byte b = source.at(i);
            if (b == '"') {
                return endHeldString(span) ? i : DIFFERENT;
            }
            if (b != '\\') {
                return DIFFERENT;
            }
            escaped = true;
            hold(i, i + 1);
            i++;
            cutEscape = 1;
        }
        return UNFINISHED;
    }

    /** Whether there is a byte that no escape has: a line end, after which the frame may be over. */
    private boolean hasControl(int from, int to) {
        for (int i = from; i < to; i++) {
            if (isControl(source.at(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isControl(byte b) {
        return b >= 0 && b < ' ';
    }

    private boolean endHeldString(Span span) {
        if (!ascii && Utf8.illFormedAt(held, partial, heldLength) != heldLength) {
            return false;
        }
        span.unescaped = escaped;
        if (span.text != null && escaped) {
            decoder.unescape(held, partial, heldLength, span.text.present());
        }
        return !decoder.sawLoneSurrogate();
    }

    private int resumeNumber(Span span, int from, int to) {
        int end = readNumber(span, from, to);
        hold(from, end == UNFINISHED ? to : Math.max(end, from));
        return end;
    }

    private int readNumber(Span span, int from, int to) {
        int last = Math.min(to, from + MAX_DIGITS + 1);
        int i = from;
        long value = number;
        while (i < last) {
            int digit = source.at(i) - '0';
            if (digit < 0 || digit > 9) {
                digits += i - from;
                return endNumber(span, value, i);
            }
            value = value * 10 + digit;
            i++;
        }
        digits += i - from;
        number = value;
        return i == to && digits <= MAX_DIGITS ? UNFINISHED : DIFFERENT;
    }

    private int endNumber(Span span, long value, int i) {
        boolean isPlain = digits > 0 && digits <= MAX_DIGITS && (digits == 1 || value >= POWERS_OF_TEN[digits - 1]);
        // An event id of 1 says that the frame is the first one.
        if (!isPlain || span.kind == Span.Kind.EVENT_ID && value == 1) {
            return DIFFERENT;
        }
        if (span.number != null) {
            span.number.set(value);
        }
        return i;
    }

    private int skipValue(int from, int to) {
        source.view(from, to, skipped);
        skipper.wrap(skipped);
        // A blank would be skipped before the value, where there was none in the template.
        boolean isValue = skipper.position() == 0 && skipper.kind() != JsonCursor.Kind.NONE;
        skipper.skip();
        int length = skipper.position();
        // Behind a number that ends with the input there may be more of it.
        boolean isWhole = isValue && length > 0 && from + length < to;
        skipper.end();
        skipped.clear();
        // A line end is a blank to JSON; but it ends the line that the value stands in.
        boolean isInLine = isWhole && !source.hasLineEnd(from, from + length);
        return isInLine && source.isWellFormed(from, from + length) ? from + length : DIFFERENT;
    }

    // Values that are compared, and differ.

    private int readChange(Template with, int i, int to) {
        Span span = with.spanAt(position);
        if (span == null) {
            return DIFFERENT;
        }
        if (position == span.end && span.isKnownText()) {
            return readGrowth(with, span, i, to);
        }
        int begin = i - (position - span.start);
        if (begin < inputStart) {
            return DIFFERENT;
        }
        int end = switch (span.kind) {
            case STRING -> findStringEnd(begin, to);
            case NUMBER, EVENT_ID -> {
                number = 0;
                digits = 0;
                yield readNumber(span, begin, to);
            }
            case VALUE -> skipValue(begin, to);
            case FIXED -> DIFFERENT;
        };
        if (end < 0) {
            return DIFFERENT;
        }
        with.replace(span, span.start, source, begin, end);
        position = span.end;
        if (span.text != null && !showChange(with, span, span.text)) {
            // What now stands in the template must not be found there by the next frame.
            with.setBroken();
            return DIFFERENT;
        }
        return end;
    }

    /** Shows a text where it can stay: in the template, or in memory of its own. */
    private boolean showChange(Template with, Span span, TextValue text) {
        span.unescaped = escaped;
        Slice shown = text.present();
        if (!escaped) {
            shown.wrap(with.bytes, span.start, span.end - span.start);
            return true;
        }
        decoder.unescape(with.bytes, span.start, span.end, shown);
        if (!span.isSlot) {
            byte[] own = shown.toByteArray();
            shown.wrap(own, 0, own.length);
        }
        return !decoder.sawLoneSurrogate();
    }

    /** What follows a text that is known: nothing of it is walked again. */
    private int readGrowth(Template with, Span span, int i, int to) {
        int end = findStringEnd(i, to);
        if (end < 0) {
            return DIFFERENT;
        }
        with.replace(span, span.end, source, i, end);
        position = span.end;
        grew = true;
        if (span.text != null) {
            decoder.unescape(with.bytes, span.end - (end - i), span.end, span.text.growth());
        }
        return decoder.sawLoneSurrogate() ? DIFFERENT : end;
    }

    private static final long[] POWERS_OF_TEN = new long[MAX_DIGITS];

    static {
        POWERS_OF_TEN[0] = 1;
        for (int i = 1; i < MAX_DIGITS; i++) {
            POWERS_OF_TEN[i] = POWERS_OF_TEN[i - 1] * 10;
        }
    }
}
