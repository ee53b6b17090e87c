package io.phaseline.reference;

import io.phaseline.reference.ReferenceJson.Num;
import io.phaseline.reference.ReferenceJson.Obj;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Contract §7: what stands where a text is expected. */
final class ReferenceText {
    private ReferenceText() {}

    /** The text, or null where the value says nothing; an object is odd. */
    static @Nullable String of(@Nullable Object value, Consumer<String> anomalies) {
        return of(value, "text", anomalies);
    }

    /** The same of lists whose objects have their text under another name. */
    static @Nullable String of(@Nullable Object value, String member, Consumer<String> anomalies) {
        if (value instanceof List<?> parts) {
            boolean any = false;
            StringBuilder joined = new StringBuilder();
            for (Object part : parts) {
                if (part instanceof String text) {
                    joined.append(text);
                    any = true;
                } else if (part instanceof Obj object) {
                    String text = of(object.get(member), member, what -> {});
                    joined.append(text == null ? "" : text);
                    any |= text != null;
                }
            }
            return any ? joined.toString() : null;
        }
        if (value instanceof Obj) {
            anomalies.accept("an object where a text was expected");
        }
        return scalar(value);
    }

    private static @Nullable String scalar(@Nullable Object value) {
        if (value instanceof String || value instanceof Boolean) {
            return value.toString();
        }
        return value instanceof Num number && number.isFinite() ? number.text() : null;
    }
}
