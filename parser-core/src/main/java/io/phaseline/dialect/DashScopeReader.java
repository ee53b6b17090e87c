package io.phaseline.dialect;

import io.phaseline.bytes.Slice;
import io.phaseline.event.Dialect;
import io.phaseline.event.ToolField;
import io.phaseline.json.JsonCursor;
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
    private static final String CODE_INTERPRETER = "code_interpreter";

    /** An entry of {@code tool_info}. */
    private static final class ToolEntry {
        final TextValue type = new TextValue();
        final TextValue code = new TextValue();
        final Slice raw = new Slice();
        boolean isObject;
        boolean hasCodeMember;

        void read(JsonCursor json, Slice payload) {
            type.clear();
            code.clear();
            raw.clear();
            hasCodeMember = false;
            isObject = json.kind() == JsonCursor.Kind.OBJECT;
            int start = json.valueStart();
            if (!json.enterObject()) {
                return;
            }
            while (json.nextMember()) {
                switch (json.name()) {
                    case "type" -> json.readText(type);
                    case CODE_INTERPRETER -> readCode(json);
                    default -> json.skip();
                }
            }
            int end = json.position();
            if (start >= 0 && start < end && end <= payload.length()) {
                raw.wrap(payload, start, end - start);
            }
        }

        private void readCode(JsonCursor json) {
            code.clear();
            hasCodeMember = true;
            if (!json.enterObject()) {
                return;
            }
            while (json.nextMember()) {
                if (json.name().equals("code")) {
                    json.readText(code);
                } else {
                    json.skip();
                }
            }
        }

        boolean isTyped() {
            return hasCodeMember || !type.atMost(MAX_ID_BYTES).isEmpty();
        }

        boolean isCodeInterpreter() {
            return type.slice().isEmpty() ? hasCodeMember : type.slice().contentEquals(CODE_INTERPRETER);
        }
    }

    private final boolean cumulative;
    private final int maxChoices;
    private final int maxItems;

    // The chunk read.
    private final Slice payload = new Slice();
    private final TextValue requestId = new TextValue();
    private final TextValue modelName = new TextValue();
    private final ChoiceFields.Choices choices = new ChoiceFields.Choices();
    private final TextValue text = new TextValue();
    private final TextValue finishReason = new TextValue();
    private final TextValue researchContent = new TextValue();
    private final TextValue researchPhase = new TextValue();
    private final TextValue researchReason = new TextValue();
    private final Pool<ToolEntry> entries = new Pool<>(ToolEntry::new);
    private final Slice searchInfo = new Slice();
    private final UsageFields usage = new UsageFields();
    private final ErrorFields error = new ErrorFields();
    private final Budget budget;
    private boolean hasToolInfo;
    private boolean hasOutput;
    private boolean researchFinished;

    // What is remembered of the stream.
    private final CallRouter calls;
    private final List<Integer> toolOfEntry = new ArrayList<>();
    private final List<TextProgress> progress = new ArrayList<>();
    private int searchInfoLength;
    private long searchInfoHash;

    private final Slice rest = new Slice();

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
        this.calls = new CallRouter(maxItems);
        this.budget = new Budget(maxItems);
    }

    @Override
    public Dialect dialect() {
        return Dialect.DASHSCOPE;
    }

    private void clearChunk() {
        requestId.clear();
        clearOutput();
        usage.clear();
        error.clear();
        budget.refill();
        hasOutput = false;
    }

    private void clearOutput() {
        modelName.clear();
        choices.clear();
        text.clear();
        finishReason.clear();
        clearResearch();
        entries.clear();
        hasToolInfo = false;
        searchInfo.clear();
        researchReason.clear();
        researchFinished = false;
    }

    private void clearResearch() {
        researchContent.clear();
        researchPhase.clear();
    }

    @Override
    public boolean read(JsonCursor json, Slice chunk) {
        payload.wrap(chunk);
        clearChunk();
        json.wrap(chunk);
        boolean isObject = json.enterObject();
        if (isObject) {
            while (json.nextMember()) {
                switch (json.name()) {
                    case "output" -> readOutput(json);
                    case "usage" -> usage.read(json);
                    case "request_id" -> json.readText(requestId);
                    default -> {
                        if (!error.readMember(json)) {
                            readOutputMember(json);
                        }
                    }
                }
            }
        }
        return json.end() && isObject;
    }

    private void readOutput(JsonCursor json) {
        clearOutput();
        hasOutput = json.enterObject();
        if (hasOutput) {
            while (json.nextMember()) {
                readOutputMember(json);
            }
        }
    }

    private void readOutputMember(JsonCursor json) {
        switch (json.name()) {
            case "choices" -> choices.read(json, maxChoices, budget);
            case "text" -> json.readText(text);
            case "finish_reason" -> json.readText(finishReason);
            case "tool_info" -> readToolInfo(json);
            case "search_info" -> {
                searchInfo.clear();
                if (json.kind() == JsonCursor.Kind.OBJECT) {
                    json.readRaw(searchInfo);
                } else {
                    json.skip();
                }
            }
            case "model_name" -> json.readText(modelName);
            case "message" -> readResearch(json);
            case "fininshed" -> {
                researchFinished = json.kind() == JsonCursor.Kind.BOOLEAN && json.isTrue();
                json.skip();
            }
            case "fininshed_reason" -> json.readText(researchReason);
            default -> json.skip();
        }
    }

    private void readToolInfo(JsonCursor json) {
        entries.clear();
        hasToolInfo = json.enterArray();
        if (!hasToolInfo) {
            return;
        }
        while (json.nextElement()) {
            if (budget.take()) {
                entries.next().read(json, payload);
            } else {
                json.skip();
            }
        }
    }

    private void readResearch(JsonCursor json) {
        clearResearch();
        if (!json.enterObject()) {
            return;
        }
        while (json.nextMember()) {
            switch (json.name()) {
                case "content" -> json.readText(researchContent);
                case "phase" -> json.readText(researchPhase);
                default -> json.skip();
            }
        }
    }

    @Override
    public boolean isRecognised() {
        // A bare output, also one of a single chunk, may be anything: only a look at all of it can tell.
        return hasOutput;
    }

    @Override
    public Slice id() {
        return requestId.atMost(MAX_ID_BYTES);
    }

    @Override
    public Slice model() {
        return modelName.atMost(MAX_ID_BYTES);
    }

    @Override
    public boolean isFirst() {
        // A native frame is known as the first one by its SSE id, which is not in the chunk.
        return false;
    }

    @Override
    public boolean canBegin() {
        return true;
    }

    @Override
    public void deliver(Signals signals, FrameFacts frame) {
        choices.deliver(signals);
        for (int i = 0; i < choices.size(); i++) {
            ChoiceFields choice = choices.get(i);
            text(signals, choice.index, TextKind.REASONING, choice.reasoning(choice.speakingSource()));
            choice.deliverOddities(signals);
        }
        if (!searchInfo.isEmpty()) {
            deliverSearchInfo(signals);
        }
        deliverToolInfo(signals);
        for (int i = 0; i < choices.size(); i++) {
            deliverCalls(signals, choices.get(i));
        }
        deliverContent(signals);
        usage.deliver(signals);
        if (error.isError(hasOutput) || frame.errorEvent()) {
            error.deliver(signals, frame);
        }
        deliverFinish(signals);
        budget.deliver(signals);
        if (choices.tooMany()) {
            signals.limit("maxChoices");
        }
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
        switch (before.compareTo(piece)) {
            case EQUAL -> {}
            case EXTENDED -> signals.text(choice, kind, before.rest(piece, rest));
            case DIFFERENT -> signals.text(choice, kind, piece);
        }
        before.set(piece);
    }

    private TextProgress progress(int choice, TextKind kind) {
        int slot = choice * TextKind.values().length + kind.ordinal();
        while (progress.size() <= slot) {
            progress.add(new TextProgress());
        }
        return progress.get(slot);
    }

    /** A snapshot, repeated in every later frame: entries are known by their position. */
    private void deliverToolInfo(Signals signals) {
        if (!hasToolInfo) {
            return;
        }
        if (entries.size() < toolOfEntry.size()) {
            signals.anomaly("tool_info became shorter");
        }
        for (int i = 0; i < entries.size(); i++) {
            ToolEntry entry = entries.get(i);
            if (!entry.isObject) {
                continue;
            }
            while (toolOfEntry.size() <= i) {
                toolOfEntry.add(-1);
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
            deliverEntry(signals, tool, entry);
        }
    }

    private static void deliverEntry(Signals signals, int tool, ToolEntry entry) {
        if (!entry.isTyped()) {
            signals.anomaly("an entry of tool_info without a type");
            return;
        }
        if (entry.isCodeInterpreter()) {
            signals.beginTool(0, tool, CODE_INTERPRETER, ToolUse.SERVER_SNAPSHOT);
            if (entry.code.isPresent()) {
                signals.toolText(ToolField.CODE, entry.code.slice(), TextMode.SNAPSHOT);
            }
            if (entry.code.isOdd()) {
                signals.anomaly("an object stands where a text is expected: code");
            }
        } else {
            signals.beginTool(0, tool, entry.type.slice().toString(), ToolUse.SERVER_SNAPSHOT);
            signals.toolText(ToolField.ARGUMENTS, entry.raw, TextMode.SNAPSHOT);
        }
        signals.endTool(false);
    }

    private void deliverCalls(Signals signals, ChoiceFields choice) {
        TextMode mode = cumulative ? TextMode.SNAPSHOT : TextMode.DELTA;
        for (int i = 0; i < choice.calls.size(); i++) {
            calls.deliver(signals, choice.index, choice.calls.get(i), mode);
        }
        if (choice.hasFunctionCall) {
            calls.deliver(signals, choice.index, choice.functionCall, mode);
        }
    }

    /** A snapshot that may be emptied later; what was there once is not taken back. */
    private void deliverSearchInfo(Signals signals) {
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

    private void deliverContent(Signals signals) {
        boolean spoken = false;
        for (int i = 0; i < choices.size(); i++) {
            ChoiceFields choice = choices.get(i);
            spoken |= choice.content.hasText();
            text(signals, choice.index, TextKind.CONTENT, choice.content);
        }
        for (int i = 0; i < choices.size(); i++) {
            text(signals, choices.get(i).index, TextKind.REFUSAL, choices.get(i).refusal);
        }
        if (!spoken) {
            text(signals, 0, TextKind.CONTENT, text);
        }
        if (text.isOdd()) {
            signals.anomaly("an object stands where a text is expected: text");
        }
        if (!researchPhase.slice().contentEquals("KeepAlive")) {
            text(signals, 0, TextKind.CONTENT, researchContent);
        }
    }

    private void deliverFinish(Signals signals) {
        for (int i = 0; i < choices.size(); i++) {
            signals.finish(choices.get(i).index, choices.get(i).finishReason.slice());
        }
        signals.finish(0, finishReason.slice());
        signals.finish(0, researchReason.slice());
        if (researchFinished) {
            signals.done();
        }
    }

    @Override
    public void forget() {
        calls.forget();
        toolOfEntry.clear();
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
