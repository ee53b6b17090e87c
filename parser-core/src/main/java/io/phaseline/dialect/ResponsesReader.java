package io.phaseline.dialect;

import io.phaseline.bytes.Slice;
import io.phaseline.dialect.OutputItem.Family;
import io.phaseline.event.Dialect;
import io.phaseline.event.ToolField;
import io.phaseline.json.JsonCursor;
import io.phaseline.json.Surrogates;
import io.phaseline.json.TextValue;
import io.phaseline.state.StateReader;
import io.phaseline.state.StateWriter;
import org.jspecify.annotations.Nullable;

/**
 * The typed events of the Responses API, with OpenAI's habits and DashScope's.
 *
 * <pre>
 * {"type":"response.output_text.delta","item_id":"msg_1","output_index":1,"content_index":0,"delta":"…"}
 * </pre>
 *
 * <p>Items are made when they are first heard of, whatever event mentions them: servers send deltas before, or without,
 * the event that adds the item.
 */
public final class ResponsesReader implements ChunkReader {
    private static final String CODE_INTERPRETER = "code_interpreter";
    private static final String FUNCTION = "function";
    private static final String CUSTOM_TOOL = "custom_tool";
    private static final String MCP = "mcp";
    private static final long NO_NUMBER = JsonCursor.NOT_A_LONG;
    private static final Slice NO_TYPE = new Slice();

    private final int maxItems;

    // What is remembered of the stream.
    private final TextTail tail = new TextTail();

    private final Pool<OutputItem> items = new Pool<>(() -> new OutputItem(tail));
    /** Counts changes of items by which they are told apart. */
    private long itemChanges;

    private long lastSequenceNumber = NO_NUMBER;
    private boolean spoken;

    private final Slice toolType = new Slice();
    /** The type of the tool heard of last: there are few, and it need not be made anew for each call. */
    private String lastToolType = "";

    /**
     * A reader of Responses events.
     *
     * @param maxItems how many items are remembered
     */
    public ResponsesReader(int maxItems) {
        this.maxItems = maxItems;
    }

    @Override
    public Dialect dialect() {
        return Dialect.RESPONSES;
    }

    @Override
    public Chunk newChunk() {
        return new ResponsesChunk(this, maxItems);
    }

    /** Whether something was heard of which the final output is but a repetition. */
    boolean hasSpoken() {
        return spoken;
    }

    void deliver(ResponsesChunk chunk, Signals signals, FrameFacts frame) {
        deliverSequence(chunk, signals);
        ResponseEvent event = chunk.event(frame);
        if (event == null) {
            Slice eventType = chunk.eventType(frame);
            deliverToolEvent(chunk, signals, eventType);
            chunk.usage.deliver(signals);
            boolean isError = frame.errorEvent() || chunk.error.isError(false);
            if (isError && !ResponsesChunk.startsWith(eventType, ResponsesChunk.PREFIX)) {
                chunk.error.deliver(signals, frame);
            }
        } else {
            deliver(chunk, signals, event, frame);
        }
        chunk.budget.deliver(signals);
    }

    /** Sequence numbers detect gaps; they may be missing, repeat, or start anywhere. */
    private void deliverSequence(ResponsesChunk chunk, Signals signals) {
        long sequenceNumber = chunk.sequenceNumber.value();
        if (sequenceNumber < 0) {
            return;
        }
        // Not by adding one to the last number: it may be the largest there is.
        if (lastSequenceNumber != NO_NUMBER && sequenceNumber - 1 > lastSequenceNumber) {
            signals.anomaly("sequence_number jumps from " + lastSequenceNumber + " to " + sequenceNumber);
        }
        lastSequenceNumber = sequenceNumber;
    }

    private void deliver(ResponsesChunk chunk, Signals signals, ResponseEvent event, FrameFacts frame) {
        switch (event) {
            case CREATED, QUEUED, IN_PROGRESS -> {}
            case COMPLETED -> {
                deliverOutput(chunk, signals);
                chunk.usage.deliver(signals);
                signals.finish(0, COMPLETED_REASON);
                signals.done();
            }
            case INCOMPLETE -> {
                deliverOutput(chunk, signals);
                chunk.usage.deliver(signals);
                signals.finish(
                        0, chunk.incompleteReason.hasText() ? chunk.incompleteReason.slice() : INCOMPLETE_REASON);
                signals.done();
            }
            case FAILED -> {
                deliverOutput(chunk, signals);
                chunk.usage.deliver(signals);
                chunk.responseError.deliver(signals, frame);
                signals.done();
            }
            case CANCELLED, CANCELED -> {
                deliverOutput(chunk, signals);
                chunk.usage.deliver(signals);
                signals.serverError("cancelled", null, frame.httpStatus());
                signals.done();
            }
            case ERROR -> {
                chunk.usage.deliver(signals);
                chunk.error.deliver(signals, frame);
            }
            case ITEM_ADDED -> deliverItem(signals, chunk.item, chunk.outputIndex(), false);
            case ITEM_DONE -> deliverItem(signals, chunk.item, chunk.outputIndex(), true);
            case PART_ADDED, PART_DONE -> deliverPart(chunk, signals);
            case SUMMARY_PART_ADDED, SUMMARY_PART_DONE -> fill(chunk, signals, Family.SUMMARY_TEXT, chunk.part.text);
            case TEXT_DELTA, REFUSAL_DELTA, REASONING_DELTA, SUMMARY_DELTA -> append(chunk, signals, event);
            case TEXT_DONE -> fill(chunk, signals, Family.OUTPUT_TEXT, chunk.text);
            case REFUSAL_DONE -> fill(chunk, signals, Family.REFUSAL, chunk.refusal);
            case REASONING_DONE -> fill(chunk, signals, Family.REASONING_TEXT, chunk.text);
            case SUMMARY_DONE -> fill(chunk, signals, Family.SUMMARY_TEXT, chunk.text);
        }
        chunk.usage.deliver(signals);
    }

    private static final Slice COMPLETED_REASON = Slice.of("completed");
    private static final Slice INCOMPLETE_REASON = Slice.of("incomplete");

    void deliverDelta(ResponsesChunk chunk, Signals signals, ResponseEvent event) {
        deliverSequence(chunk, signals);
        append(chunk, signals, event);
    }

    private void append(ResponsesChunk chunk, Signals signals, ResponseEvent event) {
        Family family = event.delta;
        odd(signals, chunk.piece);
        if (family == null || !chunk.piece.hasText()) {
            return;
        }
        OutputItem target = textItem(chunk, signals, family);
        if (target != null) {
            spoken |= target.append(signals, family, chunk.partIndex(), chunk.piece.slice());
        }
    }

    private void fill(ResponsesChunk chunk, Signals signals, Family family, TextValue whole) {
        odd(signals, whole);
        if (!whole.hasText()) {
            return;
        }
        OutputItem target = textItem(chunk, signals, family);
        if (target != null) {
            spoken |= target.fill(signals, family, chunk.partIndex(), whole.slice());
        }
    }

    private static void odd(Signals signals, TextValue value) {
        if (value.isOdd()) {
            signals.anomaly("an object stands where a text is expected");
        }
    }

    private void deliverPart(ResponsesChunk chunk, Signals signals) {
        if (chunk.part.isRefusal()) {
            fill(chunk, signals, Family.REFUSAL, chunk.part.refusal);
        } else if (chunk.part.isReasoning()) {
            fill(chunk, signals, Family.REASONING_TEXT, chunk.part.text);
        } else if (chunk.part.isSummary()) {
            fill(chunk, signals, Family.SUMMARY_TEXT, chunk.part.text);
        } else {
            fill(chunk, signals, Family.OUTPUT_TEXT, chunk.part.text);
        }
    }

    private @Nullable OutputItem textItem(ResponsesChunk chunk, Signals signals, Family family) {
        OutputItem.Kind kind =
                family.textKind == TextKind.REASONING ? OutputItem.Kind.REASONING : OutputItem.Kind.MESSAGE;
        OutputItem same = chunk.target(itemChanges);
        if (same != null) {
            return same;
        }
        OutputItem found = item(signals, chunk.itemId.atMost(MAX_ID_BYTES), chunk.outputIndex(), kind, NO_TYPE);
        chunk.target(found, itemChanges);
        return found;
    }

    /**
     * The item meant: by its id; else by its index if it is of that kind and has no other id; else the last open one of
     * that kind, if nothing that was sent speaks against it; else a new one.
     */
    private @Nullable OutputItem item(Signals signals, Slice id, int index, OutputItem.Kind kind, Slice toolType) {
        boolean hasId = !id.isEmpty();
        if (hasId) {
            for (int i = items.size() - 1; i >= 0; i--) {
                OutputItem known = items.get(i);
                if (known.hasId(id) && known.kind == kind) {
                    return known;
                }
            }
        }
        if (index != OutputItem.NO_INDEX) {
            for (int i = items.size() - 1; i >= 0; i--) {
                OutputItem known = items.get(i);
                if (known.index == index && known.is(kind, toolType) && !(hasId && known.hasId())) {
                    if (hasId) {
                        known.id(id);
                        itemChanges++;
                    }
                    return known;
                }
            }
        }
        for (int i = items.size() - 1; i >= 0; i--) {
            OutputItem known = items.get(i);
            boolean otherId = hasId && known.hasId();
            // Some servers count the events of an item without an id under other indexes.
            boolean otherIndex = hasId && index != OutputItem.NO_INDEX && known.index != OutputItem.NO_INDEX;
            if (known.done || !known.is(kind, toolType) || otherId || otherIndex) {
                continue;
            }
            if (hasId) {
                known.id(id);
                itemChanges++;
            }
            if (known.index == OutputItem.NO_INDEX) {
                known.index = index;
                itemChanges++;
            }
            return known;
        }
        return newItem(signals, id, index, kind, toolType);
    }

    private @Nullable OutputItem newItem(Signals signals, Slice id, int index, OutputItem.Kind kind, Slice toolType) {
        if (items.size() == maxItems) {
            signals.limit("maxItems");
            return null;
        }
        if (!toolType.isEmpty() && !toolType.contentEquals(lastToolType)) {
            lastToolType = Surrogates.textOf(toolType);
        }
        OutputItem added = items.next().begin(kind, toolType.isEmpty() ? "" : lastToolType, index);
        if (!id.isEmpty()) {
            added.id(id);
        }
        itemChanges++;
        return added;
    }

    private void deliverOutput(ResponsesChunk chunk, Signals signals) {
        if (spoken) {
            return;
        }
        for (int i = 0; i < chunk.output.size(); i++) {
            deliverItem(signals, chunk.output.get(i), i, false);
        }
    }

    private void deliverItem(Signals signals, ItemFields fields, int index, boolean done) {
        if (!fields.isPresent) {
            return;
        }
        Slice itemType = fields.type.atMost(MAX_ID_BYTES);
        Slice id = fields.id.atMost(MAX_ID_BYTES);
        if (itemType.isEmpty()) {
            signals.anomaly("an item without a type");
            return;
        }
        if (itemType.contentEquals("message")) {
            OutputItem message = item(signals, id, index, OutputItem.Kind.MESSAGE, NO_TYPE);
            if (message != null) {
                fillParts(signals, message, fields.content, Family.OUTPUT_TEXT);
                message.done |= done;
                itemChanges++;
            }
        } else if (itemType.contentEquals("reasoning")) {
            OutputItem reasoning = item(signals, id, index, OutputItem.Kind.REASONING, NO_TYPE);
            if (reasoning != null) {
                fillParts(signals, reasoning, fields.summary, Family.SUMMARY_TEXT);
                fillParts(signals, reasoning, fields.content, Family.REASONING_TEXT);
                reasoning.done |= done;
                itemChanges++;
            }
        } else {
            withoutSuffix(itemType, "_call", toolType);
            OutputItem tool = item(signals, id, index, OutputItem.Kind.TOOL, toolType);
            if (tool != null) {
                deliverTool(signals, tool, fields, done);
            }
        }
    }

    private void fillParts(Signals signals, OutputItem target, Pool<ItemFields.Part> parts, Family family) {
        for (int i = 0; i < parts.size(); i++) {
            ItemFields.Part one = parts.get(i);
            boolean isRefusal = family == Family.OUTPUT_TEXT && one.isRefusal();
            TextValue said = isRefusal ? one.refusal : one.text;
            odd(signals, said);
            spoken |= target.fill(signals, isRefusal ? Family.REFUSAL : family, i, said.slice());
        }
    }

    /** Whether the tool that an item's id names is of the item's type: an earlier item may have said another one. */
    boolean isOfItsType(ItemFields fields) {
        Slice id = fields.id.atMost(MAX_ID_BYTES);
        if (id.isEmpty()) {
            return true;
        }
        withoutSuffix(fields.type.atMost(MAX_ID_BYTES), "_call", toolType);
        for (int i = items.size() - 1; i >= 0; i--) {
            OutputItem known = items.get(i);
            if (known.kind == OutputItem.Kind.TOOL && known.hasId(id)) {
                return known.isOfType(toolType);
            }
        }
        return true;
    }

    private void deliverTool(Signals signals, OutputItem tool, ItemFields fields, boolean done) {
        if (!begin(signals, tool)) {
            return;
        }
        if (fields.callId.hasText()) {
            tool.hasCallId = true;
            signals.toolText(ToolField.ID, fields.callId.slice(), TextMode.SNAPSHOT);
        } else {
            odd(signals, fields.callId);
            if (!tool.hasCallId) {
                odd(signals, fields.id);
            }
            deliverToolId(signals, tool, fields.id.slice());
        }
        switch (tool.toolType) {
            case FUNCTION, CUSTOM_TOOL -> {
                repeat(signals, ToolField.NAME, fields.name);
                repeat(signals, ToolField.ARGUMENTS, fields.arguments.isPresent() ? fields.arguments : fields.input);
            }
            case CODE_INTERPRETER -> {
                repeat(signals, ToolField.CODE, fields.code);
                repeat(signals, ToolField.OUTPUT, fields.logs);
            }
            case MCP, "image_search", "web_search_image" -> {
                repeat(signals, ToolField.NAME, fields.name);
                repeat(signals, ToolField.ARGUMENTS, fields.arguments);
                repeat(signals, ToolField.OUTPUT, fields.output);
            }
            default -> {
                repeat(signals, ToolField.NAME, fields.name);
                signals.toolText(ToolField.ARGUMENTS, fields.raw, TextMode.SNAPSHOT);
                repeat(signals, ToolField.OUTPUT, fields.output);
            }
        }
        signals.endTool(done && !tool.done);
        tool.done |= done;
        itemChanges++;
    }

    /** The item's id is the call's, until the wire gives another one to answer with. */
    private static void deliverToolId(Signals signals, OutputItem tool, Slice id) {
        if (!tool.hasCallId && !id.isEmpty()) {
            tool.hasCallId = true;
            signals.toolText(ToolField.ID, id, TextMode.SNAPSHOT);
        }
    }

    private static void repeat(Signals signals, ToolField field, TextValue value) {
        if (value.isPresent()) {
            signals.toolText(field, value.slice(), TextMode.REPEAT);
        }
        odd(signals, value);
    }

    /** Begins what is said of a tool's item; false if there is no room for it. */
    private boolean begin(Signals signals, OutputItem tool) {
        spoken = true;
        if (tool.tool == OutputItem.NO_TOOL) {
            if (signals.toolCount() >= maxItems) {
                signals.limit("maxItems");
                return false;
            }
            tool.tool = signals.toolCount();
        }
        ToolUse use = isRunByClient(tool.toolType) ? ToolUse.CLIENT : ToolUse.SERVER_EVENT;
        signals.beginTool(0, tool.tool, tool.toolType, use);
        return true;
    }

    /** Whether a tool of this type is run by the client, not by the server. */
    private static boolean isRunByClient(String toolType) {
        return switch (toolType) {
            case FUNCTION, CUSTOM_TOOL, "computer", "local_shell", "apply_patch" -> true;
            default -> false;
        };
    }

    /**
     * Events of tools are told by their pattern, {@code response.<type>_call[_<text>].<what>}, so that types which are
     * invented tomorrow are heard.
     */
    private void deliverToolEvent(ResponsesChunk chunk, Signals signals, Slice wire) {
        if (!ResponsesChunk.startsWith(wire, ResponsesChunk.PREFIX) || wire.length() > MAX_ID_BYTES) {
            return;
        }
        int from = ResponsesChunk.PREFIX.length();
        int dot = from;
        while (dot < wire.length() && wire.byteAt(dot) != '.') {
            dot++;
        }
        toolType.wrap(wire, from, dot - from);
        ToolField field = null;
        if (withoutSuffix(toolType, "_call_arguments", toolType) || withoutSuffix(toolType, "_call_input", toolType)) {
            field = ToolField.ARGUMENTS;
        } else if (withoutSuffix(toolType, "_call_code", toolType)) {
            field = ToolField.CODE;
        } else if (!withoutSuffix(toolType, "_call", toolType)
                && !withoutSuffix(toolType, "_call_command", toolType)
                && !withoutSuffix(toolType, "_call_output_content", toolType)
                && !toolType.contentEquals("mcp_list_tools")) {
            return;
        }
        OutputItem tool =
                item(signals, chunk.itemId.atMost(MAX_ID_BYTES), chunk.outputIndex(), OutputItem.Kind.TOOL, toolType);
        if (tool != null && begin(signals, tool)) {
            deliverToolTexts(chunk, signals, tool, field);
            signals.endTool(false);
        }
    }

    private void deliverToolTexts(ResponsesChunk chunk, Signals signals, OutputItem tool, @Nullable ToolField field) {
        boolean waitsForCallId = tool.toolType.equals(FUNCTION) || tool.toolType.equals(CUSTOM_TOOL);
        if (!waitsForCallId) {
            deliverToolId(signals, tool, chunk.itemId.atMost(MAX_ID_BYTES));
        }
        if (chunk.name.hasText()) {
            signals.toolText(ToolField.NAME, chunk.name.slice(), TextMode.REPEAT);
        }
        if (field == null) {
            return;
        }
        odd(signals, chunk.piece);
        if (chunk.piece.isPresent()) {
            signals.toolText(field, chunk.piece.slice(), TextMode.DELTA);
        } else if (field == ToolField.CODE) {
            repeat(signals, field, chunk.error.code);
        } else {
            repeat(signals, field, chunk.arguments.isPresent() ? chunk.arguments : chunk.input);
        }
    }

    /** Points a slice at a text without its ending; false, and pointed at the whole text, if it has not that ending. */
    private static boolean withoutSuffix(Slice text, String suffix, Slice into) {
        int length = text.length() - suffix.length();
        if (length <= 0) {
            into.wrap(text);
            return false;
        }
        for (int i = 0; i < suffix.length(); i++) {
            if (text.byteAt(length + i) != (byte) suffix.charAt(i)) {
                into.wrap(text);
                return false;
            }
        }
        into.wrap(text, 0, length);
        return true;
    }

    @Override
    public void forget() {
        items.clear();
        tail.clear();
        itemChanges++;
        lastSequenceNumber = NO_NUMBER;
        spoken = false;
    }

    @Override
    public void save(StateWriter out) {
        tail.measure();
        out.number(items.size());
        for (int i = 0; i < items.size(); i++) {
            items.get(i).save(out);
        }
        out.word(lastSequenceNumber);
        out.flag(spoken);
    }

    @Override
    public void load(StateReader in) {
        forget();
        int size = in.count();
        for (int i = 0; i < size; i++) {
            items.next().load(in);
        }
        lastSequenceNumber = in.word();
        spoken = in.flag();
    }
}
