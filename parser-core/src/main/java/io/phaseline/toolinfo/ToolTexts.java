package io.phaseline.toolinfo;

import io.phaseline.bytes.Slice;
import io.phaseline.event.ToolField;
import io.phaseline.json.Surrogates;
import io.phaseline.state.StateReader;
import io.phaseline.state.StateWriter;
import java.util.Arrays;

/** One tool call: its type and its texts as they were last heard. */
final class ToolTexts {
    private static final ToolField[] FIELDS = ToolField.values();
    private static final byte[] NO_BYTES = {};

    private static final class Text {
        byte[] bytes = NO_BYTES;
        int length;
        boolean known;
        /** A high surrogate that waits for its other half. */
        int held = Surrogates.NONE;
    }

    String type = "";
    int choice;
    boolean runByClient;
    private final Text[] texts = new Text[FIELDS.length];
    private final Slice view = new Slice();

    ToolTexts() {
        for (int i = 0; i < texts.length; i++) {
            texts[i] = new Text();
        }
    }

    /** Begins a call, of which nothing is known yet. */
    void begin(String newType, int newChoice, boolean isRunByClient) {
        type = newType;
        choice = newChoice;
        runByClient = isRunByClient;
        for (Text text : texts) {
            text.length = 0;
            text.known = false;
            text.held = Surrogates.NONE;
        }
    }

    /** Lets go of memory beyond this many bytes; answers how much is kept. */
    int trim(int most) {
        int kept = 0;
        for (Text text : texts) {
            if (text.bytes.length > most - kept) {
                text.bytes = NO_BYTES;
            }
            kept += text.bytes.length;
        }
        return kept;
    }

    private Text of(ToolField field) {
        return texts[field.ordinal()];
    }

    boolean has(ToolField field) {
        return of(field).known;
    }

    /** The text so far; valid until it changes. */
    Slice text(ToolField field) {
        Text text = of(field);
        return view.wrap(text.bytes, 0, text.length);
    }

    int length(ToolField field) {
        return of(field).length;
    }

    int held(ToolField field) {
        return of(field).held;
    }

    void hold(ToolField field, int surrogate) {
        of(field).held = surrogate;
    }

    void append(ToolField field, Slice more) {
        Text text = of(field);
        int needed = text.length + more.length();
        if (needed > text.bytes.length) {
            // Code that grows piece by piece must not be copied as often as it has pieces.
            int roomy = text.known ? text.length + (text.length >> 1) + 16 : 0;
            text.bytes = Arrays.copyOf(text.bytes, Math.max(needed, roomy));
        }
        more.copyTo(text.bytes, text.length);
        text.length = needed;
        text.known = true;
    }

    void replace(ToolField field, Slice whole) {
        Text text = of(field);
        int length = whole.length();
        if (length > text.bytes.length) {
            text.bytes = new byte[length];
        }
        whole.copyTo(text.bytes, 0);
        text.length = length;
        text.known = true;
    }

    void save(StateWriter out) {
        out.text(type);
        out.number(choice);
        out.flag(runByClient);
        for (Text text : texts) {
            out.flag(text.known);
            out.bytes(text.bytes, 0, text.length);
            out.number(text.held);
        }
    }

    void load(StateReader in) {
        begin(in.requiredText(), in.number(0, Integer.MAX_VALUE), in.flag());
        for (Text text : texts) {
            text.known = in.flag();
            text.bytes = in.bytes();
            text.length = text.bytes.length;
            text.held = in.number(Surrogates.NONE, Character.MAX_VALUE);
        }
    }
}
