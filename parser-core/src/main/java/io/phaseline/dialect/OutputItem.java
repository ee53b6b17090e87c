package io.phaseline.dialect;

import io.phaseline.bytes.Slice;
import io.phaseline.state.StateReader;
import io.phaseline.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is remembered of one item of a Responses stream. */
final class OutputItem {
    static final int NO_INDEX = -1;
    static final int NO_TOOL = -1;

    /** The kinds of item. */
    enum Kind {
        MESSAGE,
        REASONING,
        TOOL
    }

    /** The families of text an item may have, each with parts of its own. */
    enum Family {
        OUTPUT_TEXT(TextKind.CONTENT),
        REFUSAL(TextKind.REFUSAL),
        REASONING_TEXT(TextKind.REASONING),
        SUMMARY_TEXT(TextKind.REASONING);

        final TextKind textKind;

        Family(TextKind textKind) {
            this.textKind = textKind;
        }
    }

    private static final Family[] FAMILIES = Family.values();

    /** How much of a family's text was delivered, as a whole and part by part. */
    private static final class Delivered implements TextTail.Owner {
        /** Some servers count a part for every token; then only the whole is worth remembering. */
        private static final int MAX_PARTS = 16;

        final TextProgress whole = new TextProgress();
        final List<Integer> indexes = new ArrayList<>();
        final List<TextProgress> parts = new ArrayList<>();
        boolean tooManyParts;

        @Nullable
        TextProgress part(int index) {
            for (int i = 0; i < parts.size(); i++) {
                if (indexes.get(i) == index) {
                    return parts.get(i);
                }
            }
            return null;
        }

        /** The part that is growing. */
        int growing;

        @Override
        public void take(TextMeasure end, TextMeasure lastPiece) {
            append(growing, end);
        }

        private void append(int index, TextMeasure text) {
            whole.append(text);
            TextProgress part = part(index);
            if (part == null) {
                if (parts.size() == MAX_PARTS) {
                    tooManyParts = true;
                    return;
                }
                part = new TextProgress();
                indexes.add(index);
                parts.add(part);
            }
            part.append(text);
        }

        void save(StateWriter out) {
            whole.save(out);
            out.flag(tooManyParts);
            out.number(parts.size());
            for (int i = 0; i < parts.size(); i++) {
                out.number(indexes.get(i));
                parts.get(i).save(out);
            }
        }

        void load(StateReader in) {
            whole.load(in);
            tooManyParts = in.flag();
            int size = in.count();
            for (int i = 0; i < size; i++) {
                indexes.add(in.number(0, Integer.MAX_VALUE));
                TextProgress part = new TextProgress();
                part.load(in);
                parts.add(part);
            }
        }
    }

    final Kind kind;
    /** What the tool is; empty for a message or reasoning. */
    final String toolType;

    int index;
    int tool = NO_TOOL;
    boolean done;
    boolean hasCallId;
    private Slice id = new Slice();
    private @Nullable Family spokenReasoning;
    private final Delivered[] delivered = new Delivered[FAMILIES.length];
    private final TextTail tail;
    private final FilledText filled;
    private final Slice rest = new Slice();
    private final TextMeasure measure = new TextMeasure();

    OutputItem(Kind kind, String toolType, int index, TextTail tail, FilledText filled) {
        this.filled = filled;
        this.tail = tail;
        this.kind = kind;
        this.toolType = toolType;
        this.index = index;
        for (int i = 0; i < delivered.length; i++) {
            delivered[i] = new Delivered();
        }
    }

    boolean hasId() {
        return !id.isEmpty();
    }

    boolean hasId(Slice other) {
        return id.contentEquals(other);
    }

    void id(Slice newId) {
        id = newId.copy();
    }

    boolean is(Kind otherKind, Slice type) {
        return kind == otherKind && (kind != Kind.TOOL || type.contentEquals(toolType));
    }

    /** Delivers a piece of text; false if its family is not the one that speaks for the item. */
    boolean append(Signals signals, Family family, int part, Slice text) {
        if (text.isEmpty() || !speaks(family)) {
            return false;
        }
        Delivered so = delivered[family.ordinal()];
        if (so.growing != part) {
            tail.flush();
            so.growing = part;
        }
        tail.append(so, text);
        signals.text(0, family.textKind, text);
        return true;
    }

    /** Reasoning may come in two families that mirror each other: the one that speaks first is heard. */
    private boolean speaks(Family family) {
        if (family.textKind != TextKind.REASONING) {
            return true;
        }
        if (spokenReasoning == null) {
            spokenReasoning = family;
        }
        return spokenReasoning == family;
    }

    /** Delivers what is missing of a text that is sent whole. */
    boolean fill(Signals signals, Family family, int part, Slice text) {
        if (text.isEmpty() || !speaks(family)) {
            return false;
        }
        tail.flush();
        Delivered so = delivered[family.ordinal()];
        TextProgress known = so.part(part);
        boolean severalParts = so.tooManyParts || so.parts.size() > 1;
        if (!so.whole.isEmpty() && (severalParts || known == null)) {
            TextProgress.Relation toWhole = so.whole.compareTo(text, measure);
            if (toWhole == TextProgress.Relation.EQUAL) {
                return false;
            }
            // A second part may well begin like the first; that many parts together do, only a text of all of them
            // does.
            if (toWhole == TextProgress.Relation.EXTENDED && severalParts) {
                return append(signals, family, part, so.whole.rest(text, rest));
            }
        }
        if (known != null && filled.isSame(known, text)) {
            return false;
        }
        if (known == null) {
            if (so.tooManyParts) {
                signals.anomaly("a text that was sent whole cannot be told from what was sent in pieces");
                return false;
            }
            return append(signals, family, part, text);
        }
        switch (known.compareTo(text, measure)) {
            case EQUAL -> {
                filled.set(known, text);
                return false;
            }
            case EXTENDED -> {
                return append(signals, family, part, known.rest(text, rest));
            }
            case DIFFERENT -> {
                signals.anomaly("a text that was sent whole is not the one that was sent in pieces");
                return false;
            }
        }
        throw new AssertionError();
    }

    void save(StateWriter out) {
        out.constant(kind);
        out.text(toolType);
        out.number(index);
        out.number(tool);
        out.flag(done);
        out.flag(hasCallId);
        byte[] bytes = id.toByteArray();
        out.bytes(bytes, 0, bytes.length);
        out.constant(spokenReasoning);
        for (Delivered one : delivered) {
            one.save(out);
        }
    }

    static OutputItem load(StateReader in, TextTail tail, FilledText filled) {
        Kind kind = in.constant(Kind.class);
        if (kind == null) {
            throw StateReader.damaged();
        }
        String toolType = in.requiredText();
        OutputItem item = new OutputItem(kind, toolType, in.number(NO_INDEX, Integer.MAX_VALUE), tail, filled);
        item.tool = in.number(NO_TOOL, Integer.MAX_VALUE);
        item.done = in.flag();
        item.hasCallId = in.flag();
        byte[] bytes = in.bytes();
        item.id.wrap(bytes, 0, bytes.length);
        item.spokenReasoning = in.constant(Family.class);
        for (Delivered one : item.delivered) {
            one.load(in);
        }
        return item;
    }
}
