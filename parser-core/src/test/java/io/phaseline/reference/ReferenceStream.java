package io.phaseline.reference;

import io.phaseline.ParserOptions;
import io.phaseline.event.Counters;
import io.phaseline.event.Dialect;
import io.phaseline.event.ErrorKind;
import io.phaseline.event.ErrorReport;
import io.phaseline.event.Outcome;
import io.phaseline.event.Phase;
import io.phaseline.event.Place;
import io.phaseline.event.StreamEvent;
import io.phaseline.event.ToolChange.Kind;
import io.phaseline.event.ToolField;
import io.phaseline.event.UsageField;
import io.phaseline.reference.ReferenceJson.Num;
import io.phaseline.reference.ReferenceJson.Obj;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One stream: what is known of it, and what each dialect may say to it. */
final class ReferenceStream {
    final int number;
    final long startByte;
    long frames;

    @Nullable
    Dialect dialect;

    String id = "";
    String model = "";
    /** The reply is over; what follows an end marker is ignored, what follows a terminal event is not. */
    boolean done;

    boolean cutOff;

    boolean endMarker;

    private final List<StreamEvent> events;
    private final ParserOptions options;
    private final ReferenceResponses responses = new ReferenceResponses(this);
    private final ReferenceChoices choicesReader = new ReferenceChoices(this);
    private final TreeMap<Integer, Choice> choices = new TreeMap<>();
    private final List<Call> calls = new ArrayList<>();
    private final Counters usage = new Counters();
    Place.Fixed at;
    private ReferenceParser.@Nullable Payload counted;
    private boolean started;
    /** Whether the input has told its dialect: what the options say of an input without a chunk is not heard. */
    private boolean isDialectTold;

    private boolean toolRan;
    private boolean textOrToolHeard;
    private boolean failed;

    ReferenceStream(int number, long startByte, ParserOptions options, List<StreamEvent> events) {
        this.number = number;
        this.startByte = startByte;
        this.options = options;
        this.events = events;
        this.dialect = options.dialect();
        this.at = new Place.Fixed(number, 0, 0);
    }

    // What is known

    enum Channel {
        REASONING,
        CONTENT,
        REFUSAL
    }

    /** One choice. */
    static final class Choice {
        final int index;
        boolean seen;
        boolean finished;
        String finishReason = "";

        @Nullable
        Phase phase;

        final Map<Channel, String> held = new EnumMap<>(Channel.class);

        /** Where texts are cumulative: the piece that grows. */
        final Map<Channel, String> piece = new EnumMap<>(Channel.class);

        Choice(int index) {
            this.index = index;
        }
    }

    /** One tool call. */
    static final class Call {
        final int index;
        final int choice;
        final String tool;
        final boolean runByClient;
        final Map<ToolField, String> texts = new EnumMap<>(ToolField.class);
        final Map<ToolField, String> held = new EnumMap<>(ToolField.class);
        boolean announced;
        boolean cumulative;

        Call(int index, int choice, String tool, boolean runByClient) {
            this.index = index;
            this.choice = choice;
            this.tool = tool;
            this.runByClient = runByClient;
        }
    }

    boolean cumulativeTexts() {
        return options.cumulative() && dialect == Dialect.DASHSCOPE;
    }

    boolean textOrToolHeard() {
        return textOrToolHeard;
    }

    boolean hasEnded() {
        return outcome() != Outcome.TRUNCATED;
    }

    Choice seen(int index) {
        Choice choice = choices.computeIfAbsent(index, Choice::new);
        choice.seen = true;
        return choice;
    }

    private List<Choice> seenChoices() {
        List<Choice> seen = new ArrayList<>(choices.values());
        seen.removeIf(choice -> !choice.seen);
        return seen.isEmpty() ? List.of(seen(0)) : seen;
    }

    // Frames

    /** Makes a payload's frame the current one; a payload with several chunks is still one frame. */
    void count(ReferenceParser.Payload payload) {
        if (counted != payload) {
            counted = payload;
            frames++;
            at = new Place.Fixed(number, frames, payload.offset());
        }
    }

    void chunk(ReferenceParser.Payload payload, Obj chunk, @Nullable Dialect told, String chunkId) {
        boolean news = false;
        if (dialect == null) {
            dialect = told;
        }
        if (dialect != null && !isDialectTold) {
            isDialectTold = true;
            news = true;
        }
        if (id.isEmpty() && !chunkId.isEmpty()) {
            id = chunkId;
            news = true;
        }
        String chunkModel = ReferenceErrors.word(modelOf(chunk));
        if (model.isEmpty() && !chunkModel.isEmpty()) {
            model = chunkModel;
            news = true;
        }
        if (started ? news : !id.isEmpty() && (!model.isEmpty() || dialect == Dialect.DASHSCOPE)) {
            sayStarted();
        }
        ErrorReport error = ReferenceErrors.of(chunk, payload.event(), ErrorKind.SERVER, payload.status(), dialect);
        if (dialect == null) {
            serverError(error);
            return;
        }
        switch (dialect) {
            case DASHSCOPE -> choicesReader.dashScope(chunk, error);
            case CHAT -> choicesReader.chat(chunk, error);
            case RESPONSES -> responses.read(chunk, payload.event(), error);
        }
    }

    private @Nullable Object modelOf(Obj chunk) {
        if (dialect == Dialect.CHAT) {
            return chunk.get("model");
        }
        Obj parent = chunk.object(dialect == Dialect.RESPONSES ? "response" : "output");
        return parent == null ? null : parent.get(dialect == Dialect.RESPONSES ? "model" : "model_name");
    }

    // What is said

    private void sayStarted() {
        started = true;
        events.add(new StreamEvent.Started(at, isDialectTold ? dialect : null, ReferenceErrors.wellFormed(id), model));
    }

    void say(StreamEvent event) {
        if (!started) {
            sayStarted();
        }
        events.add(event);
    }

    void anomaly(String what) {
        if (!endMarker) {
            say(new StreamEvent.Anomaly(at, what));
        }
    }

    void enter(Choice choice, Phase phase) {
        if (choice.phase != phase && choice.phase != Phase.FAILED) {
            say(new StreamEvent.PhaseEntered(at, choice.index, phase, choice.phase));
            choice.phase = phase;
        }
    }

    private void enterEverywhere(Phase phase) {
        for (Choice choice : seenChoices()) {
            enter(choice, phase);
        }
    }

    /** A tool of the server is at work. */
    void serverTool(String tool) {
        enterEverywhere(tool.equals("code_interpreter") ? Phase.CODE_EXECUTION : Phase.TOOL_EXECUTION);
        toolRan = true;
    }

    void searchInfo(String json) {
        say(new StreamEvent.SearchInfo(at, json));
    }

    // Texts

    @Nullable
    String text(@Nullable Object value) {
        return ReferenceText.of(value, this::anomaly);
    }

    /** The text of a chunk, which may be cumulative. */
    void pieceOrDelta(Choice choice, Channel channel, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return;
        }
        if (cumulativeTexts() && choice.index < options.limits().maxChoices()) {
            String piece = choice.piece.getOrDefault(channel, "");
            choice.piece.put(channel, text);
            if (text.startsWith(piece)) {
                text = text.substring(piece.length());
            }
        }
        delta(choice, channel, text);
    }

    void delta(Choice choice, Channel channel, String text) {
        if (text.isEmpty()) {
            return;
        }
        choice.seen = true;
        textOrToolHeard = true;
        String whole = choice.held.getOrDefault(channel, "") + text;
        choice.held.put(channel, highSurrogateAtEnd(whole));
        sayText(choice, channel, withoutHighSurrogateAtEnd(whole));
    }

    private void sayText(Choice choice, Channel channel, String text) {
        if (text.isEmpty()) {
            return;
        }
        String well = ReferenceErrors.wellFormed(text);
        switch (channel) {
            case REASONING -> {
                enter(choice, toolRan ? Phase.RESULT_INTEGRATION : Phase.THINKING);
                say(new StreamEvent.Reasoning(at, choice.index, well));
            }
            case CONTENT -> {
                enter(choice, Phase.RESPONSE);
                say(new StreamEvent.Content(at, choice.index, well));
            }
            case REFUSAL -> {
                enter(choice, Phase.RESPONSE);
                say(new StreamEvent.Refusal(at, choice.index, well));
            }
        }
    }

    private static String highSurrogateAtEnd(String text) {
        return text.substring(withoutHighSurrogateAtEnd(text).length());
    }

    private static String withoutHighSurrogateAtEnd(String text) {
        boolean held = !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1));
        return held ? text.substring(0, text.length() - 1) : text;
    }

    /** What was held back stays alone. Texts in the order of a chunk: reasoning, tools, content, refusal. */
    private void flush(Choice choice) {
        flush(choice, Channel.REASONING);
        for (Call call : calls) {
            if (call.choice == choice.index) {
                for (ToolField field : ToolField.values()) {
                    String held = call.held.getOrDefault(field, "");
                    call.held.remove(field);
                    if (!held.isEmpty()) {
                        tellMore(call, field, ReferenceErrors.wellFormed(held));
                    }
                }
            }
        }
        flush(choice, Channel.CONTENT);
        flush(choice, Channel.REFUSAL);
    }

    private void flush(Choice choice, Channel channel) {
        String held = choice.held.getOrDefault(channel, "");
        choice.held.remove(channel);
        sayText(choice, channel, held);
    }

    // Tools

    Call newCall(int choice, String tool, boolean runByClient) {
        Call call = new Call(calls.size(), choice, tool, runByClient);
        call.cumulative = cumulativeTexts();
        calls.add(call);
        return call;
    }

    /** A call of which no field came along is heard all the same. */
    void announce(Call call) {
        if (!call.announced) {
            sayTool(call, Kind.ADDED, null, "");
        }
    }

    void append(Call call, ToolField field, String delta) {
        String told = call.texts.get(field);
        if (told != null && delta.isEmpty()) {
            return;
        }
        String whole = call.held.getOrDefault(field, "") + delta;
        call.held.put(field, highSurrogateAtEnd(whole));
        tellMore(call, field, ReferenceErrors.wellFormed(withoutHighSurrogateAtEnd(whole)));
    }

    private void tellMore(Call call, ToolField field, String more) {
        String told = call.texts.get(field);
        if (told == null || !more.isEmpty()) {
            call.texts.put(field, (told == null ? "" : told) + more);
            sayTool(call, Kind.APPENDED, field, more);
        }
    }

    /** The field as the wire now has it, whole: compared with what was told of it. */
    void snapshot(Call call, ToolField field, @Nullable String value) {
        if (value == null) {
            return;
        }
        String told = call.texts.getOrDefault(field, "");
        String whole = ReferenceErrors.wellFormed(withoutHighSurrogateAtEnd(value));
        call.held.put(field, highSurrogateAtEnd(value));
        if (whole.startsWith(told)) {
            tellMore(call, field, whole.substring(told.length()));
            return;
        }
        call.texts.put(field, whole);
        sayTool(call, Kind.REPLACED, field, whole);
    }

    /** The same where an empty text says nothing. */
    void snapshotUnlessEmpty(Call call, ToolField field, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            snapshot(call, field, value);
        }
    }

    void completed(Call call) {
        sayTool(call, Kind.COMPLETED, null, "");
    }

    private void sayTool(Call call, Kind kind, @Nullable ToolField field, String text) {
        textOrToolHeard = true;
        if (kind != Kind.COMPLETED) {
            if (call.runByClient) {
                enter(choices.computeIfAbsent(call.choice, Choice::new), Phase.FUNCTION_CALL);
            } else {
                serverTool(call.tool);
            }
        }
        Kind shown = kind == Kind.COMPLETED || call.announced ? kind : Kind.ADDED;
        call.announced = true;
        say(new StreamEvent.Tool(
                at, call.choice, shown, call.index, call.tool, field, ReferenceErrors.wellFormed(text)));
    }

    // Usage

    private static final Map<UsageField, List<String>> USAGE = Map.of(
            UsageField.INPUT_TOKENS, List.of("input_tokens", "prompt_tokens"),
            UsageField.OUTPUT_TOKENS, List.of("output_tokens", "completion_tokens"),
            UsageField.TOTAL_TOKENS, List.of("total_tokens"),
            UsageField.REASONING_TOKENS,
                    List.of("output_tokens_details/reasoning_tokens", "completion_tokens_details/reasoning_tokens"),
            UsageField.CACHED_TOKENS,
                    List.of("prompt_tokens_details/cached_tokens", "input_tokens_details/cached_tokens"),
            UsageField.CODE_INTERPRETER_CALLS,
                    List.of("plugins/code_interpreter/count", "x_tools/code_interpreter/count"));

    /** Reads the counters under the names of all dialects; says those that changed. */
    void usage(@Nullable Object value) {
        if (value == null) {
            return;
        }
        if (!(value instanceof Obj)) {
            return;
        }
        Counters changed = new Counters();
        USAGE.forEach((field, paths) -> {
            Long counter = null;
            for (String path : paths) {
                Long one = counter(value, List.of(path.split("/")));
                counter = counter == null ? one : counter;
            }
            Long ofModels = ofModels(field, value);
            counter = counter == null ? ofModels : counter;
            if (counter != null && (!usage.has(field) || usage.value(field) != counter)) {
                changed.put(field, counter);
            }
        });
        if (!changed.isEmpty()) {
            usage.putAll(changed);
            say(new StreamEvent.UsageChanged(at, changed));
        }
    }

    /** The sum over the models of an application, at most 63 bits. */
    private @Nullable Long ofModels(UsageField field, Object usage) {
        if (field != UsageField.INPUT_TOKENS && field != UsageField.OUTPUT_TOKENS) {
            return null;
        }
        Long sum = null;
        for (Object model : list(((Obj) usage).get("models"))) {
            Long one = model instanceof Obj
                    ? counter(model, List.of(USAGE.get(field).get(0)))
                    : null;
            if (one != null) {
                sum = sum == null
                        ? one
                        : sum > Long.MAX_VALUE - one ? Long.valueOf(Long.MAX_VALUE) : (Long) (sum + one);
            }
        }
        return sum;
    }

    private @Nullable Long counter(@Nullable Object value, List<String> path) {
        if (value == null) {
            return null;
        }
        if (!path.isEmpty()) {
            if (value instanceof Obj object) {
                return counter(object.get(path.get(0)), path.subList(1, path.size()));
            }
            return null;
        }
        Long counter = value instanceof Num number ? number.counter() : null;
        boolean saysNothing = value instanceof Num number && !number.isFinite();
        if (counter == null && !saysNothing) {
            anomaly("a counter is no number that fits");
        }
        return counter;
    }

    // Errors and ends

    void serverError(@Nullable ErrorReport error) {
        if (error != null) {
            failed = true;
            enterEverywhere(Phase.FAILED);
            say(new StreamEvent.Failed(at, error));
        }
    }

    void broken(ErrorKind kind) {
        if (!endMarker) {
            say(new StreamEvent.Failed(at, new ErrorReport(kind, null, null, null)));
        }
    }

    /** Of a frame that does not count. */
    void brokenUncounted(ErrorKind kind, long offset) {
        Place.Fixed last = at;
        at = new Place.Fixed(number, frames + 1, offset);
        cutOff |= kind == ErrorKind.MALFORMED && !endMarker;
        broken(kind);
        at = last;
    }

    void notAStream(@Nullable Object body) {
        failed = true;
        ErrorReport error = null;
        if (body instanceof Obj object) {
            id = ReferenceErrors.raw(object.get("request_id"));
            // What is no stream is of no dialect, unless it has the id of a native request.
            dialect = dialect == null && !id.isEmpty() ? Dialect.DASHSCOPE : dialect;
            isDialectTold = dialect != null;
            error = ReferenceErrors.of(object, "", ErrorKind.NOT_A_STREAM, null, null);
        }
        if (started && (!id.isEmpty() || isDialectTold)) {
            sayStarted();
        }
        enterEverywhere(Phase.FAILED);
        say(new StreamEvent.Failed(
                at, error != null ? error : new ErrorReport(ErrorKind.NOT_A_STREAM, null, null, null)));
    }

    void finish(Choice choice, @Nullable String reason) {
        if (reason == null || reason.isEmpty() || reason.equals("null")) {
            return;
        }
        String well = ReferenceErrors.wellFormed(reason);
        finishWithoutReason(choice);
        if (!choice.finishReason.equals(well)) {
            choice.finishReason = well;
            say(new StreamEvent.Finished(at, choice.index, well));
        }
    }

    void finishWithoutReason(Choice choice) {
        choice.seen = true;
        choice.finished = true;
        flush(choice);
        enter(choice, Phase.COMPLETED);
    }

    /** {@code [DONE]}. */
    void endMarker() {
        if (!endMarker) {
            replyDone();
            endMarker = true;
        }
    }

    /** The reply is over. */
    void replyDone() {
        seenChoices().forEach(this::flush);
        enterEverywhere(Phase.COMPLETED);
        done = true;
    }

    private Outcome outcome() {
        if (failed) {
            return Outcome.FAILED;
        }
        List<Choice> seen = new ArrayList<>(choices.values());
        seen.removeIf(choice -> !choice.seen);
        boolean allFinished = !seen.isEmpty() && seen.stream().allMatch(choice -> choice.finished);
        if (cutOff) {
            return Outcome.TRUNCATED;
        }
        return done || allFinished ? Outcome.COMPLETED : Outcome.TRUNCATED;
    }

    void end(long end) {
        for (Choice choice : List.copyOf(choices.values())) {
            flush(choice);
        }
        say(new StreamEvent.Ended(at, outcome(), frames, end - startByte));
    }

    /** For rules that differ by what is run where. */
    static final Set<String> RUN_BY_CLIENT =
            Set.of("function", "custom_tool", "computer", "local_shell", "apply_patch");

    /** An object, or null if it is something else. */
    @Nullable
    Obj object(@Nullable Object value) {
        if (value instanceof Obj object) {
            return object;
        }
        return null;
    }

    /** A list, or empty if it is something else. */
    List<?> list(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        return List.of();
    }
}
