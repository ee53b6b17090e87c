package io.phaseline.template;

import io.phaseline.bytes.Digits;
import io.phaseline.bytes.Slice;
import io.phaseline.bytes.SliceCopy;
import io.phaseline.bytes.Utf8;
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

    private static final int LONGEST_ESCAPE = 6;
    private static final int NOT_IN_SLOT = -1;

    private final int maxFrameBytes;
    private final Source source = new Source();
    private final StringDecoder decoder = new StringDecoder();
    private final PlainSlots plainSlots = new PlainSlots(source, decoder);
    private final StringReader strings = new StringReader(source, decoder);
    private final ValueSkipper skipper;

    private @Nullable Template template;

    // How far the match has come.
    private int slot;
    private int position;
    private boolean grew;
    private boolean changed;

    /** Whether the frame may be different only because an input ended in a value that is read whole or not at all. */
    private boolean cutShort;

    /** Whether anything is left of a frame that did not go the plain way. */
    private boolean dirty;

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
        this.skipper = new ValueSkipper(source, strings, maxDepth);
    }

    /** Lets go of the input. */
    public void leaveInput() {
        if (source.isSet()) {
            source.clear();
        }
    }

    /** Whether a frame that is different may be of the same form all the same: there is nothing to learn from it. */
    public boolean wasCutShort() {
        return cutShort;
    }

    /** Where in the template the frame turned out to be different; 0 if that cannot be told by one byte of a frame. */
    public int differedAt() {
        return slot == 0 ? position : 0;
    }

    /** Whether other values differed than those that are restless. */
    public boolean hasChanged() {
        return changed;
    }

    /** How many bytes had to be copied because an input ended in the midst of a frame. */
    public long bytesCopied() {
        return bytesCopied;
    }

    /** Forgets the frame it has stopped in. */
    public void reset() {
        clear();
        bytesCopied = 0;
    }

    private void clear() {
        dirty = false;
        template = null;
        source.clear();
        decoder.clear();
        strings.nextFrame();
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
        if (dirty) {
            clear();
        }
        forgetTexts();
        with.prepare();
        changed = false;
        source.set(array, buffer);
        int i = runPlain(with, from, to);
        if (i >= 0) {
            return i;
        }
        i = ~i;
        dirty = true;
        template = with;
        grew = false;
        cutShort = false;
        frameStart = from;
        inputStart = from;
        return run(with, i, to);
    }

    /** Takes an input, array or buffer, for what is compared on the plain way only. */
    public void enterInput(byte @Nullable [] array, @Nullable ByteBuffer buffer) {
        source.set(array, buffer);
    }

    /** Whether a frame has another byte than the template at a place in front of all slots. */
    public boolean isOtherAt(Template with, int place, int from, int to) {
        return place > 0 && place < to - from && source.at(from + place) != with.bytes[place];
    }

    /**
     * Whether a frame may match a template: not if it begins otherwise, but for an event id; {@link #differedAt} then tells
     * where. Much quicker than to find out by {@link #match}.
     */
    public boolean mayBeLike(Template with, int from, int to) {
        int i = from + with.idStart();
        if (with.keyStart > 0) {
            while (i < to && source.at(i) >= '0' && source.at(i) <= '9') {
                i++;
            }
        }
        if (with.keyLength > to - i) {
            return true;
        }
        int same = source.same(i, with.bytes, with.view, with.keyStart, with.keyLength);
        slot = with.keyStart > 0 ? 1 : 0;
        position = same;
        return same == with.keyLength;
    }

    /**
     * Compares on the plain way only, on which nothing in the template changes.
     *
     * @return where the frame ends; negative if that way leads nowhere, and the frame has to be compared anew
     */
    public int matchPlain(Template with, int from, int to) {
        forgetTexts();
        return runPlain(with, from, to);
    }

    /** Whether a frame begins like a template that follows itself. */
    public boolean isHeadAt(Refrain with, int from, int to) {
        return with.isHeadAt(source, from, to);
    }

    /**
     * Compares a frame with a template that follows itself, on the plain way.
     *
     * @param from where the frame's first slot begins: what stands in front of it is known to match
     */
    public int matchPlain(Refrain with, int from, int to) {
        forgetTexts();
        return with.match(source, plainSlots, from, to);
    }

    private void forgetTexts() {
        if (decoder.isUsed()) {
            decoder.clear();
        }
    }

    /**
     * The way that nearly all frames go, in few instructions: whole in one input, and nothing in them but what is
     * expected. Where something else comes it leaves the match as it stands.
     *
     * @return where the frame ends; or inverted where it was left
     */
    private int runPlain(Template with, int from, int to) {
        Span[] slots = with.slots;
        byte[] known = with.bytes;
        int i = from;
        int at = 0;
        int next = 0;
        while (true) {
            Span span = next < slots.length ? slots[next] : null;
            int run = (span != null ? span.start : with.length) - at;
            if (run > to - i || !source.areSame(i, known, with.view, at, run)) {
                break;
            }
            i += run;
            if (span == null) {
                if (i - from > maxFrameBytes) {
                    break;
                }
                with.matched();
                return i;
            }
            at = span.start;
            int end = plainSlots.read(span, i, to);
            if (end < 0) {
                break;
            }
            span.rawFrom = i;
            span.rawLength = end - i;
            i = end;
            at = span.end;
            next++;
        }
        slot = next;
        position = at;
        return ~i;
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
            int same = source.same(i, with.bytes, with.view, at, there);
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
                i = readSlot(span, begin, to);
                if (i < 0) {
                    slot = next;
                    position = at;
                    cutShort = span.kind == Span.Kind.VALUE;
                    return i == UNFINISHED ? giveInSlot(with, begin, to) : give(with, i, to);
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
            return UNFINISHED;
        }
        if (grew) {
            with.setBroken();
        }
        return DIFFERENT;
    }

    private int giveInSlot(Template with, int begin, int to) {
        escaped = strings.isEscaped();
        ascii = strings.isAscii();
        cutEscape = strings.cutEscape();
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
                int end = strings.findEnd(i, to, span.text != null);
                span.isLong = end - i >= KnownStrings.MIN_LENGTH;
                return end < 0 ? end : showString(span, i, end);
            }
            case NUMBER, EVENT_ID -> {
                number = 0;
                digits = 0;
                return readNumber(span, i, to);
            }
            case VALUE -> {
                return skipper.end(i, to);
            }
            case FIXED -> {
                return DIFFERENT;
            }
        }
        throw new AssertionError();
    }

    private int showString(Span span, int begin, int end) {
        TextValue text = span.text;
        if (text == null) {
            return end;
        }
        span.unescaped = strings.isEscaped();
        strings.show(begin, end, text.present());
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
        int last = Math.min(to, from + Span.MAX_DIGITS + 1);
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
        return i == to && digits <= Span.MAX_DIGITS ? UNFINISHED : DIFFERENT;
    }

    private int endNumber(Span span, long value, int i) {
        boolean isPlain =
                digits > 0 && digits <= Span.MAX_DIGITS && (digits == 1 || value >= Digits.powerOfTen(digits - 1));
        // An event id of 1 says that the frame is the first one.
        if (!isPlain || span.kind == Span.Kind.EVENT_ID && value == 1) {
            return DIFFERENT;
        }
        if (span.number != null) {
            span.number.set(value);
        }
        return i;
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
        cutShort = span.kind == Span.Kind.VALUE;
        if (begin < inputStart) {
            return DIFFERENT;
        }
        int end = switch (span.kind) {
            case STRING -> strings.findEnd(begin, to, span.text != null);
            case NUMBER, EVENT_ID -> {
                number = 0;
                digits = 0;
                yield readNumber(span, begin, to);
            }
            case VALUE -> skipper.end(begin, to);
            case FIXED -> DIFFERENT;
        };
        if (end < 0) {
            return DIFFERENT;
        }
        cutShort = false;
        changed = true;
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
        span.unescaped = strings.isEscaped();
        Slice shown = text.present();
        if (!span.unescaped) {
            shown.wrap(with.bytes, span.start, span.end - span.start);
            return true;
        }
        if (!strings.showUnescaped(shown)) {
            decoder.unescape(with.bytes, span.start, span.end, shown);
        }
        if (!span.isSlot) {
            SliceCopy own = span.own;
            if (own == null) {
                own = new SliceCopy();
                span.own = own;
            }
            own.set(shown);
            shown.wrap(own.get());
        }
        return !decoder.sawLoneSurrogate();
    }

    /** What follows a text that is known: nothing of it is walked again. */
    private int readGrowth(Template with, Span span, int i, int to) {
        int end = strings.findEnd(i, to, span.text != null);
        if (end < 0) {
            return DIFFERENT;
        }
        changed = true;
        with.replace(span, span.end, source, i, end);
        position = span.end;
        grew = true;
        if (span.text != null) {
            Slice growth = span.text.growth();
            if (!strings.showUnescaped(growth)) {
                decoder.unescape(with.bytes, span.end - (end - i), span.end, growth);
            }
        }
        return decoder.sawLoneSurrogate() ? DIFFERENT : end;
    }
}
