package io.phaseline.reference;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JSON text as a tree: {@link Obj}, {@code List}, {@code String}, {@link Num}, {@code Boolean}, {@code null}. One
 * method a rule of RFC 8259; Jackson is no judge here, because it refuses names that hold a lone surrogate.
 */
final class ReferenceJson {
    private static final Set<String> NOT_FINITE = Set.of("NaN", "Infinity", "-Infinity");
    private static final Pattern NUMBER =
            Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|NaN|-?Infinity");

    private final String text;
    private final int maxDepth;
    private int at;

    private ReferenceJson(String text, int maxDepth) {
        this.text = text;
        this.maxDepth = maxDepth;
    }

    /** A number as it was written; {@code NaN} and the infinities are numbers that say nothing. */
    record Num(String text) {
        boolean isFinite() {
            return !NOT_FINITE.contains(text);
        }

        /** The value if it is integral, not negative, fits 63 bits, and is written in at most 64 characters. */
        @Nullable
        Long counter() {
            if (!isFinite() || text.length() > 64) {
                return null;
            }
            BigDecimal value;
            try {
                value = new BigDecimal(text);
            } catch (NumberFormatException e) {
                return null; // an exponent beyond 32 bits, which counts nothing, not even with a zero
            }
            if (value.signum() == 0) {
                return 0L;
            }
            value = value.stripTrailingZeros();
            if (value.signum() < 0 || value.scale() > 0 || value.precision() - (long) value.scale() > 19) {
                return null;
            }
            BigInteger integer = value.toBigIntegerExact();
            return integer.bitLength() <= 63 ? integer.longValue() : null;
        }
    }

    /** An object; of duplicate members the last one is kept. The raw text is as it stands in the payload. */
    record Obj(Map<String, Object> members, Set<String> namesWithValues, String raw) {
        /** Whether any member of that name, also one that another replaced, is more than null. */
        boolean hasValue(String name) {
            return namesWithValues.contains(name);
        }

        @Nullable
        Object get(String name) {
            return members.get(name);
        }

        boolean has(String name) {
            return members.containsKey(name);
        }

        @Nullable
        Obj object(String name) {
            return get(name) instanceof Obj object ? object : null;
        }

        @Nullable
        List<?> list(String name) {
            return get(name) instanceof List<?> list ? list : null;
        }

        boolean isEmpty() {
            return members.isEmpty();
        }
    }

    /** What came of reading a text: whether it is one complete JSON text, and which. */
    record Parsed(boolean complete, @Nullable Object value) {}

    /** It is no JSON, or nested too deeply. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused() {
            super(null, null, false, false);
        }
    }

    static Parsed read(String text, int maxDepth) {
        ReferenceJson reader = new ReferenceJson(text, maxDepth);
        try {
            reader.skipSpace();
            Object value = reader.value(0);
            reader.skipSpace();
            return reader.at == text.length() ? new Parsed(true, value) : new Parsed(false, null);
        } catch (Refused e) {
            return new Parsed(false, null);
        }
    }

    private @Nullable Object value(int depth) throws Refused {
        if (take('{')) {
            return object(deeper(depth));
        }
        if (take('[')) {
            return array(deeper(depth));
        }
        if (take('"')) {
            return string();
        }
        for (String word : List.of("null", "true", "false")) {
            if (text.startsWith(word, at)) {
                at += word.length();
                return word.equals("null") ? null : (Object) word.equals("true");
            }
        }
        Matcher number = NUMBER.matcher(text).region(at, text.length());
        if (!number.lookingAt()) {
            throw new Refused();
        }
        at = number.end();
        return new Num(number.group());
    }

    private int deeper(int depth) throws Refused {
        if (depth == maxDepth) {
            throw new Refused();
        }
        return depth + 1;
    }

    private Obj object(int depth) throws Refused {
        int start = at - 1;
        Map<String, Object> members = new LinkedHashMap<>();
        Set<String> namesWithValues = new HashSet<>();
        skipSpace();
        boolean isOver = take('}');
        while (!isOver) {
            expect('"');
            String name = string();
            skipSpace();
            expect(':');
            skipSpace();
            Object value = value(depth);
            members.put(name, value);
            if (value != null) {
                namesWithValues.add(name);
            }
            isOver = endsAt('}');
        }
        return new Obj(members, namesWithValues, text.substring(start, at));
    }

    private List<Object> array(int depth) throws Refused {
        List<Object> values = new ArrayList<>();
        skipSpace();
        boolean isOver = take(']');
        while (!isOver) {
            values.add(value(depth));
            isOver = endsAt(']');
        }
        return values;
    }

    /** After a value: the end, or a comma before another one. */
    private boolean endsAt(char end) throws Refused {
        skipSpace();
        if (take(end)) {
            return true;
        }
        expect(',');
        skipSpace();
        return false;
    }

    private String string() throws Refused {
        StringBuilder value = new StringBuilder();
        while (!take('"')) {
            char c = next();
            if (c < ' ') {
                throw new Refused();
            }
            value.append(c == '\\' ? escaped() : c);
        }
        return value.toString();
    }

    private char escaped() throws Refused {
        char c = next();
        if (c == 'u') {
            int unit = 0;
            for (int i = 0; i < 4; i++) {
                char digit = next();
                if ("0123456789abcdefABCDEF".indexOf(digit) < 0) {
                    throw new Refused();
                }
                unit = unit << 4 | Character.digit(digit, 16);
            }
            return (char) unit;
        }
        int known = "\"\\/bfnrt".indexOf(c);
        if (known < 0) {
            throw new Refused();
        }
        return "\"\\/\b\f\n\r\t".charAt(known);
    }

    private void skipSpace() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean take(char c) {
        boolean isNext = at < text.length() && text.charAt(at) == c;
        at += isNext ? 1 : 0;
        return isNext;
    }

    private void expect(char c) throws Refused {
        if (!take(c)) {
            throw new Refused();
        }
    }

    private char next() throws Refused {
        if (at == text.length()) {
            throw new Refused();
        }
        return text.charAt(at++);
    }
}
