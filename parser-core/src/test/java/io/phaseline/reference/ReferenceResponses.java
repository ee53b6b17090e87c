package io.phaseline.reference;

import io.phaseline.event.ErrorReport;
import io.phaseline.event.ToolField;
import io.phaseline.reference.ReferenceJson.Num;
import io.phaseline.reference.ReferenceJson.Obj;
import io.phaseline.reference.ReferenceStream.Call;
import io.phaseline.reference.ReferenceStream.Channel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The Responses dialect: typed events about items. */
final class ReferenceResponses {
    private static final Set<String> WITH_NAME_ARGUMENTS_OUTPUT =
            Set.of("function", "mcp", "image_search", "web_search_image");

    private final ReferenceStream stream;
    private final List<Item> items = new ArrayList<>();
    private @Nullable Long sequence;

    ReferenceResponses(ReferenceStream stream) {
        this.stream = stream;
    }

    private enum Family {
        CONTENT,
        SUMMARY
    }

    private static final class Item {
        final String kind;
        String id;

        @Nullable
        Integer index;

        @Nullable
        Call call;

        boolean completed;

        /** The reasoning family that spoke first. */
        @Nullable
        Family family;

        final Map<String, StringBuilder> parts = new HashMap<>();
        final Map<Channel, StringBuilder> wholes = new HashMap<>();

        Item(String kind, String id, @Nullable Integer index) {
            this.kind = kind;
            this.id = id;
            this.index = index;
        }

        boolean isTool() {
            return !kind.equals("message") && !kind.equals("reasoning");
        }
    }

    void read(Obj chunk, String event, @Nullable ErrorReport error) {
        readSequence(chunk.get("sequence_number"));
        String type = ReferenceErrors.word(chunk.get("type"));
        if (type.isEmpty()) {
            type = event;
        }
        Obj response = chunk.object("response");
        boolean terminal = false;
        switch (type) {
            case "response.output_item.added" -> readItem(chunk, false);
            case "response.output_item.done" -> readItem(chunk, true);
            case "response.content_part.added", "response.content_part.done" -> readPart(chunk);
            case "response.reasoning_summary_part.added", "response.reasoning_summary_part.done" ->
                readPart(chunk, chunk.get("part"), "summary_text");
            case "response.output_text.delta",
                    "response.refusal.delta",
                    "response.reasoning_text.delta",
                    "response.reasoning_summary_text.delta" -> readTextDelta(chunk, type);
            case "response.output_text.done",
                    "response.refusal.done",
                    "response.reasoning_text.done",
                    "response.reasoning_summary_text.done" -> readTextDone(chunk, type);
            case "response.completed",
                    "response.incomplete",
                    "response.failed",
                    "response.cancelled",
                    "response.canceled" -> {
                terminal = true;
                if (response != null && !stream.textOrToolHeard()) {
                    readOutput(response.get("output"));
                }
            }
            default -> readToolEvent(chunk, type);
        }
        if (response != null) {
            stream.usage(response.get("usage"));
        }
        stream.serverError(error);
        if (type.equals("response.completed")) {
            stream.finish(stream.seen(0), "completed");
        }
        if (type.equals("response.incomplete")) {
            Obj details = response == null ? null : response.object("incomplete_details");
            String reason = details == null ? "" : ReferenceErrors.word(details.get("reason"));
            stream.finish(stream.seen(0), reason.isEmpty() || reason.equals("null") ? "incomplete" : reason);
        }
        if (terminal) {
            stream.replyDone();
        }
    }

    private void readSequence(@Nullable Object value) {
        Long number = value instanceof Num num ? num.counter() : null;
        if (number != null) {
            if (sequence != null && number - 1 > sequence) {
                stream.anomaly("sequence_number jumps");
            }
            sequence = number;
        }
    }

    // Items

    private Item item(String kind, Obj chunk) {
        return item(kind, ReferenceErrors.raw(chunk.get("item_id")), chunk);
    }

    private Item item(String type, String id, Obj chunk) {
        return item(type, id, ReferenceChoices.index(chunk.get("output_index")));
    }

    private Item item(String type, String id, @Nullable Integer index) {
        String kind = tool(type);
        List<Item> candidates = new ArrayList<>(items);
        Collections.reverse(candidates);
        if (!id.isEmpty()) {
            boolean isTool = new Item(kind, id, index).isTool();
            for (Item item : candidates) {
                // The id is enough, whatever a tool now calls itself.
                if (item.id.equals(id) && (isTool ? item.isTool() : item.kind.equals(kind))) {
                    return item;
                }
            }
        }
        candidates.removeIf(item -> !item.kind.equals(kind));
        if (index != null) {
            for (Item item : candidates) {
                if (index.equals(item.index) && (id.isEmpty() || item.id.isEmpty())) {
                    item.id = id.isEmpty() ? item.id : id;
                    return item;
                }
            }
        }
        for (Item item : candidates) {
            boolean other = !id.isEmpty() && (!item.id.isEmpty() || index != null && item.index != null);
            if (!item.completed && !other) {
                item.id = id.isEmpty() ? item.id : id;
                item.index = item.index == null ? index : item.index;
                return item;
            }
        }
        Item item = new Item(kind, id, index);
        items.add(item);
        return item;
    }

    private void readItem(Obj chunk, boolean done) {
        Obj json = stream.object(chunk.get("item"));
        if (json == null) {
            return;
        }
        String kind = ReferenceErrors.word(json.get("type"));
        if (kind.isEmpty()) {
            stream.anomaly("an item without a type");
            return;
        }
        Item item = item(kind, ReferenceErrors.raw(json.get("id")), chunk);
        readItem(item, json);
        if (done && !item.completed) {
            item.completed = true;
            if (item.call != null) {
                stream.completed(item.call);
            }
        }
    }

    private void readItem(Item item, Obj json) {
        if (item.isTool()) {
            readTool(item, json);
            return;
        }
        if (item.kind.equals("reasoning")) {
            readParts(item, json.get("summary"), "summary_text");
        }
        readParts(item, json.get("content"), item.kind.equals("reasoning") ? "reasoning_text" : "output_text");
    }

    private void readParts(Item item, @Nullable Object value, String usualType) {
        int i = 0;
        for (Object entry : value instanceof String ? List.of(value) : stream.list(value)) {
            if (entry instanceof String text) {
                done(item, usualType, i, text);
            } else {
                Obj part = stream.object(entry);
                if (part != null) {
                    readPart(item, part, usualType, i);
                }
            }
            i++;
        }
    }

    private void readOutput(@Nullable Object output) {
        int index = 0;
        for (Object value : stream.list(output)) {
            Obj json = stream.object(value);
            if (json != null) {
                String kind = ReferenceErrors.word(json.get("type"));
                if (kind.isEmpty()) {
                    stream.anomaly("an item without a type");
                } else {
                    readItem(item(kind, ReferenceErrors.raw(json.get("id")), index), json);
                }
            }
            index++;
        }
    }

    // Texts

    private void readPart(Obj chunk) {
        Object part = chunk.get("part");
        String type = part instanceof Obj object ? ReferenceErrors.word(object.get("type")) : "";
        boolean reasoning = type.equals("reasoning_text") || type.equals("summary_text");
        readPart(chunk, part, reasoning ? type : "output_text");
    }

    /** The event of a summary says what it is, whatever its part says. */
    private void readPart(Obj chunk, @Nullable Object value, String usualType) {
        if (value instanceof String text) {
            whole(chunk, usualType, partIndex(chunk, usualType), text);
            return;
        }
        Obj part = stream.object(value);
        if (part != null) {
            whole(chunk, partType(part, usualType), partIndex(chunk, usualType), partText(part, usualType));
        }
    }

    private void readPart(Item item, Obj part, String usualType, int index) {
        done(item, partType(part, usualType), index, partText(part, usualType));
    }

    private static String partType(Obj part, String usualType) {
        boolean refusal = ReferenceErrors.word(part.get("type")).equals("refusal") && usualType.equals("output_text");
        return refusal ? "refusal" : usualType;
    }

    private @Nullable String partText(Obj part, String usualType) {
        return stream.text(part.get(partType(part, usualType).equals("refusal") ? "refusal" : "text"));
    }

    /** An event without text is of no item. */
    private void whole(Obj chunk, String partType, int index, @Nullable String text) {
        if (text != null && !text.isEmpty()) {
            done(textItem(chunk, partType), partType, index, text);
        }
    }

    private static int partIndex(Obj chunk, String type) {
        Integer index =
                ReferenceChoices.index(chunk.get(type.equals("summary_text") ? "summary_index" : "content_index"));
        return index == null ? 0 : index;
    }

    private static String partType(String eventType) {
        if (eventType.startsWith("response.output_text.")) {
            return "output_text";
        }
        if (eventType.startsWith("response.refusal.")) {
            return "refusal";
        }
        return eventType.startsWith("response.reasoning_text.") ? "reasoning_text" : "summary_text";
    }

    private static Channel channel(String partType) {
        return switch (partType) {
            case "output_text" -> Channel.CONTENT;
            case "refusal" -> Channel.REFUSAL;
            default -> Channel.REASONING;
        };
    }

    private Item textItem(Obj chunk, String partType) {
        return item(channel(partType) == Channel.REASONING ? "reasoning" : "message", chunk);
    }

    private void readTextDelta(Obj chunk, String eventType) {
        String type = partType(eventType);
        String text = stream.text(chunk.get("delta"));
        if (text != null && !text.isEmpty()) {
            delta(textItem(chunk, type), type, partIndex(chunk, type), text);
        }
    }

    private void readTextDone(Obj chunk, String eventType) {
        String type = partType(eventType);
        String text = stream.text(chunk.get(type.equals("refusal") ? "refusal" : "text"));
        whole(chunk, type, partIndex(chunk, type), text);
    }

    private void delta(Item item, String partType, int index, String text) {
        if (text.isEmpty() || !isHeardFamily(item, partType)) {
            return;
        }
        item.parts.computeIfAbsent(partType + index, k -> new StringBuilder()).append(text);
        item.wholes.computeIfAbsent(channel(partType), k -> new StringBuilder()).append(text);
        stream.delta(stream.seen(0), channel(partType), text);
    }

    private static boolean isHeardFamily(Item item, String partType) {
        if (channel(partType) != Channel.REASONING) {
            return true;
        }
        Family family = partType.equals("summary_text") ? Family.SUMMARY : Family.CONTENT;
        if (item.family == null) {
            item.family = family;
        }
        return item.family == family;
    }

    /** The whole text of a part: gives what is missing. */
    private void done(Item item, String partType, int index, @Nullable String text) {
        if (text == null || text.isEmpty() || !isHeardFamily(item, partType)) {
            return;
        }
        String part =
                item.parts.getOrDefault(partType + index, new StringBuilder()).toString();
        String whole =
                item.wholes.getOrDefault(channel(partType), new StringBuilder()).toString();
        if (text.equals(part) || text.equals(whole)) {
            return;
        }
        boolean secondPart = part.isEmpty()
                && item.parts.keySet().stream()
                                .filter(key -> key.startsWith(partType))
                                .count()
                        == 1;
        if (!whole.isEmpty() && text.startsWith(whole) && !secondPart) {
            delta(item, partType, index, text.substring(whole.length()));
        } else if (text.startsWith(part)) {
            delta(item, partType, index, text.substring(part.length()));
        } else {
            stream.anomaly("done says another text than the deltas");
        }
    }

    // Tools

    private static String tool(String type) {
        boolean suffixed = type.endsWith("_call") && type.length() > "_call".length();
        return suffixed ? type.substring(0, type.length() - "_call".length()) : type;
    }

    private Call call(Item item) {
        if (item.call == null) {
            String tool = tool(item.kind);
            item.call = stream.newCall(0, tool, ReferenceStream.RUN_BY_CLIENT.contains(tool));
        }
        return item.call;
    }

    private void touch(Call call) {
        stream.seen(0);
        if (!call.runByClient) {
            stream.serverTool(call.tool);
        }
    }

    private void readTool(Item item, Obj json) {
        Call call = call(item);
        touch(call);
        String callId = stream.text(json.get("call_id"));
        if (callId != null && !callId.isEmpty()) {
            stream.snapshot(call, ToolField.ID, callId);
        } else if (!call.texts.containsKey(ToolField.ID)) {
            stream.snapshotUnlessEmpty(call, ToolField.ID, stream.text(json.get("id")));
        }
        if (call.tool.equals("code_interpreter")) {
            fill(call, ToolField.CODE, stream.text(json.get("code")));
            fill(call, ToolField.OUTPUT, ReferenceText.of(json.get("outputs"), "logs", stream::anomaly));
        } else if (call.tool.equals("custom_tool")) {
            stream.snapshotUnlessEmpty(call, ToolField.NAME, stream.text(json.get("name")));
            fill(call, ToolField.ARGUMENTS, rawOrText(json.get(json.get("arguments") != null ? "arguments" : "input")));
        } else if (WITH_NAME_ARGUMENTS_OUTPUT.contains(call.tool)) {
            stream.snapshotUnlessEmpty(call, ToolField.NAME, stream.text(json.get("name")));
            fill(call, ToolField.ARGUMENTS, rawOrText(json.get("arguments")));
            if (!call.tool.equals("function")) {
                fill(call, ToolField.OUTPUT, stream.text(json.get("output")));
            }
        } else {
            stream.snapshotUnlessEmpty(call, ToolField.NAME, stream.text(json.get("name")));
            fill(call, ToolField.ARGUMENTS, json.raw());
            fill(call, ToolField.OUTPUT, stream.text(json.get("output")));
        }
        stream.announce(call);
    }

    /** A field as the item has it; an empty one takes nothing away from what the deltas said. */
    private void fill(Call call, ToolField field, @Nullable String value) {
        if (value != null && (!value.isEmpty() || !call.texts.containsKey(field))) {
            stream.snapshot(call, field, value);
        }
    }

    private @Nullable String rawOrText(@Nullable Object value) {
        return value instanceof Obj object ? object.raw() : stream.text(value);
    }

    private static final Pattern TOOL_EVENT = Pattern.compile(
            "response\\.(?:(?<list>mcp_list_tools)|(?<call>[^.]+?_call)(?:_(?<text>arguments|input|code|command|output_content))?)(?:\\..*)?",
            Pattern.DOTALL);

    /** {@code response.web_search_call.searching}, {@code response.function_call_arguments.delta} and their like. */
    private void readToolEvent(Obj chunk, String eventType) {
        Matcher event = TOOL_EVENT.matcher(eventType);
        if (!event.matches()) {
            return;
        }
        Call call = call(item(event.group("list") != null ? event.group("list") : event.group("call"), chunk));
        touch(call);
        readItemId(call, chunk);
        stream.snapshotUnlessEmpty(call, ToolField.NAME, stream.text(chunk.get("name")));
        String text = event.group("text");
        if (text != null && !text.equals("command") && !text.equals("output_content")) {
            readToolText(call, text.equals("code") ? ToolField.CODE : ToolField.ARGUMENTS, chunk);
        }
        stream.announce(call);
    }

    private void readToolText(Call call, ToolField field, Obj chunk) {
        String delta = stream.text(chunk.get("delta"));
        if (delta != null) {
            stream.append(call, field, delta);
            return;
        }
        Object whole = field == ToolField.CODE ? chunk.get("code") : chunk.get("arguments");
        if (whole == null && field == ToolField.ARGUMENTS) {
            whole = chunk.get("input");
        }
        fill(call, field, field == ToolField.CODE ? stream.text(whole) : rawOrText(whole));
    }

    /** The item's id is the call's, but for calls that the client has to answer: theirs is the call_id. */
    private void readItemId(Call call, Obj chunk) {
        boolean waitsForCallId = call.tool.equals("function") || call.tool.equals("custom_tool");
        if (!waitsForCallId && !call.texts.containsKey(ToolField.ID)) {
            stream.snapshotUnlessEmpty(call, ToolField.ID, ReferenceText.of(chunk.get("item_id"), what -> {}));
        }
    }
}
