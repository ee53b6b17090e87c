package io.phaseline.dialect;

import io.phaseline.bytes.Slice;
import io.phaseline.bytes.SliceCopy;
import io.phaseline.json.Surrogates;
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

        /** The parts, if there are several; of one alone the whole is remembered. */
        final List<TextProgress> parts = new ArrayList<>(0);

        final List<Integer> indexes = new ArrayList<>(0);
        private int only = NO_INDEX;
        boolean tooManyParts;

        void clear() {
            whole.clear();
            parts.clear();
            indexes.clear();
            only = NO_INDEX;
            tooManyParts = false;
            growing = 0;
        }

        boolean hasSeveralParts() {
            return tooManyParts || !parts.isEmpty();
        }

        @Nullable
        TextProgress part(int index) {
            if (parts.isEmpty()) {
                return only == index ? whole : null;
            }
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
        public boolean isNew() {
            TextProgress part = part(growing);
            return !tooManyParts && (part == null || part.isEmpty());
        }

        @Override
        public void take(TextMeasure end, TextMeasure lastPiece) {
            if (only == NO_INDEX) {
                only = growing;
            } else if (only != growing && parts.isEmpty()) {
                indexes.add(only);
                parts.add(whole.copy());
            }
            whole.append(end);
            if (parts.isEmpty()) {
                return;
            }
            TextProgress part = part(growing);
            if (part == null) {
                if (parts.size() == MAX_PARTS) {
                    tooManyParts = true;
                    return;
                }
                part = new TextProgress();
                indexes.add(growing);
                parts.add(part);
            }
            part.append(end);
        }

        void save(StateWriter out) {
            whole.save(out);
            out.flag(tooManyParts);
            out.number(only);
            out.number(parts.size());
            for (int i = 0; i < parts.size(); i++) {
                out.number(indexes.get(i));
                parts.get(i).save(out);
            }
        }

        void load(StateReader in) {
            whole.load(in);
            tooManyParts = in.flag();
            only = in.number(NO_INDEX, Integer.MAX_VALUE);
            int size = in.count();
            for (int i = 0; i < size; i++) {
                indexes.add(in.number(0, Integer.MAX_VALUE));
                TextProgress part = new TextProgress();
                part.load(in);
                parts.add(part);
            }
        }
    }

    Kind kind = Kind.MESSAGE;
    /** What the tool is; empty for a message or reasoning. */
    String toolType = "";

    int index;
    int tool = NO_TOOL;
    boolean done;
    boolean hasCallId;
    private final SliceCopy id = new SliceCopy();
    private @Nullable Family spokenReasoning;
    private final @Nullable Delivered[] delivered = new Delivered[FAMILIES.length];
    private final TextTail tail;

    /** An item of a reader, which it begins anew for each stream. */
    OutputItem(TextTail tail) {
        this.tail = tail;
    }

    OutputItem begin(Kind newKind, String newToolType, int newIndex) {
        kind = newKind;
        toolType = newToolType;
        index = newIndex;
        tool = NO_TOOL;
        done = false;
        hasCallId = false;
        id.clear();
        spokenReasoning = null;
        for (Delivered one : delivered) {
            if (one != null) {
                one.clear();
            }
        }
        return this;
    }

    private Delivered delivered(Family family) {
        Delivered known = delivered[family.ordinal()];
        if (known == null) {
            known = new Delivered();
            delivered[family.ordinal()] = known;
        }
        return known;
    }

    boolean hasId() {
        return !id.isEmpty();
    }

    boolean hasId(Slice other) {
        return id.get().contentEquals(other);
    }

    void id(Slice newId) {
        id.set(newId);
    }

    boolean is(Kind otherKind, Slice type) {
        return kind == otherKind && (kind != Kind.TOOL || isOfType(type));
    }

    /** Whether it is the tool that the wire calls so: there half a surrogate pair may stand, here a U+FFFD. */
    boolean isOfType(Slice type) {
        return type.contentEquals(toolType)
                || toolType.indexOf('\uFFFD') >= 0 && Surrogates.textOf(type).equals(toolType);
    }

    /** Delivers a piece of text; false if its family is not the one that speaks for the item. */
    boolean append(Signals signals, Family family, int part, Slice text) {
        if (text.isEmpty() || !speaks(family)) {
            return false;
        }
        keep(family, part, text);
        signals.text(0, family.textKind, text);
        return true;
    }

    private boolean appendRest(Signals signals, Family family, int part, TextProgress known, Slice text) {
        Slice rest = known.rest(text, tail.rest());
        keep(family, part, rest);
        signals.rest(0, family.textKind, rest);
        return true;
    }

    private void keep(Family family, int part, Slice text) {
        Delivered so = delivered(family);
        if (so.growing != part) {
            tail.end();
            so.growing = part;
        }
        tail.append(so, text);
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
        Delivered so = delivered(family);
        if (so.growing == part && tail.isSame(so, text)) {
            return false;
        }
        tail.measure();
        TextProgress known = so.part(part);
        boolean severalParts = so.hasSeveralParts();
        if (!so.whole.isEmpty() && (severalParts || known == null)) {
            TextProgress.Relation toWhole = so.whole.compareTo(text, tail.scratch());
            if (toWhole == TextProgress.Relation.EQUAL) {
                return false;
            }
            // A second part may well begin like the first; that many parts together do, only a text of all of them
            // does.
            if (toWhole == TextProgress.Relation.EXTENDED && severalParts) {
                return appendRest(signals, family, part, so.whole, text);
            }
        }
        if (known == null) {
            if (so.tooManyParts) {
                signals.anomaly("a text that was sent whole cannot be told from what was sent in pieces");
                return false;
            }
            return append(signals, family, part, text);
        }
        switch (known.compareTo(text, tail.scratch())) {
            case EQUAL -> {
                return false;
            }
            case EXTENDED -> {
                return appendRest(signals, family, part, known, text);
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
        byte[] bytes = id.get().toByteArray();
        out.bytes(bytes, 0, bytes.length);
        out.constant(spokenReasoning);
        for (Family family : FAMILIES) {
            delivered(family).save(out);
        }
    }

    void load(StateReader in) {
        Kind savedKind = in.constant(Kind.class);
        if (savedKind == null) {
            throw StateReader.damaged();
        }
        String savedType = in.requiredText();
        begin(savedKind, savedType, in.number(NO_INDEX, Integer.MAX_VALUE));
        tool = in.number(NO_TOOL, Integer.MAX_VALUE);
        done = in.flag();
        hasCallId = in.flag();
        byte[] bytes = in.bytes();
        id(new Slice().wrap(bytes, 0, bytes.length));
        spokenReasoning = in.constant(Family.class);
        for (Family family : FAMILIES) {
            delivered(family).load(in);
        }
    }
}
