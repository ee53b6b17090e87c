package io.phaseline.reference;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A JSON text as a tree: {@link Obj}, {@code List}, {@code String}, {@link Num}, {@code Boolean}, {@code null}. */
final class ReferenceJson {
    private static final Set<String> NOT_FINITE = Set.of("NaN", "Infinity", "-Infinity");

    private static final Map<Integer, JsonFactory> FACTORIES = new ConcurrentHashMap<>();

    private ReferenceJson() {}

    /** A number as it was written; {@code NaN} and the infinities are numbers that say nothing. */
    record Num(String text) {
        boolean isFinite() {
            return !NOT_FINITE.contains(text);
        }

        /** The value if it is integral, not negative, and fits 63 bits. */
        @Nullable
        Long counter() {
            if (!isFinite()) {
                return null;
            }
            BigDecimal value;
            try {
                value = new BigDecimal(text);
            } catch (NumberFormatException e) {
                // An exponent beyond 32 bits: only a zero has an integral value that fits.
                boolean zero = text.split("[eE]")[0].chars().allMatch(c -> c < '1' || c > '9');
                return zero ? 0L : null;
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

    private static JsonFactory factory(int maxDepth) {
        return JsonFactory.builder()
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(maxDepth)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNameLength(Integer.MAX_VALUE)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .build())
                .build();
    }

    static Parsed read(String text, int maxDepth) {
        JsonFactory factory = FACTORIES.computeIfAbsent(maxDepth, ReferenceJson::factory);
        try (JsonParser parser = factory.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return new Parsed(false, null);
            }
            Object value = value(parser, text);
            return parser.nextToken() == null ? new Parsed(true, value) : new Parsed(false, null);
        } catch (IOException e) {
            return new Parsed(false, null);
        }
    }

    private static @Nullable Object value(JsonParser parser, String text) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            int start = (int) parser.currentTokenLocation().getCharOffset();
            Map<String, Object> members = new LinkedHashMap<>();
            Set<String> namesWithValues = new HashSet<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                Object value = value(parser, text);
                members.put(name, value);
                if (value != null) {
                    namesWithValues.add(name);
                }
            }
            int end = (int) parser.currentLocation().getCharOffset();
            return new Obj(members, namesWithValues, text.substring(start, end));
        }
        if (token == JsonToken.START_ARRAY) {
            List<Object> values = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                values.add(value(parser, text));
            }
            return values;
        }
        if (token == null) {
            throw new IOException("cut off");
        }
        if (token == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        if (token.isNumeric()) {
            Num number = new Num(parser.getText());
            // Jackson knows more names of what is not finite than decisions.md does.
            String letters = number.text().replaceAll("[-+0-9.eE]", "");
            if (!letters.isEmpty() && number.isFinite()) {
                throw new IOException("no number: " + number.text());
            }
            return number;
        }
        return token == JsonToken.VALUE_NULL ? null : (Object) (token == JsonToken.VALUE_TRUE);
    }
}
