package io.phaseline.dialect;

import io.phaseline.bytes.Slice;
import io.phaseline.json.JsonCursor;
import io.phaseline.json.Member;
import io.phaseline.json.TextValue;

/** A native chunk of DashScope's. */
final class DashScopeChunk implements Chunk {
    static final String CODE_INTERPRETER = "code_interpreter";

    /** An entry of {@code tool_info}. */
    static final class ToolEntry {
        final TextValue type = TextValue.formative();
        final TextValue code;
        final Slice raw = new Slice();
        boolean isObject;
        boolean hasCodeMember;

        ToolEntry(TextValue.Changes changes) {
            code = TextValue.snapshot(changes);
        }

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
                switch (json.member()) {
                    case TYPE -> json.readText(type);
                    case CODE_INTERPRETER -> readCode(json);
                    default -> json.skip();
                }
            }
            int end = json.position();
            if (!isCodeInterpreter() && start >= 0 && start < end && end <= payload.length()) {
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
            return hasCodeMember || !type.atMost(ChunkReader.MAX_ID_BYTES).isEmpty();
        }

        boolean isCodeInterpreter() {
            return type.slice().isEmpty() ? hasCodeMember : type.slice().contentEquals(CODE_INTERPRETER);
        }
    }

    private final DashScopeReader reader;
    private final int maxChoices;

    private final Slice payload = new Slice();
    private final TextValue requestId = new TextValue();
    private final TextValue modelName = new TextValue();
    final ChoiceFields.Choices choices = new ChoiceFields.Choices();
    final TextValue text = new TextValue();
    final TextValue finishReason = new TextValue();
    final TextValue researchContent = new TextValue();
    final TextValue researchPhase = new TextValue();
    final TextValue researchReason = new TextValue();
    private final TextValue.Changes codeChanges = new TextValue.Changes();
    final Pool<ToolEntry> entries = new Pool<>(() -> new ToolEntry(codeChanges));
    final Slice searchInfo = new Slice();
    final UsageFields usage = new UsageFields();
    final ErrorFields error = new ErrorFields();
    final Budget budget;
    boolean hasToolInfo;
    /** Whether there is nothing but the texts of one choice, tools and counters. */
    boolean isPlain;

    /** When the codes were told that are not at hand because they are known: see {@link DashScopeReader}. */
    long toldAt;

    boolean hasOutput;
    boolean researchFinished;
    /** Whether {@code output} was there and not null. */
    private boolean isWrapped;
    /** Whether there were choices outside of {@code output}. */
    private boolean hasBareChoices;

    DashScopeChunk(DashScopeReader reader, int maxChoices, int maxItems) {
        this.reader = reader;
        this.maxChoices = maxChoices;
        this.budget = new Budget(maxItems);
    }

    private void clearChunk() {
        requestId.clear();
        clearOutput();
        usage.clear();
        error.clear();
        budget.refill();
        hasOutput = false;
        isWrapped = false;
        hasBareChoices = false;
    }

    private void clearOutput() {
        modelName.clear();
        choices.clear();
        text.clear();
        finishReason.clear();
        clearResearch();
        entries.clear();
        hasToolInfo = false;
        toldAt = DashScopeReader.NEVER;
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
                switch (json.member()) {
                    case OUTPUT -> readOutput(json);
                    case USAGE -> usage.read(json);
                    case REQUEST_ID -> json.readText(requestId);
                    default -> {
                        if (!error.readMember(json)) {
                            readBareMember(json);
                        }
                    }
                }
            }
        }
        isPlain = hasOutput && choices.isOneText() && isOutputPlain() && !budget.isExceeded() && error.isNone();
        return json.end() && isObject;
    }

    private boolean isOutputPlain() {
        return searchInfo.isEmpty()
                && isAbsent(text)
                && isAbsent(finishReason)
                && isAbsent(researchContent)
                && isAbsent(researchReason)
                && !researchFinished;
    }

    /** What the vendor's SDK prints has no wrapper; beside an output it means nothing. */
    private void readBareMember(JsonCursor json) {
        if (json.member() == Member.CHOICES) {
            hasBareChoices = json.kind() == JsonCursor.Kind.ARRAY;
        }
        if (isWrapped) {
            json.skip();
        } else {
            readOutputMember(json);
        }
    }

    boolean isError() {
        return error.isError(hasOutput || hasBareChoices);
    }

    private static boolean isAbsent(TextValue value) {
        return !value.isPresent() && !value.isOdd();
    }

    private void readOutput(JsonCursor json) {
        if (!isWrapped && json.kind() == JsonCursor.Kind.NULL) {
            json.skip();
            return;
        }
        isWrapped = true;
        clearOutput();
        hasOutput = json.enterObject();
        if (hasOutput) {
            while (json.nextMember()) {
                readOutputMember(json);
            }
        }
    }

    private void readOutputMember(JsonCursor json) {
        switch (json.member()) {
            case CHOICES -> choices.read(json, maxChoices, budget);
            case TEXT -> json.readText(text);
            case FINISH_REASON -> json.readText(finishReason);
            case TOOL_INFO -> readToolInfo(json);
            case SEARCH_INFO -> {
                searchInfo.clear();
                if (json.kind() == JsonCursor.Kind.OBJECT) {
                    json.readRaw(searchInfo);
                } else {
                    json.skip();
                }
            }
            case MODEL_NAME -> json.readText(modelName);
            case MESSAGE -> readResearch(json);
            case FININSHED -> {
                researchFinished = json.kind() == JsonCursor.Kind.BOOLEAN && json.isTrue();
                json.skip();
            }
            case FININSHED_REASON -> json.readText(researchReason);
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
            switch (json.member()) {
                case CONTENT -> json.readText(researchContent);
                case PHASE -> json.readText(researchPhase);
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
        return requestId.atMost(ChunkReader.MAX_ID_BYTES);
    }

    @Override
    public Slice model() {
        return modelName.atMost(ChunkReader.MAX_ID_BYTES);
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
    public boolean isPattern() {
        return error.isPattern() && usage.isPattern() && areCodes();
    }

    /** Whether no entry of {@code tool_info} is told as raw JSON, which is more than its texts. */
    private boolean areCodes() {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).isObject && !entries.get(i).isCodeInterpreter()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean isReadAlike() {
        return !hasToolInfo || reader.isUpToDate(this) || isWhole();
    }

    private boolean isWhole() {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).code.extent() != TextValue.Extent.WHOLE) {
                return false;
            }
        }
        return true;
    }

    /** Whether nothing of {@code tool_info} is new, given that what was told is still what was told last. */
    boolean isToolInfoKnown() {
        return !codeChanges.any();
    }

    void setToolInfoKnown(long now) {
        toldAt = now;
        codeChanges.forget();
        for (int i = 0; i < entries.size(); i++) {
            entries.get(i).code.setKnown();
        }
    }

    @Override
    public boolean areSnapshotsKnown() {
        return hasToolInfo && reader.isUpToDate(this) && isToolInfoKnown();
    }

    @Override
    public void setSnapshotsKnown() {
        reader.setKnown(this);
    }

    @Override
    public boolean isDelta(FrameFacts frame) {
        return isPlain
                && !reader.isCumulative()
                && !frame.errorEvent()
                && choices.get(0).isDelta();
    }

    @Override
    public void deliverDelta(Signals signals) {
        reader.deliverDelta(this, choices.get(0), signals);
    }

    @Override
    public boolean isIdentityRestless() {
        return requestId.isRestless() || modelName.isRestless();
    }

    @Override
    public void deliver(Signals signals, FrameFacts frame) {
        reader.deliver(this, signals, frame);
    }
}
