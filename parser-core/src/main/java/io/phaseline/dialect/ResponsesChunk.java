package io.phaseline.dialect;

import io.phaseline.bytes.Slice;
import io.phaseline.json.JsonCursor;
import io.phaseline.json.NumberValue;
import io.phaseline.json.TextValue;
import org.jspecify.annotations.Nullable;

/** An event of the Responses API. */
final class ResponsesChunk implements Chunk {
    static final String PREFIX = "response.";

    private final ResponsesReader reader;

    private final Slice payload = new Slice();
    final ErrorFields error = new ErrorFields();
    /** The type of the event; an error frame without a code has its code there. */
    final TextValue type = error.type;

    final TextValue itemId = new TextValue();
    final TextValue piece = new TextValue();
    final TextValue text = new TextValue();
    final TextValue refusal = new TextValue();
    final TextValue arguments = new TextValue();
    final TextValue input = new TextValue();
    final TextValue name = new TextValue();
    final ItemFields item = new ItemFields();
    final ItemFields.Part part = new ItemFields.Part();
    final TextValue responseId = new TextValue();
    final TextValue responseModel = new TextValue();
    final TextValue incompleteReason = new TextValue();
    final ErrorFields responseError = new ErrorFields();
    final UsageFields usage = new UsageFields();
    final Pool<ItemFields> output = new Pool<>(ItemFields::new);
    final Budget budget;
    final NumberValue sequenceNumber = new NumberValue();
    private final NumberValue sentOutputIndex = new NumberValue();
    private final NumberValue sentPartIndex = new NumberValue();
    private boolean recognised;
    private @Nullable ResponseEvent event;
    private boolean isEventKnown;
    /** The event, if it is known to bring a piece of text and nothing else. */
    private @Nullable ResponseEvent delta;

    private boolean isPlainTool;

    // The item that was meant last, and by what.
    private @Nullable OutputItem target;
    private int targetIdChanges;
    private long targetIndex;
    private long targetItems;
    private boolean hasOutput;
    /** Whether the output was skipped, because something had been heard. */
    private boolean skipsOutput;

    ResponsesChunk(ResponsesReader reader, int maxItems) {
        this.reader = reader;
        this.budget = new Budget(maxItems);
    }

    private void clearChunk() {
        type.clear();
        itemId.clear();
        piece.clear();
        text.clear();
        refusal.clear();
        arguments.clear();
        input.clear();
        name.clear();
        item.clear();
        part.clear();
        error.clear();
        clearResponse();
        sequenceNumber.clear();
        sentOutputIndex.clear();
        sentPartIndex.clear();
        budget.refill();
    }

    private void clearResponse() {
        responseId.clear();
        responseModel.clear();
        incompleteReason.clear();
        responseError.clear();
        usage.clear();
        output.clear();
        hasOutput = false;
    }

    @Override
    public boolean read(JsonCursor json, Slice chunk) {
        payload.wrap(chunk);
        isEventKnown = false;
        delta = null;
        target = null;
        clearChunk();
        json.wrap(chunk);
        boolean isObject = json.enterObject();
        if (isObject) {
            while (json.nextMember()) {
                readMember(json);
            }
        }
        recognised = startsWith(type.slice(), PREFIX)
                || type.slice().contentEquals("error")
                || type.slice().contentEquals("keepalive");
        isPlainTool = item.isPresent && item.isPlainTool();
        return json.end() && isObject;
    }

    private void readMember(JsonCursor json) {
        switch (json.member()) {
            case TYPE -> json.readText(type);
            case SEQUENCE_NUMBER -> json.readNumber(sequenceNumber);
            case RESPONSE -> readResponse(json);
            case ITEM -> item.read(json, payload, budget);
            case ITEM_ID -> json.readText(itemId);
            case OUTPUT_INDEX -> json.readNumber(sentOutputIndex);
            case CONTENT_INDEX, SUMMARY_INDEX -> json.readNumber(sentPartIndex);
            case DELTA -> json.readText(piece);
            case TEXT -> json.readText(text);
            case REFUSAL -> json.readText(refusal);
            case ARGUMENTS -> json.readTextOrRaw(arguments);
            case INPUT -> json.readTextOrRaw(input);
            case NAME -> json.readText(name);
            case PART -> part.read(json);
            case OTHER -> json.skip();
            default -> {
                if (!error.readMember(json)) {
                    json.skip();
                }
            }
        }
    }

    private void readResponse(JsonCursor json) {
        clearResponse();
        if (!json.enterObject()) {
            return;
        }
        while (json.nextMember()) {
            switch (json.member()) {
                case ID -> json.readText(responseId);
                case MODEL -> json.readText(responseModel);
                case ERROR -> responseError.readError(json);
                case USAGE -> usage.read(json);
                case INCOMPLETE_DETAILS -> readIncompleteDetails(json);
                case OUTPUT -> readOutput(json);
                default -> json.skip();
            }
        }
    }

    private void readIncompleteDetails(JsonCursor json) {
        incompleteReason.clear();
        if (!json.enterObject()) {
            return;
        }
        while (json.nextMember()) {
            if (json.name().equals("reason")) {
                json.readText(incompleteReason);
            } else {
                json.skip();
            }
        }
    }

    private void readOutput(JsonCursor json) {
        output.clear();
        // Once something was heard the final output only repeats it: it is skipped, not read.
        skipsOutput = reader.hasSpoken();
        hasOutput = true;
        if (skipsOutput) {
            json.skip();
            return;
        }
        if (!json.enterArray()) {
            return;
        }
        while (json.nextElement()) {
            if (budget.take()) {
                output.next().read(json, payload, budget);
            } else {
                json.skip();
            }
        }
    }

    static boolean startsWith(Slice text, String prefix) {
        if (text.length() < prefix.length()) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (text.byteAt(i) != (byte) prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The JSON type is authoritative; a payload without one is what its frame's event says. */
    Slice eventType(FrameFacts frame) {
        return type.slice().isEmpty() && startsWith(frame.event(), PREFIX) ? frame.event() : type.slice();
    }

    /** What the event is; null if it is one of a tool, or unknown. */
    @Nullable
    ResponseEvent event(FrameFacts frame) {
        if (!isEventKnown) {
            event = ResponseEvent.of(eventType(frame));
            isEventKnown = !type.slice().isEmpty();
        }
        return event;
    }

    /** The item that was meant by the last delta, if nothing has changed by which it was told; else null. */
    @Nullable
    OutputItem target(long items) {
        boolean isSame =
                targetItems == items && targetIdChanges == itemId.changes() && targetIndex == sentOutputIndex.value();
        return isSame ? target : null;
    }

    void target(@Nullable OutputItem item, long items) {
        target = item;
        targetItems = items;
        targetIdChanges = itemId.changes();
        targetIndex = sentOutputIndex.value();
    }

    int outputIndex() {
        return CallFragment.indexOf(sentOutputIndex.value());
    }

    int partIndex() {
        return Math.max(0, CallFragment.indexOf(sentPartIndex.value()));
    }

    @Override
    public boolean isRecognised() {
        return recognised;
    }

    @Override
    public Slice id() {
        return responseId.atMost(ChunkReader.MAX_ID_BYTES);
    }

    @Override
    public Slice model() {
        return responseModel.atMost(ChunkReader.MAX_ID_BYTES);
    }

    @Override
    public boolean isFirst() {
        return type.slice().contentEquals("response.created");
    }

    @Override
    public boolean canBegin() {
        return true;
    }

    @Override
    public boolean isPattern() {
        return error.isPattern()
                && responseError.isPattern()
                && usage.isPattern()
                && (!item.isPresent || item.isPattern() || isPlainTool)
                && areItemsPatterns();
    }

    private boolean areItemsPatterns() {
        for (int i = 0; i < output.size(); i++) {
            if (!output.get(i).isPattern()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean isReadAlike() {
        boolean isOutputAlike = !hasOutput || skipsOutput == reader.hasSpoken();
        return isOutputAlike && (!isPlainTool || reader.isOfItsType(item));
    }

    @Override
    public boolean isDelta(FrameFacts frame) {
        ResponseEvent known = event(frame);
        delta = known != null && known.delta != null && !usage.isRead() && !budget.isExceeded() ? known : null;
        return delta != null;
    }

    @Override
    public void deliverDelta(Signals signals) {
        ResponseEvent known = delta;
        if (known != null) {
            reader.deliverDelta(this, signals, known);
        }
    }

    @Override
    public boolean isIdentityRestless() {
        return responseId.isRestless() || responseModel.isRestless();
    }

    @Override
    public void deliver(Signals signals, FrameFacts frame) {
        reader.deliver(this, signals, frame);
    }
}
