package io.phaseline.dialect;

import io.phaseline.bytes.Slice;
import io.phaseline.event.Dialect;
import io.phaseline.event.ToolField;
import io.phaseline.json.Surrogates;
import io.phaseline.json.TextValue;
import io.phaseline.state.StateReader;
import io.phaseline.state.StateWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * DashScope's native chunks, and the bare {@code output} objects that the vendor's SDK prints.
 *
 * <pre>
 * {"output":{"choices":[{"message":{"content":"","reasoning_content":"…"},"finish_reason":"null"}],
 *            "tool_info":[{"code_interpreter":{"code":"…"},"type":"code_interpreter"}]},
 *  "usage":{…},"request_id":"…"}
 * </pre>
 */
public final class DashScopeReader implements ChunkReader {
    static final long NEVER = -1;

    private final boolean cumulative;
    private final int maxChoices;
    private final int maxItems;

    // What is remembered of the stream.
    private final CallRouter calls;
    private final List<Integer> toolOfEntry = new ArrayList<>();
    private final List<TextProgress> progress = new ArrayList<>();
    /** Counts how often a tool has changed, and streams: what a chunk said before is old if this has gone on. */
    private long toolChanges;

    private int searchInfoLength;
    private long searchInfoHash;

    private final Slice rest = new Slice();
    private final TextMeasure measure = new TextMeasure();

    /**
     * A reader of native chunks.
     *
     * @param cumulative whether texts repeat what came before
     * @param maxChoices how many choices are told apart
     * @param maxItems how many tool calls are remembered
     */
    public DashScopeReader(boolean cumulative, int maxChoices, int maxItems) {
        this.cumulative = cumulative;
        this.maxChoices = maxChoices;
        this.maxItems = maxItems;
        this.calls = new CallRouter(maxItems, cumulative);
    }

    @Override
    public Dialect dialect() {
        return Dialect.DASHSCOPE;
    }

    @Override
    public Chunk newChunk() {
        return new DashScopeChunk(this, maxChoices, maxItems);
    }

    boolean isCumulative() {
        return cumulative;
    }

    void deliver(DashScopeChunk chunk, Signals signals, FrameFacts frame) {
        ChoiceFields.Choices choices = chunk.choices;
        if (chunk.isPlain && !cumulative && !frame.errorEvent()) {
            deliverPlain(chunk, choices.get(0), signals);
            return;
        }
        choices.deliver(signals);
        for (int i = 0; i < choices.size(); i++) {
            ChoiceFields choice = choices.get(i);
            text(signals, choice.index(), TextKind.REASONING, choice.reasoning(choice.speakingSource()));
            choice.deliverOddities(signals);
        }
        if (!chunk.searchInfo.isEmpty()) {
            deliverSearchInfo(signals, chunk.searchInfo);
        }
        deliverToolInfo(chunk, signals);
        for (int i = 0; i < choices.size(); i++) {
            deliverCalls(signals, choices.get(i));
        }
        deliverContent(chunk, signals);
        chunk.usage.deliver(signals);
        if (chunk.isError() || frame.errorEvent()) {
            chunk.error.deliver(signals, frame);
        }
        deliverFinish(chunk, signals);
        chunk.budget.deliver(signals);
        if (choices.tooMany()) {
            signals.limit("maxChoices");
        }
    }

    private void deliverPlain(DashScopeChunk chunk, ChoiceFields choice, Signals signals) {
        int index = choice.index();
        signals.choice(index);
        signals.text(
                index,
                TextKind.REASONING,
                choice.reasoning(choice.speakingSource()).slice());
        deliverToolInfo(chunk, signals);
        signals.text(index, TextKind.CONTENT, choice.content.slice());
        signals.text(index, TextKind.REFUSAL, choice.refusal.slice());
        chunk.usage.deliver(signals);
        signals.finish(index, choice.finishReason.slice());
    }

    /** As all of it is delivered, without what is known to be absent. */
    void deliverDelta(DashScopeChunk chunk, ChoiceFields choice, Signals signals) {
        int index = choice.deltaIndex;
        if (choice.mayReason) {
            signals.text(
                    index,
                    TextKind.REASONING,
                    choice.reasoning(choice.speakingSource()).slice());
        }
        if (chunk.hasToolInfo) {
            deliverToolInfo(chunk, signals);
        }
        if (choice.mayAnswer) {
            signals.text(index, TextKind.CONTENT, choice.content.slice());
        }
        if (choice.mayRefuse) {
            signals.text(index, TextKind.REFUSAL, choice.refusal.slice());
        }
        chunk.usage.deliver(signals);
    }

    private void text(Signals signals, int choice, TextKind kind, TextValue value) {
        Slice piece = value.slice();
        if (piece.isEmpty()) {
            return;
        }
        if (!cumulative || choice >= maxChoices) {
            signals.text(choice, kind, piece);
            return;
        }
        TextProgress before = progress(choice, kind);
        switch (before.compareTo(piece, measure)) {
            case EQUAL -> {}
            case EXTENDED -> signals.rest(choice, kind, before.rest(piece, rest));
            case DIFFERENT -> signals.text(choice, kind, piece);
        }
        before.set(measure.of(piece));
    }

    private TextProgress progress(int choice, TextKind kind) {
        int slot = choice * TextKind.values().length + kind.ordinal();
        while (progress.size() <= slot) {
            progress.add(new TextProgress());
        }
        return progress.get(slot);
    }

    /** Whether what the chunk said of its tools is still what was said last. */
    boolean isUpToDate(DashScopeChunk chunk) {
        return chunk.toldAt == toolChanges;
    }

    void setKnown(DashScopeChunk chunk) {
        chunk.setToolInfoKnown(toolChanges);
    }

    /** A snapshot, repeated in every later frame: entries are known by their position. */
    private void deliverToolInfo(DashScopeChunk chunk, Signals signals) {
        if (!chunk.hasToolInfo || isUpToDate(chunk) && chunk.isToolInfoKnown()) {
            return;
        }
        Pool<DashScopeChunk.ToolEntry> entries = chunk.entries;
        boolean isPlain = entries.size() >= toolOfEntry.size();
        if (!isPlain) {
            signals.anomaly("tool_info became shorter");
        }
        for (int i = 0; i < entries.size(); i++) {
            while (toolOfEntry.size() <= i) {
                toolOfEntry.add(-1);
                toolChanges++;
            }
            DashScopeChunk.ToolEntry entry = entries.get(i);
            if (!entry.isObject) {
                continue;
            }
            int tool = toolOfEntry.get(i);
            if (tool < 0 && entry.isTyped()) {
                tool = signals.toolCount();
                if (tool >= maxItems) {
                    signals.limit("maxItems");
                    return;
                }
                toolOfEntry.set(i, tool);
            }
            isPlain &= deliverEntry(signals, tool, entry);
        }
        if (isPlain) {
            chunk.setToolInfoKnown(toolChanges);
        }
    }

    /** Tells of an entry; true if it need not be told again as long as it stays the same. */
    private boolean deliverEntry(Signals signals, int tool, DashScopeChunk.ToolEntry entry) {
        if (!entry.isTyped()) {
            signals.anomaly("an entry of tool_info without a type");
            return false;
        }
        boolean isPlain = true;
        if (entry.isCodeInterpreter()) {
            signals.beginTool(0, tool, DashScopeChunk.CODE_INTERPRETER, ToolUse.SERVER_SNAPSHOT);
            if (entry.code.isPresent()) {
                isPlain = deliverCode(signals, entry.code);
            }
            if (entry.code.isOdd()) {
                ChoiceFields.odd(signals, entry.code, "code");
                isPlain = false;
            }
        } else {
            signals.beginTool(0, tool, Surrogates.textOf(entry.type.slice()), ToolUse.SERVER_SNAPSHOT);
            Heard heard = signals.toolText(ToolField.ARGUMENTS, entry.raw, TextMode.SNAPSHOT);
            toolChanges += heard == Heard.NOTHING_NEW ? 0 : 1;
            isPlain = heard != Heard.DROPPED;
        }
        signals.endTool(false);
        return isPlain;
    }

    private boolean deliverCode(Signals signals, TextValue code) {
        Heard heard = switch (code.extent()) {
            case KNOWN -> Heard.NOTHING_NEW;
            case GROWTH -> signals.toolText(ToolField.CODE, code.slice(), TextMode.DELTA);
            case WHOLE -> signals.toolText(ToolField.CODE, code.slice(), TextMode.SNAPSHOT);
        };
        toolChanges += heard == Heard.NOTHING_NEW ? 0 : 1;
        return heard != Heard.DROPPED;
    }

    private void deliverCalls(Signals signals, ChoiceFields choice) {
        for (int i = 0; i < choice.calls.size(); i++) {
            calls.deliver(signals, choice.index(), choice.calls.get(i));
        }
        if (choice.hasFunctionCall) {
            calls.deliver(signals, choice.index(), choice.functionCall);
        }
    }

    /** A snapshot that may be emptied later; what was there once is not taken back. */
    private void deliverSearchInfo(Signals signals, Slice searchInfo) {
        int length = searchInfo.length();
        if (length < searchInfoLength) {
            return;
        }
        long hash = hashOf(searchInfo);
        if (length != searchInfoLength || hash != searchInfoHash) {
            searchInfoLength = length;
            searchInfoHash = hash;
            signals.searchInfo(searchInfo);
        }
    }

    private static long hashOf(Slice bytes) {
        long hash = 1;
        for (int i = 0; i < bytes.length(); i++) {
            hash = hash * 0x100000001B3L + bytes.byteAt(i);
        }
        return hash;
    }

    private void deliverContent(DashScopeChunk chunk, Signals signals) {
        ChoiceFields.Choices choices = chunk.choices;
        boolean spoken = false;
        for (int i = 0; i < choices.size(); i++) {
            ChoiceFields choice = choices.get(i);
            spoken |= choice.content.hasText();
            text(signals, choice.index(), TextKind.CONTENT, choice.content);
        }
        for (int i = 0; i < choices.size(); i++) {
            text(signals, choices.get(i).index(), TextKind.REFUSAL, choices.get(i).refusal);
        }
        if (!spoken) {
            text(signals, 0, TextKind.CONTENT, chunk.text);
        }
        ChoiceFields.odd(signals, chunk.text, "text");
        if (!chunk.researchPhase.slice().contentEquals("KeepAlive")) {
            text(signals, 0, TextKind.CONTENT, chunk.researchContent);
            ChoiceFields.odd(signals, chunk.researchContent, "message.content");
        }
    }

    private void deliverFinish(DashScopeChunk chunk, Signals signals) {
        ChoiceFields.Choices choices = chunk.choices;
        for (int i = 0; i < choices.size(); i++) {
            signals.finish(choices.get(i).index(), choices.get(i).finishReason.slice());
        }
        signals.finish(0, chunk.finishReason.slice());
        signals.finish(0, chunk.researchReason.slice());
        ChoiceFields.odd(signals, chunk.finishReason, "finish_reason");
        ChoiceFields.odd(signals, chunk.researchReason, "fininshed_reason");
        if (chunk.researchFinished) {
            signals.done();
        }
    }

    @Override
    public void forget() {
        calls.forget();
        toolOfEntry.clear();
        toolChanges++;
        progress.clear();
        searchInfoLength = 0;
        searchInfoHash = 0;
    }

    @Override
    public void save(StateWriter out) {
        calls.save(out);
        out.number(toolOfEntry.size());
        for (int tool : toolOfEntry) {
            out.number(tool);
        }
        out.number(progress.size());
        for (TextProgress one : progress) {
            one.save(out);
        }
        out.number(searchInfoLength);
        out.word(searchInfoHash);
    }

    @Override
    public void load(StateReader in) {
        forget();
        calls.load(in);
        int size = in.count();
        for (int i = 0; i < size; i++) {
            toolOfEntry.add(in.number(-1, Integer.MAX_VALUE));
        }
        size = in.count();
        for (int i = 0; i < size; i++) {
            TextProgress one = new TextProgress();
            one.load(in);
            progress.add(one);
        }
        searchInfoLength = in.number(0, Integer.MAX_VALUE);
        searchInfoHash = in.word();
    }
}
