package io.phaseline.dialect;

import io.phaseline.bytes.Slice;
import io.phaseline.json.JsonCursor;
import io.phaseline.json.TextValue;

/** A chunk of Chat Completions. */
final class ChatChunk implements Chunk {
    private final ChatReader reader;
    private final int maxChoices;

    private final TextValue id = new TextValue();
    private final TextValue model = new TextValue();
    final ChoiceFields.Choices choices = new ChoiceFields.Choices();
    final UsageFields usage = new UsageFields();
    final ErrorFields error = new ErrorFields();
    final Budget budget;
    /** Whether there is nothing but the texts of one choice, and counters. */
    boolean isPlain;

    private boolean hasChoices;
    private boolean recognised;

    ChatChunk(ChatReader reader, int maxChoices, int maxItems) {
        this.reader = reader;
        this.maxChoices = maxChoices;
        this.budget = new Budget(maxItems);
    }

    private void clearChunk() {
        id.clear();
        model.clear();
        choices.clear();
        usage.clear();
        error.clear();
        budget.refill();
        hasChoices = false;
        recognised = false;
    }

    @Override
    public boolean read(JsonCursor json, Slice chunk) {
        clearChunk();
        json.wrap(chunk);
        boolean isObject = json.enterObject();
        if (isObject) {
            while (json.nextMember()) {
                switch (json.member()) {
                    case ID -> json.readText(id);
                    case MODEL -> json.readText(model);
                    case CHOICES -> {
                        hasChoices = json.kind() == JsonCursor.Kind.ARRAY;
                        choices.read(json, maxChoices, budget);
                    }
                    case USAGE -> usage.read(json);
                    case OTHER -> json.skip();
                    default -> {
                        if (!error.readMember(json)) {
                            json.skip();
                        }
                    }
                }
            }
        }
        isPlain = choices.isOneText() && !budget.isExceeded() && error.isNone();
        recognised = hasChoices || error.object.slice().contentEquals("chat.completion.chunk");
        return json.end() && isObject;
    }

    boolean isError() {
        return error.isError(hasChoices);
    }

    @Override
    public boolean isRecognised() {
        return recognised;
    }

    @Override
    public Slice id() {
        return id.atMost(ChunkReader.MAX_ID_BYTES);
    }

    @Override
    public Slice model() {
        return model.atMost(ChunkReader.MAX_ID_BYTES);
    }

    @Override
    public boolean isFirst() {
        for (int i = 0; i < choices.size(); i++) {
            ChoiceFields choice = choices.get(i);
            if (choice.hasDelta && choice.role.hasText()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean canBegin() {
        // A chunk of usage alone belongs to what has just ended, also where every chunk has an id of its own.
        return choices.size() > 0 || isError();
    }

    @Override
    public boolean isPattern() {
        return error.isPattern() && usage.isPattern();
    }

    @Override
    public boolean isReadAlike() {
        return true;
    }

    @Override
    public boolean isDelta(FrameFacts frame) {
        return isPlain && !frame.errorEvent() && choices.get(0).isDelta();
    }

    @Override
    public void deliverDelta(Signals signals) {
        reader.deliverDelta(this, choices.get(0), signals);
    }

    @Override
    public boolean isIdentityRestless() {
        return id.isRestless() || model.isRestless();
    }

    @Override
    public void deliver(Signals signals, FrameFacts frame) {
        reader.deliver(this, signals, frame);
    }
}
