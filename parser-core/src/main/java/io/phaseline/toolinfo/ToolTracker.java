package io.phaseline.toolinfo;

import io.phaseline.bytes.Slice;
import io.phaseline.event.ToolChange;
import io.phaseline.event.ToolField;
import io.phaseline.json.Surrogates;
import io.phaseline.state.StateReader;
import io.phaseline.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tool calls of a stream, and the difference between what is known of them and what is said now.
 *
 * <p>A text that goes on from the known one gives what follows; any other text gives the whole new one; the same text
 * gives nothing. Calls are numbered in order of first appearance.
 */
public final class ToolTracker {
    /** The fields of a call. */
    @SuppressWarnings("MutablePublicArray")
    public static final ToolField[] FIELDS = ToolField.values();

    /** How many calls' memory is kept for the next stream, and how much of it, in bytes. */
    private static final int KEPT_CALLS = 16;

    private static final int KEPT_BYTES = 16 << 10;

    private static final Slice REPLACEMENT = Slice.of("\uFFFD");
    private static final Slice EMPTY = new Slice();

    private final long maxBytes;

    /** The calls that are known, and behind them objects of earlier streams to be used again. */
    private final List<ToolTexts> tools = new ArrayList<>();

    private int count;
    private long bytes;
    private boolean overLimit;

    private final Change change = new Change();
    private final Slice rest = new Slice();
    private final Surrogates surrogates = new Surrogates();

    /** The difference found last. */
    private static final class Change implements ToolChange {
        private Kind kind = Kind.ADDED;
        private int index;
        private String tool = "";
        private @Nullable ToolField field;
        private final Slice text = new Slice();

        Change of(Kind kind, int index, String tool, @Nullable ToolField field, Slice text) {
            this.kind = kind;
            this.index = index;
            this.tool = tool;
            this.field = field;
            this.text.wrap(text);
            return this;
        }

        @Override
        public Kind kind() {
            return kind;
        }

        @Override
        public int index() {
            return index;
        }

        @Override
        public String tool() {
            return tool;
        }

        @Override
        public @Nullable ToolField field() {
            return field;
        }

        @Override
        public Slice text() {
            return text;
        }
    }

    /**
     * A tracker that knows of no call.
     *
     * @param maxBytes how much text is remembered, in bytes
     */
    public ToolTracker(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Forgets every call. */
    public void clear() {
        if (tools.size() > KEPT_CALLS) {
            tools.subList(KEPT_CALLS, tools.size()).clear();
        }
        int kept = 0;
        for (int i = 0; i < tools.size(); i++) {
            kept += tools.get(i).trim(KEPT_BYTES - kept);
        }
        count = 0;
        bytes = 0;
        overLimit = false;
    }

    /** How many calls are known. */
    public int count() {
        return count;
    }

    /** What the tool of a call is. */
    public String typeOf(int tool) {
        return tools.get(tool).type;
    }

    /** Makes the next call known. */
    public void add(String type, int choice, boolean runByClient) {
        next().begin(type, choice, runByClient);
    }

    private ToolTexts next() {
        if (count == tools.size()) {
            tools.add(new ToolTexts());
        }
        return tools.get(count++);
    }

    /** Whether the client is to run the call. */
    public boolean isRunByClient(int tool) {
        return tools.get(tool).runByClient;
    }

    /** The choice that calls. */
    public int choiceOf(int tool) {
        return tools.get(tool).choice;
    }

    /** A text of a call as it is known; empty if it is not; valid until the call changes. */
    public Slice text(int tool, ToolField field) {
        return tools.get(tool).text(field);
    }

    /** Whether a text of a call is known; it may be empty. */
    public boolean isKnown(int tool, ToolField field) {
        return tools.get(tool).has(field);
    }

    /** Whether a text of a call waits for the other half of a surrogate pair. */
    public boolean isHeld(int tool, ToolField field) {
        return tools.get(tool).held(field) != Surrogates.NONE;
    }

    /** Whether a text was dropped for the limit since this was last asked. */
    public boolean takeOverLimit() {
        boolean over = overLimit;
        overLimit = false;
        return over;
    }

    /** The change that says that a call is known, of which no text is. */
    public ToolChange added(int tool) {
        return change.of(ToolChange.Kind.ADDED, tool, typeOf(tool), null, EMPTY);
    }

    /** The change that says that a call is done. */
    public ToolChange completed(int tool) {
        return change.of(ToolChange.Kind.COMPLETED, tool, typeOf(tool), null, EMPTY);
    }

    /**
     * Compares a text with the one known, which it becomes.
     *
     * @param isNew whether the call has not been heard of yet: the change is then an addition
     * @return the difference, valid until the next call; null if there is none
     */
    public @Nullable ToolChange set(int tool, ToolField field, Slice text, boolean hasSurrogates, boolean isNew) {
        ToolTexts known = tools.get(tool);
        Slice whole = text;
        if (hasSurrogates || known.held(field) != Surrogates.NONE) {
            whole = surrogates.join(Surrogates.NONE, text);
            known.hold(field, surrogates.held());
        }
        if (!known.has(field)) {
            return append(known, tool, field, whole, isNew);
        }
        int before = known.length(field);
        if (whole.startsWith(known.text(field))) {
            return whole.length() == before
                    ? null
                    : append(known, tool, field, rest.wrap(whole, before, whole.length() - before), isNew);
        }
        if (!hasRoom((long) whole.length() - before)) {
            return null;
        }
        known.replace(field, whole);
        return change.of(ToolChange.Kind.REPLACED, tool, known.type, field, known.text(field));
    }

    /** Appends what follows a text; the difference is null if nothing does. */
    public @Nullable ToolChange append(int tool, ToolField field, Slice more, boolean hasSurrogates, boolean isNew) {
        ToolTexts known = tools.get(tool);
        Slice text = more;
        if (!more.isEmpty() && (hasSurrogates || known.held(field) != Surrogates.NONE)) {
            text = surrogates.join(known.held(field), more);
            known.hold(field, surrogates.held());
        }
        return text.isEmpty() && known.has(field) ? null : append(known, tool, field, text, isNew);
    }

    private @Nullable ToolChange append(ToolTexts known, int tool, ToolField field, Slice more, boolean isNew) {
        if (!hasRoom(more.length())) {
            return null;
        }
        int before = known.length(field);
        known.append(field, more);
        ToolChange.Kind kind = isNew ? ToolChange.Kind.ADDED : ToolChange.Kind.APPENDED;
        Slice all = known.text(field);
        return change.of(kind, tool, known.type, field, rest.wrap(all, before, all.length() - before));
    }

    private boolean hasRoom(long more) {
        if (bytes + more > maxBytes) {
            overLimit = true;
            return false;
        }
        bytes += more;
        return true;
    }

    /** Gives up waiting for the other half of a surrogate pair; the difference is null if nothing waits. */
    public @Nullable ToolChange release(int tool, ToolField field) {
        ToolTexts known = tools.get(tool);
        if (known.held(field) == Surrogates.NONE) {
            return null;
        }
        known.hold(field, Surrogates.NONE);
        return append(known, tool, field, REPLACEMENT, false);
    }

    /** Writes what is known. */
    public void save(StateWriter out) {
        out.number(count);
        for (int i = 0; i < count; i++) {
            tools.get(i).save(out);
        }
        out.number(bytes);
    }

    /** Reads what {@link #save} wrote. */
    public void load(StateReader in) {
        clear();
        int size = in.count();
        for (int i = 0; i < size; i++) {
            next().load(in);
        }
        bytes = in.number();
    }
}
