package io.phaseline.sse;

import io.phaseline.bytes.Slice;
import org.jspecify.annotations.Nullable;

/** The field names of the standard: exact and case-sensitive. */
enum FieldName {
    DATA("data"),
    EVENT("event"),
    ID("id"),
    RETRY("retry");

    static final int LONGEST = 5;

    private static final FieldName[] ALL = values();

    private final String text;

    FieldName(String text) {
        this.text = text;
    }

    static @Nullable FieldName of(Slice line, int nameLength) {
        for (FieldName name : ALL) {
            if (name.matches(line, nameLength)) {
                return name;
            }
        }
        return null;
    }

    private boolean matches(Slice line, int nameLength) {
        if (nameLength != text.length()) {
            return false;
        }
        for (int i = 0; i < nameLength; i++) {
            if (line.byteAt(i) != (byte) text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
