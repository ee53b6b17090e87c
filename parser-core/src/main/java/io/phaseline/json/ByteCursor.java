package io.phaseline.json;

import io.phaseline.bytes.Slice;
import io.phaseline.bytes.StringEnds;
import java.nio.charset.StandardCharsets;

/**
 * The fast path: reads RFC 8259 where the bytes lie.
 *
 * <p>A string without escapes is a view into the payload; one with escapes is unescaped into the arena. Nothing is
 * decoded that was not asked for, but everything is checked: what is skipped is held to the grammar as well as what is
 * read, because a payload that is no JSON must not be believed in part.
 *
 * <p>Of what it refuses, Jackson is the judge: a payload is malformed if both say so.
 */
public final class ByteCursor implements JsonCursor {
    private static final Kind[] KINDS = kinds();

    private final int maxDepth;
    private final PayloadBytes payload = new PayloadBytes();
    private final NameCache names = new NameCache();
    private final Skipper skipper;
    private final TextArena arena = new TextArena();
    private final StringDecoder decoder = new StringDecoder(arena);
    private final TextParts parts = new TextParts(this, arena, this::appendScalar);
    private final WholeNumbers numbers = new WholeNumbers();
    private final Slice view = new Slice();

    /** What {@link #payload} shows, at hand. */
    private byte[] bytes = PayloadBytes.NONE;

    private int end;
    private int at;
    private int depth;
    /** Whether the container just entered has not been looked into yet. */
    private boolean fresh;

    private boolean failed;

    /**
     * A cursor.
     *
     * @param maxDepth how deep a text may be nested
     */
    public ByteCursor(int maxDepth) {
        this.maxDepth = maxDepth;
        this.skipper = new Skipper(maxDepth);
    }

    private static Kind[] kinds() {
        Kind[] kinds = new Kind[256];
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] = switch (i) {
                case '{' -> Kind.OBJECT;
                case '[' -> Kind.ARRAY;
                case '"' -> Kind.STRING;
                case 't', 'f' -> Kind.BOOLEAN;
                case 'n' -> Kind.NULL;
                case 'N', 'I' -> Kind.NOT_A_NUMBER;
                case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> Kind.NUMBER;
                default -> Kind.NONE;
            };
        }
        return kinds;
    }

    @Override
    public void wrap(Slice text) {
        bytes = payload.show(text);
        end = payload.start() + text.length();
        at = Scalars.blanksEnd(bytes, payload.start(), end);
        depth = 0;
        failed = false;
        arena.clear();
        names.begin();
    }

    /** Nothing more is read: behind the end there is nothing in any container. */
    private boolean fail() {
        failed = true;
        at = end;
        return false;
    }

    // Containers.

    @Override
    public boolean enterObject() {
        return enter('{');
    }

    @Override
    public boolean enterArray() {
        return enter('[');
    }

    private boolean enter(char open) {
        if (at == end || bytes[at] != open) {
            skip();
            return false;
        }
        if (depth == maxDepth) {
            return fail();
        }
        depth++;
        at++;
        fresh = true;
        return true;
    }

    /** The index of the next element; -1 if the array ends here, which leaves it, or is broken. */
    private int next() {
        byte[] b = bytes;
        int i = Scalars.blanksEnd(b, at, end);
        if (i == end) {
            fail();
            return -1;
        }
        boolean first = fresh;
        fresh = false;
        if (b[i] == ']') {
            at = i + 1;
            depth--;
            return -1;
        }
        if (first) {
            return i;
        }
        i = b[i] == ',' ? Scalars.blanksEnd(b, i + 1, end) : end;
        if (i == end) {
            fail();
            return -1;
        }
        return i;
    }

    @Override
    public boolean nextElement() {
        int i = next();
        if (i < 0) {
            return false;
        }
        at = i;
        return kind() != Kind.NONE || fail();
    }

    @Override
    public boolean nextMember() {
        byte[] b = bytes;
        int i = at;
        if (names.isGuessing() && i < end && (fresh || b[i] == ',')) {
            int value = names.expected(b, fresh ? i : i + 1, end);
            if (value >= 0 && value < end && b[value] > ' ') {
                fresh = false;
                at = value;
                return true;
            }
        }
        return nextOddMember(b, i);
    }

    /** Goes to a member that was not expected, or has blanks around it. */
    private boolean nextOddMember(byte[] b, int from) {
        int commas = fresh ? 0 : 1;
        int i = from;
        int gap = Gaps.at(b, i, ',');
        int length = Gaps.length(gap);
        if (length < Long.BYTES && i + length < end && Gaps.separators(gap) == commas && b[i + length] == '"') {
            fresh = false;
            i += length;
        } else {
            i = nextName(b, i);
            if (i < 0) {
                return false;
            }
        }
        int quote = names.quick(b, i + 1, end);
        int value = quote < 0 ? nameEnd(b, i + 1) : quote + 1;
        if (value < 0) {
            return fail();
        }
        gap = Gaps.at(b, value, ':');
        length = Gaps.length(gap);
        if (length < Long.BYTES && value + length < end && Gaps.separators(gap) == 1 && b[value + length] > ' ') {
            // Not one of the rare blanks, which are no part of a gap.
            at = value + length;
            return true;
        }
        value = Skipper.valueStart(b, value, end);
        if (value < 0 || value == end) {
            return fail();
        }
        at = value;
        return true;
    }

    /** The index of the next name's quote; -1 if the object ends here, which leaves it, or is broken. */
    private int nextName(byte[] b, int from) {
        boolean first = fresh;
        fresh = false;
        int i = Scalars.blanksEnd(b, from, end);
        if (i < end && b[i] == '}') {
            at = i + 1;
            depth--;
            return -1;
        }
        if (!first) {
            i = i < end && b[i] == ',' ? Scalars.blanksEnd(b, i + 1, end) : end;
        }
        if (i == end || b[i] != '"') {
            fail();
            return -1;
        }
        return i;
    }

    /** Takes a name that was not expected: answers the index behind its closing quote, or -1. */
    private int nameEnd(byte[] b, int from) {
        int i = StringEnds.find(b, from, end);
        if (i < end && b[i] == '"') {
            names.lookUp(b, from, i);
            return i + 1;
        }
        int to = Scalars.escapedStringEnd(b, i, end);
        if (to >= 0) {
            int mark = arena.length();
            decoder.unescape(b, from, to - 1, view);
            names.take(view.toString());
            arena.cutTo(mark);
        }
        return to;
    }

    @Override
    public String name() {
        return names.name();
    }

    @Override
    public Member member() {
        return names.member();
    }

    // Values.

    @Override
    public Kind kind() {
        if (at == end) {
            return Kind.NONE;
        }
        byte b = bytes[at];
        if (b == '-' && at + 1 < end && bytes[at + 1] == 'I') {
            return Kind.NOT_A_NUMBER;
        }
        return KINDS[b & 0xFF];
    }

    @Override
    public void skip() {
        int to = at < end ? skipper.end(bytes, at, end, depth) : -1;
        if (to < 0) {
            fail();
        } else {
            at = to;
        }
    }

    @Override
    public void readParts(TextValue into, String member) {
        if (at < end && bytes[at] == '"') {
            readString(into);
        } else if (Scalars.isNullAt(bytes, at, end)) {
            into.clear();
            at += 4;
        } else {
            readOther(into, member);
        }
    }

    private void readString(TextValue into) {
        int from = at + 1;
        int to = decoder.readQuickly(bytes, from, end, view);
        if (to >= 0) {
            at = to;
            if (decoder.wasPlain()) {
                payload.view(from, to - 1 - from, into.present());
            } else {
                into.present().wrap(view);
            }
            return;
        }
        int i = StringEnds.find(bytes, from, end);
        if (i < end && bytes[i] == '"') {
            at = i + 1;
            payload.view(from, i - from, into.present());
            return;
        }
        to = Scalars.escapedStringEnd(bytes, i, end);
        if (to < 0) {
            into.clear();
            fail();
            return;
        }
        at = to;
        decoder.unescape(bytes, from, to - 1, into.present());
    }

    private void readOther(TextValue into, String member) {
        into.clear();
        switch (kind()) {
            case NUMBER, BOOLEAN -> {
                int from = at;
                skip();
                if (!failed) {
                    payload.view(from, at - from, into.present());
                }
            }
            case ARRAY -> {
                int mark = arena.length();
                if (parts.append(member)) {
                    arena.viewFrom(mark, into.present());
                }
            }
            case OBJECT -> {
                skip();
                into.odd();
            }
            case STRING, NULL, NOT_A_NUMBER, NONE -> skip();
        }
    }

    /** Consumes a scalar and appends its text to the arena. */
    private void appendScalar() {
        boolean isString = bytes[at] == '"';
        int from = at;
        skip();
        if (failed) {
            return;
        }
        if (isString) {
            decoder.append(bytes, from + 1, at - 1);
        } else {
            arena.append(bytes, from, at - from);
        }
    }

    @Override
    public void readRaw(Slice into) {
        int from = at;
        skip();
        if (!failed) {
            payload.view(from, at - from, into);
        }
    }

    @Override
    public long readLong() {
        if (kind() != Kind.NUMBER) {
            skip();
            return NOT_A_LONG;
        }
        long value = numbers.read(bytes, at, end);
        if (value == NOT_A_LONG) {
            return readOddLong();
        }
        at = numbers.end();
        return value;
    }

    private long readOddLong() {
        int from = at;
        skip();
        int length = at - from;
        return failed || length > WholeNumbers.LONGEST_LITERAL
                ? NOT_A_LONG
                : WholeNumbers.valueOf(new String(bytes, from, length, StandardCharsets.US_ASCII));
    }

    @Override
    public boolean isTrue() {
        return at < end && bytes[at] == 't';
    }

    // The text.

    @Override
    public int valueStart() {
        return at - payload.start();
    }

    @Override
    public int position() {
        return at - payload.start();
    }

    @Override
    public boolean sawLoneSurrogate() {
        return arena.sawLoneSurrogate();
    }

    /** Lets go of what a long text took; what was read is void. */
    public void trim() {
        arena.clear();
    }

    /** Whether a long text took memory that is worth letting go of. */
    public boolean isLarge() {
        return arena.isLarge();
    }

    @Override
    public boolean end() {
        if (!failed && (Scalars.blanksEnd(bytes, at, end) != end || depth != 0)) {
            fail();
        }
        bytes = PayloadBytes.NONE;
        at = 0;
        end = 0;
        payload.letGo();
        return !failed;
    }
}
