package io.phaseline.json;

import io.phaseline.bytes.Slice;
import io.phaseline.bytes.StringEnds;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The fast path: reads RFC 8259 where the bytes lie.
 *
 * <p>A string without escapes is a view into the payload; one with escapes is unescaped into the arena. Nothing is
 * decoded that was not asked for, but everything is checked: what is skipped is held to the grammar as well as what is
 * read, because a payload that is no JSON must not be believed in part.
 *
 * <p>It reads arrays only; of what it refuses, Jackson is the judge: a payload is malformed if both say so.
 */
public final class ByteCursor implements JsonCursor {
    private static final byte[] NO_BYTES = {};
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};
    private static final byte[] NAN = {'N', 'a', 'N'};
    private static final byte[] INFINITY = {'I', 'n', 'f', 'i', 'n', 'i', 't', 'y'};
    private static final byte[] MINUS_INFINITY = {'-', 'I', 'n', 'f', 'i', 'n', 'i', 't', 'y'};

    /** Longer literals than this hold no whole number of 64 bits that anybody writes. */
    private static final int LONGEST_NUMBER = 64;

    private static final int ALWAYS_A_LONG = 18;

    private static final int NAME_SLOTS = 256;
    private static final int PLACES_PER_NAME = 4;
    private static final int LONGEST_CACHED_NAME = 64;

    private final int maxDepth;
    private final TextArena arena = new TextArena();
    private final StringDecoder decoder = new StringDecoder(arena);
    private final TextParts parts = new TextParts(this, arena, this::appendScalar);
    private final Slice text = new Slice();
    private final @Nullable String[] names = new String[NAME_SLOTS + PLACES_PER_NAME];
    private int nextPlace;

    /** One bit for each level that is entered: set for an object. */
    private final long[] isObject;

    private byte[] bytes = NO_BYTES;
    private int start;
    private int end;
    private int at;
    private int depth;
    /** Whether the container just entered has not been looked into yet. */
    private boolean fresh;

    private boolean failed;
    private String name = "";

    /**
     * A cursor.
     *
     * @param maxDepth how deep a text may be nested
     */
    public ByteCursor(int maxDepth) {
        this.maxDepth = maxDepth;
        this.isObject = new long[(maxDepth >> 6) + 1];
    }

    @Override
    public void wrap(Slice payload) {
        byte[] array = payload.array();
        text.wrap(payload);
        bytes = Objects.requireNonNull(array, "the payload lies over an array");
        start = payload.offset();
        end = start + payload.length();
        at = start;
        depth = 0;
        failed = false;
        arena.clear();
        skipBlanks();
    }

    // The grammar.

    private boolean fail() {
        failed = true;
        at = end;
        return false;
    }

    private void skipBlanks() {
        byte[] b = bytes;
        int i = at;
        while (i < end && (b[i] == ' ' || b[i] == '\n' || b[i] == '\r' || b[i] == '\t')) {
            i++;
        }
        at = i;
    }

    private boolean push(boolean object) {
        if (depth == maxDepth) {
            return fail();
        }
        long bit = 1L << depth;
        if (object) {
            isObject[depth >> 6] |= bit;
        } else {
            isObject[depth >> 6] &= ~bit;
        }
        depth++;
        at++;
        return true;
    }

    private boolean inObject() {
        return (isObject[depth - 1 >> 6] & 1L << depth - 1) != 0;
    }

    private boolean enter(char open) {
        if (at == end || bytes[at] != open) {
            skip();
            return false;
        }
        fresh = true;
        return push(open == '{');
    }

    /** Goes to what comes next in the container: true if there is something, false if it ends here (or is broken). */
    private boolean next(char close) {
        if (failed) {
            return false;
        }
        skipBlanks();
        if (at == end) {
            return fail();
        }
        boolean first = fresh;
        fresh = false;
        byte b = bytes[at];
        if (b == close) {
            at++;
            depth--;
            return false;
        }
        if (!first) {
            if (b != ',') {
                return fail();
            }
            at++;
            skipBlanks();
            if (at == end) {
                return fail();
            }
        }
        return true;
    }

    /** Consumes {@code "name" :} and what is blank behind it; the name lies between the answer and {@link #nameEnd}. */
    private int consumeName() {
        if (bytes[at] != '"') {
            fail();
            return -1;
        }
        int from = at + 1;
        int to = consumeString();
        if (to < 0) {
            return -1;
        }
        nameEnd = to;
        skipBlanks();
        if (at == end || bytes[at] != ':') {
            fail();
            return -1;
        }
        at++;
        skipBlanks();
        if (at == end) {
            fail();
            return -1;
        }
        return from;
    }

    private int nameEnd;
    private boolean sawEscape;

    /** Consumes a string whose opening quote is at hand; answers where its closing quote is, or -1. */
    private int consumeString() {
        byte[] b = bytes;
        int i = at + 1;
        sawEscape = false;
        while (true) {
            i = StringEnds.find(b, i, end);
            if (i == end || b[i] >= 0 && b[i] < ' ') {
                fail();
                return -1;
            }
            if (b[i] == '"') {
                at = i + 1;
                return i;
            }
            sawEscape = true;
            i = StringDecoder.escapeEnd(b, i, end);
            if (i < 0) {
                fail();
                return -1;
            }
        }
    }

    private boolean consumeLiteral(byte[] literal) {
        int to = at + literal.length;
        if (to > end) {
            return fail();
        }
        for (int i = 0; i < literal.length; i++) {
            if (bytes[at + i] != literal[i]) {
                return fail();
            }
        }
        at = to;
        return endsHere();
    }

    /** A literal or number ends at the end, at a blank, or where structure goes on. */
    private boolean endsHere() {
        if (at == end) {
            return true;
        }
        byte b = bytes[at];
        return b == ',' || b == '}' || b == ']' || b == ' ' || b == '\n' || b == '\r' || b == '\t' || fail();
    }

    private boolean consumeNumber() {
        byte[] b = bytes;
        int i = at;
        if (b[i] == '-') {
            i++;
        }
        int digits = digitsEnd(i);
        if (digits == i || b[i] == '0' && digits > i + 1) {
            return fail();
        }
        i = digits;
        if (i < end && b[i] == '.') {
            digits = digitsEnd(i + 1);
            if (digits == i + 1) {
                return fail();
            }
            i = digits;
        }
        if (i < end && (b[i] | 0x20) == 'e') {
            i++;
            if (i < end && (b[i] == '+' || b[i] == '-')) {
                i++;
            }
            digits = digitsEnd(i);
            if (digits == i) {
                return fail();
            }
            i = digits;
        }
        at = i;
        return endsHere();
    }

    private int digitsEnd(int i) {
        int k = i;
        while (k < end && bytes[k] >= '0' && bytes[k] <= '9') {
            k++;
        }
        return k;
    }

    /** Consumes a value that is no container. */
    private boolean consumeScalar() {
        return switch (kind()) {
            case STRING -> consumeString() >= 0;
            case NUMBER -> consumeNumber();
            case BOOLEAN -> consumeLiteral(bytes[at] == 't' ? TRUE : FALSE);
            case NULL -> consumeLiteral(NULL);
            case NOT_A_NUMBER -> consumeLiteral(bytes[at] == 'N' ? NAN : bytes[at] == 'I' ? INFINITY : MINUS_INFINITY);
            case OBJECT, ARRAY, NONE -> fail();
        };
    }

    // The cursor.

    @Override
    public Kind kind() {
        if (failed || at == end) {
            return Kind.NONE;
        }
        return switch (bytes[at]) {
            case '{' -> Kind.OBJECT;
            case '[' -> Kind.ARRAY;
            case '"' -> Kind.STRING;
            case 't', 'f' -> Kind.BOOLEAN;
            case 'n' -> Kind.NULL;
            case 'N', 'I' -> Kind.NOT_A_NUMBER;
            case '-' -> at + 1 < end && bytes[at + 1] == 'I' ? Kind.NOT_A_NUMBER : Kind.NUMBER;
            case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> Kind.NUMBER;
            default -> Kind.NONE;
        };
    }

    @Override
    public boolean enterObject() {
        return enter('{');
    }

    @Override
    public boolean nextMember() {
        if (!next('}')) {
            return false;
        }
        int from = consumeName();
        if (from < 0) {
            return false;
        }
        name = sawEscape ? unescapedName(from) : nameAt(from);
        return true;
    }

    private String nameAt(int from) {
        int length = nameEnd - from;
        int hash = length;
        for (int i = from; i < nameEnd; i++) {
            hash = hash * 31 + bytes[i];
        }
        int slot = (hash ^ hash >>> 9) & NAME_SLOTS - 1;
        for (int i = slot; i < slot + PLACES_PER_NAME; i++) {
            String cached = names[i];
            if (cached != null && isNameAt(cached, from, length)) {
                return cached;
            }
        }
        String fresh = new String(bytes, from, length, StandardCharsets.UTF_8);
        if (length <= LONGEST_CACHED_NAME && fresh.length() == length) {
            names[slot + nextPlace] = fresh;
            nextPlace = nextPlace + 1 & PLACES_PER_NAME - 1;
        }
        return fresh;
    }

    private boolean isNameAt(String cached, int from, int length) {
        if (cached.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[from + i] != cached.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private String unescapedName(int from) {
        int mark = arena.length();
        decoder.unescape(bytes, from, nameEnd, view);
        String unescaped = view.toString();
        arena.cutTo(mark);
        return unescaped;
    }

    private final Slice view = new Slice();

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean enterArray() {
        return enter('[');
    }

    @Override
    public boolean nextElement() {
        return next(']') && (kind() != Kind.NONE || fail());
    }

    @Override
    public void readParts(TextValue into, String member) {
        into.clear();
        switch (kind()) {
            case STRING -> {
                int from = at + 1;
                int to = consumeString();
                if (to < 0) {
                    return;
                }
                if (sawEscape) {
                    decoder.unescape(bytes, from, to, into.present());
                } else {
                    into.present().wrap(bytes, from, to - from);
                }
            }
            case NUMBER, BOOLEAN -> {
                int from = at;
                if (consumeScalar()) {
                    into.present().wrap(bytes, from, at - from);
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
            case NULL, NOT_A_NUMBER, NONE -> skip();
        }
    }

    /** Consumes a scalar and appends its text to the arena. */
    private void appendScalar() {
        boolean isString = bytes[at] == '"';
        int from = isString ? at + 1 : at;
        if (!consumeScalar()) {
            return;
        }
        if (isString && sawEscape) {
            decoder.append(bytes, from, at - 1);
        } else {
            arena.append(bytes, from, (isString ? at - 1 : at) - from);
        }
    }

    @Override
    public void readRaw(Slice into) {
        int from = at;
        skip();
        if (!failed) {
            into.wrap(bytes, from, at - from);
        }
    }

    @Override
    public long readLong() {
        if (kind() != Kind.NUMBER) {
            skip();
            return NOT_A_LONG;
        }
        int from = at;
        if (!consumeNumber()) {
            return NOT_A_LONG;
        }
        int length = at - from;
        return length > LONGEST_NUMBER ? NOT_A_LONG : longOf(from, length);
    }

    private long longOf(int from, int length) {
        if (length > ALWAYS_A_LONG) {
            return exactLongOf(from, length);
        }
        boolean negative = bytes[from] == '-';
        long value = 0;
        for (int i = negative ? from + 1 : from; i < from + length; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return exactLongOf(from, length);
            }
            value = value * 10 + digit;
        }
        return negative ? -value : value;
    }

    private long exactLongOf(int from, int length) {
        try {
            return new BigDecimal(new String(bytes, from, length, StandardCharsets.US_ASCII)).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            return NOT_A_LONG;
        }
    }

    @Override
    public boolean isTrue() {
        return !failed && at < end && bytes[at] == 't';
    }

    @Override
    public void skip() {
        int outer = depth;
        boolean value = true;
        while (!failed) {
            if (value) {
                byte b = at < end ? bytes[at] : 0;
                if (b == '{' || b == '[') {
                    fresh = true;
                    push(b == '{');
                } else if (!consumeScalar()) {
                    return;
                }
            }
            if (depth == outer) {
                fresh = false;
                return;
            }
            boolean object = inObject();
            value = next(object ? '}' : ']');
            if (value && object) {
                value = consumeName() >= 0;
            }
        }
    }

    @Override
    public int valueStart() {
        return at - start;
    }

    @Override
    public int position() {
        return at - start;
    }

    @Override
    public boolean sawLoneSurrogate() {
        return arena.sawLoneSurrogate();
    }

    @Override
    public boolean end() {
        if (!failed) {
            skipBlanks();
            if (at != end || depth != 0) {
                fail();
            }
        }
        bytes = NO_BYTES;
        text.clear();
        return !failed;
    }
}
