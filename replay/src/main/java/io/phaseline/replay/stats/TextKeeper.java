package io.phaseline.replay.stats;

import io.phaseline.bytes.Slice;
import io.phaseline.event.Place;
import io.phaseline.event.StreamListener;
import io.phaseline.event.ToolChange;
import io.phaseline.event.ToolField;
import org.jspecify.annotations.Nullable;

/** Passes texts on until there are too many bytes of them. Tool calls are passed on all the same, then without a text. */
final class TextKeeper implements StreamListener {
    /** First byte of UTF-8 that continues a character: 10xxxxxx. */
    private static final int CONTINUATION = 0b1000_0000;

    private static final int CONTINUATION_MASK = 0b1100_0000;

    private final long maxBytes;
    private final StreamListener target;
    private final CutChange cutChange = new CutChange();
    private final Slice view = new Slice();
    private long left;
    private boolean cut;

    TextKeeper(long maxBytes, StreamListener target) {
        this.maxBytes = maxBytes;
        this.target = target;
        this.left = maxBytes;
    }

    /** What a tool or a model writes, as opposed to what something is called. */
    static boolean isText(ToolField field) {
        return switch (field) {
            case CODE, ARGUMENTS, OUTPUT -> true;
            case ID, NAME -> false;
        };
    }

    @Override
    public void onReasoning(Place at, int choice, Slice delta) {
        Slice text = take(delta);
        if (!text.isEmpty()) {
            target.onReasoning(at, choice, text);
        }
    }

    @Override
    public void onContent(Place at, int choice, Slice delta) {
        Slice text = take(delta);
        if (!text.isEmpty()) {
            target.onContent(at, choice, text);
        }
    }

    @Override
    public void onRefusal(Place at, int choice, Slice delta) {
        Slice text = take(delta);
        if (!text.isEmpty()) {
            target.onRefusal(at, choice, text);
        }
    }

    @Override
    public void onTool(Place at, int choice, ToolChange change) {
        ToolField field = change.field();
        if (field == null || !isText(field)) {
            target.onTool(at, choice, change);
            return;
        }
        Slice text = take(change.text());
        boolean none = maxBytes == 0;
        target.onTool(at, choice, cutChange.of(change, none ? null : field, text));
    }

    /** As much of a text as is left, cut between characters. */
    private Slice take(Slice text) {
        int length = text.length();
        if (length <= left) {
            left -= length;
            return text;
        }
        cut = true;
        int end = (int) left;
        left = 0;
        while (end > 0 && (text.byteAt(end) & CONTINUATION_MASK) == CONTINUATION) {
            end--;
        }
        return view.wrap(text, 0, end);
    }

    boolean hasCut() {
        return cut && maxBytes > 0;
    }

    void reset() {
        left = maxBytes;
        cut = false;
    }

    /** A change of which less is shown. */
    private static final class CutChange implements ToolChange {
        private Kind kind = Kind.ADDED;
        private int index;
        private String tool = "";
        private @Nullable ToolField field;
        private Slice text = new Slice();

        ToolChange of(ToolChange change, @Nullable ToolField shownField, Slice shownText) {
            kind = change.kind();
            index = change.index();
            tool = change.tool();
            field = shownField;
            text = shownText;
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
}
