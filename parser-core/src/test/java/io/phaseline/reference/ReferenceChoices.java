package io.phaseline.reference;

import io.phaseline.event.ErrorReport;
import io.phaseline.event.ToolField;
import io.phaseline.reference.ReferenceJson.Num;
import io.phaseline.reference.ReferenceJson.Obj;
import io.phaseline.reference.ReferenceStream.Call;
import io.phaseline.reference.ReferenceStream.Channel;
import io.phaseline.reference.ReferenceStream.Choice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The two dialects with {@code choices}: DashScope's native frames and Chat Completions. */
final class ReferenceChoices {
    private static final Pattern STRING = Pattern.compile("\"(?:\\\\.|[^\"\\\\])*+\"", Pattern.DOTALL);
    private static final List<String> REASONING = List.of("reasoning_content", "reasoning", "reasoning_details");

    private final ReferenceStream stream;
    private final Map<Integer, Aliases> aliases = new HashMap<>();
    private final Map<Integer, Calls> calls = new HashMap<>();
    private final List<@Nullable Call> toolInfo = new ArrayList<>();
    private @Nullable String searchInfo;

    ReferenceChoices(ReferenceStream stream) {
        this.stream = stream;
    }

    /** One entry of {@code choices} with the object its texts stand in. */
    private record Part(Choice choice, Obj entry, @Nullable Obj message) {}

    private List<Part> parts(@Nullable Object choices) {
        List<Part> parts = new ArrayList<>();
        int position = 0;
        for (Object value : stream.list(choices)) {
            Obj entry = stream.object(value);
            if (entry != null) {
                Integer index = index(entry.get("index"));
                Object message = entry.get(entry.hasValue("delta") ? "delta" : "message");
                parts.add(new Part(stream.seen(index == null ? position : index), entry, stream.object(message)));
            }
            position++;
        }
        return parts;
    }

    static @Nullable Integer index(@Nullable Object value) {
        Long index = value instanceof Num number ? number.counter() : null;
        return index != null && index <= Integer.MAX_VALUE ? (Integer) index.intValue() : null;
    }

    // DashScope

    void dashScope(Obj chunk, @Nullable ErrorReport error) {
        boolean wrapped = chunk.hasValue("output");
        Obj output = wrapped ? chunk.object("output") : chunk;
        if (output == null) {
            output = new Obj(Map.of(), Set.of(), "{}");
        }
        List<Part> parts = parts(output.get("choices"));
        for (Part part : parts) {
            if (part.message != null) {
                stream.pieceOrDelta(part.choice, Channel.REASONING, reasoning(part.message).text);
            }
        }
        readSearchInfo(output.get("search_info"));
        readToolInfo(output.get("tool_info"));
        for (Part part : parts) {
            if (part.message != null) {
                readToolCalls(part.choice, part.message);
                readFunctionCall(part.choice, part.message.get("function_call"));
            }
        }
        boolean contentSaid = false;
        for (Part part : parts) {
            if (part.message != null) {
                String content = stream.text(part.message.get("content"));
                contentSaid |= content != null && !content.isEmpty();
                stream.pieceOrDelta(part.choice, Channel.CONTENT, content);
            }
        }
        readRefusals(parts);
        String text = stream.text(output.get("text"));
        if (!contentSaid && text != null && !text.isEmpty()) {
            stream.pieceOrDelta(stream.seen(0), Channel.CONTENT, text);
        }
        // An error's `message` is a text for people; only inside `output` is it the model's.
        if (wrapped && output.get("message") instanceof Obj message) {
            readResearch(message);
        }
        stream.usage(chunk.get("usage"));
        stream.serverError(error);
        for (Part part : parts) {
            stream.finish(part.choice, stream.text(part.entry.get("finish_reason")));
        }
        for (String name : List.of("finish_reason", "fininshed_reason")) {
            String reason = stream.text(output.get(name));
            if (reason != null && !reason.isEmpty() && !reason.equals("null")) {
                stream.finish(stream.seen(0), reason);
            }
        }
        if (Boolean.TRUE.equals(output.get("fininshed"))) {
            stream.seen(0);
            stream.replyDone();
        }
    }

    private void readResearch(Obj message) {
        if (!"KeepAlive".equals(message.get("phase"))) {
            String content = stream.text(message.get("content"));
            if (content != null && !content.isEmpty()) {
                stream.pieceOrDelta(stream.seen(0), Channel.CONTENT, content);
            }
        }
    }

    private void readSearchInfo(@Nullable Object value) {
        Obj info = stream.object(value);
        if (info == null || info.raw().equals(searchInfo)) {
            return;
        }
        if (searchInfo == null || bytes(info.raw()) >= bytes(searchInfo)) {
            searchInfo = info.raw();
            stream.searchInfo(searchInfo);
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private void readToolInfo(@Nullable Object value) {
        if (value == null) {
            return;
        }
        List<?> entries = stream.list(value);
        if (value instanceof List<?> && entries.size() < toolInfo.size()) {
            stream.anomaly("tool_info became shorter");
        }
        for (int i = 0; i < entries.size(); i++) {
            while (toolInfo.size() <= i) {
                toolInfo.add(null);
            }
            Obj entry = stream.object(entries.get(i));
            if (entry != null) {
                toolInfo.set(i, readToolInfoEntry(toolInfo.get(i), entry));
            }
        }
    }

    private @Nullable Call readToolInfoEntry(@Nullable Call known, Obj entry) {
        String type = ReferenceErrors.word(entry.get("type"));
        if (type.isEmpty() && entry.has("code_interpreter")) {
            type = "code_interpreter";
        }
        if (type.isEmpty()) {
            stream.anomaly("tool_info entry without a type");
            return known;
        }
        Call call = known != null ? known : stream.newCall(0, type, false);
        if (type.equals("code_interpreter")) {
            Obj payload = stream.object(entry.get(type));
            if (payload != null) {
                stream.snapshot(call, ToolField.CODE, stream.text(payload.get("code")));
            }
        } else {
            stream.snapshot(call, ToolField.ARGUMENTS, entry.raw());
        }
        stream.announce(call);
        return call;
    }

    // Chat Completions

    void chat(Obj chunk, @Nullable ErrorReport error) {
        List<Part> parts = parts(chunk.get("choices"));
        for (Part part : parts) {
            if (part.message != null) {
                aliases.computeIfAbsent(part.choice.index, i -> new Aliases()).read(part.choice, part.message);
            }
        }
        for (Part part : parts) {
            if (part.message != null) {
                readToolCalls(part.choice, part.message);
                readFunctionCall(part.choice, part.message.get("function_call"));
            }
        }
        for (Part part : parts) {
            if (part.message != null) {
                stream.pieceOrDelta(part.choice, Channel.CONTENT, stream.text(part.message.get("content")));
            }
        }
        readRefusals(parts);
        stream.usage(chunk.get("usage"));
        stream.serverError(error);
        for (Part part : parts) {
            stream.finish(part.choice, stream.text(part.entry.get("finish_reason")));
        }
    }

    private void readRefusals(List<Part> parts) {
        for (Part part : parts) {
            if (part.message != null) {
                stream.pieceOrDelta(part.choice, Channel.REFUSAL, stream.text(part.message.get("refusal")));
            }
        }
    }

    private record Reasoning(String from, String text) {}

    /** The first member that means reasoning and has a text. */
    private Reasoning reasoning(Obj message) {
        Reasoning first = new Reasoning("", "");
        for (String name : REASONING) {
            String text = stream.text(message.get(name));
            if (first.text.isEmpty() && text != null) {
                first = new Reasoning(name, text);
            }
        }
        return first;
    }

    /** The members that mean reasoning; usually they mirror each other. */
    private final class Aliases {
        private String source = "";
        private String last = "";
        private final StringBuilder whole = new StringBuilder();

        void read(Choice choice, Obj delta) {
            Reasoning said = reasoning(delta);
            String text = said.text;
            boolean other = !source.isEmpty() && !source.equals(said.from);
            if (text.isEmpty() || other && (text.equals(last) || text.contentEquals(whole))) {
                return;
            }
            source = said.from;
            last = text;
            whole.append(text);
            stream.delta(choice, Channel.REASONING, text);
        }
    }

    // Calls that the client is to run

    private static final class Calls {
        final Map<String, Call> byId = new LinkedHashMap<>();
        final Map<Integer, Call> byIndex = new HashMap<>();

        @Nullable
        Call writtenLast;

        @Nullable
        Call functionCall;
    }

    private void readToolCalls(Choice choice, Obj message) {
        for (Object value : stream.list(message.get("tool_calls"))) {
            Obj fragment = stream.object(value);
            if (fragment != null) {
                readFragment(choice, fragment);
            }
        }
    }

    private void readFragment(Choice choice, Obj fragment) {
        Calls known = calls.computeIfAbsent(choice.index, i -> new Calls());
        String id = stream.text(fragment.get("id"));
        String type = stream.text(fragment.get("type"));
        Integer index = index(fragment.get("index"));
        boolean named = id != null && !id.isEmpty();
        Call call;
        if (named) {
            call = known.byId.get(id);
        } else {
            call = index != null ? known.byIndex.get(index) : known.writtenLast;
        }
        if (call == null) {
            boolean typed = type != null && !type.isEmpty();
            call = stream.newCall(choice.index, typed ? ReferenceErrors.wellFormed(type) : "function", true);
            if (named) {
                known.byId.put(id, call);
            }
            if (index != null) {
                known.byIndex.put(index, call);
            }
        }
        known.writtenLast = call;
        stream.snapshotUnlessEmpty(call, ToolField.ID, id);
        readFunction(call, stream.object(fragment.get("function")));
        stream.announce(call);
    }

    private void readFunctionCall(Choice choice, @Nullable Object value) {
        Obj function = stream.object(value);
        if (function == null) {
            return;
        }
        Calls known = calls.computeIfAbsent(choice.index, i -> new Calls());
        Call call = known.functionCall;
        if (call == null) {
            call = stream.newCall(choice.index, "function", true);
            known.functionCall = call;
        }
        readFunction(call, function);
        stream.announce(call);
    }

    private void readFunction(Call call, @Nullable Obj function) {
        if (function == null) {
            return;
        }
        stream.snapshotUnlessEmpty(call, ToolField.NAME, stream.text(function.get("name")));
        Object value = function.get("arguments");
        String fragment = value instanceof Obj object ? object.raw() : stream.text(value);
        if (fragment != null) {
            stream.append(call, ToolField.ARGUMENTS, withoutWhatIsKnown(call, fragment));
        }
    }

    /** Decisions, "arguments sent again". */
    private String withoutWhatIsKnown(Call call, String fragment) {
        String known = call.texts.getOrDefault(ToolField.ARGUMENTS, "");
        if (known.isEmpty() || fragment.isEmpty()) {
            return fragment;
        }
        if (!fragment.startsWith(known)) {
            call.cumulative = false;
            return fragment;
        }
        if (call.cumulative) {
            stream.snapshot(call, ToolField.ARGUMENTS, fragment);
            return "";
        }
        if (fragment.equals(known)) {
            return isOneObject(known) ? "" : fragment;
        }
        String end = known.stripTrailing();
        boolean valueMayBegin = end.endsWith(":") || end.endsWith("[") || end.endsWith(",");
        if (valueMayBegin) {
            return fragment;
        }
        call.cumulative = true;
        stream.snapshot(call, ToolField.ARGUMENTS, fragment);
        return "";
    }

    /** As its braces tell, whatever stands between them: models write arguments that are no JSON. */
    private static boolean isOneObject(String text) {
        String bare = STRING.matcher(text).replaceAll("");
        if (!text.startsWith("{") || !text.endsWith("}") || bare.contains("\"")) {
            return false;
        }
        int depth = 0;
        for (int i = 0; i < bare.length(); i++) {
            depth += bare.charAt(i) == '{' ? 1 : bare.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                return i == bare.length() - 1;
            }
        }
        return false;
    }
}
