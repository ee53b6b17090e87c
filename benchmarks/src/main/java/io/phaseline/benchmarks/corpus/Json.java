package io.phaseline.benchmarks.corpus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON as servers do, or so that nothing repeats. */
final class Json {
    private static final String[] BLANKS = {"", "", " ", "  ", "\t", " \t", "   "};

    private final StringBuilder out;
    private final boolean asciiOnly;
    private final @Nullable Dice noise;

    private Json(StringBuilder out, boolean asciiOnly, @Nullable Dice noise) {
        this.out = out;
        this.asciiOnly = asciiOnly;
        this.noise = noise;
    }

    /** Members in this order: a name, its value, a name, its value. */
    static Map<String, @Nullable Object> object(@Nullable Object... members) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            object.put(String.valueOf(members[i]), members[i + 1]);
        }
        return object;
    }

    /**
     * @param noise where member orders, white space and spellings come from; null for compact JSON in the order given
     */
    static void write(StringBuilder out, Object value, boolean asciiOnly, @Nullable Dice noise) {
        new Json(out, asciiOnly, noise).value(value);
    }

    private void value(@Nullable Object value) {
        blank();
        if (value instanceof Map<?, ?> object) {
            object(object);
        } else if (value instanceof List<?> list) {
            list(list);
        } else if (value instanceof String text) {
            text(text);
        } else if (value instanceof Number number) {
            number(number.longValue());
        } else {
            out.append(value);
        }
        blank();
    }

    private void object(Map<?, ?> object) {
        List<Map.Entry<?, ?>> members = new ArrayList<>(object.entrySet());
        if (noise != null) {
            shuffle(members, noise);
        }
        out.append('{');
        String separator = "";
        for (Map.Entry<?, ?> member : members) {
            out.append(separator);
            separator = ",";
            blank();
            // Names stay as they are: no server escapes them, and some peers do not read them if it did.
            out.append('"').append(member.getKey()).append('"');
            blank();
            out.append(':');
            value(member.getValue());
        }
        out.append('}');
    }

    private static void shuffle(List<Map.Entry<?, ?>> members, Dice dice) {
        for (int i = members.size() - 1; i > 0; i--) {
            Collections.swap(members, i, dice.below(i + 1));
        }
    }

    private void list(List<?> list) {
        out.append('[');
        String separator = "";
        for (Object element : list) {
            out.append(separator);
            separator = ",";
            value(element);
        }
        out.append(']');
    }

    private void blank() {
        if (noise != null) {
            out.append(noise.pick(BLANKS));
        }
    }

    private void number(long number) {
        if (noise != null && noise.chance(0.3)) {
            out.append(number).append(noise.chance(0.5) ? ".0" : "e0");
        } else {
            out.append(number);
        }
    }

    private void text(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            character(text.charAt(i));
        }
        out.append('"');
    }

    private void character(char c) {
        if (noise != null && noise.chance(0.1)) {
            // A pair must be spelt alike: half a pair in UTF-8 would be no text.
            if (!Character.isSurrogate(c)) {
                unicode(c, noise.chance(0.5));
                return;
            }
        }
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            default -> {
                if (c < ' ' || (asciiOnly && c > '~')) {
                    unicode(c, false);
                } else {
                    out.append(c);
                }
            }
        }
    }

    private void unicode(char c, boolean upperCase) {
        out.append(String.format(upperCase ? "\\u%04X" : "\\u%04x", (int) c));
    }
}
