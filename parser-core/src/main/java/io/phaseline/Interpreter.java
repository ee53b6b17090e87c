package io.phaseline;

import io.phaseline.bytes.Slice;
import io.phaseline.bytes.SliceCopy;
import io.phaseline.dialect.Heard;
import io.phaseline.dialect.Signals;
import io.phaseline.dialect.TextKind;
import io.phaseline.dialect.TextMode;
import io.phaseline.dialect.ToolUse;
import io.phaseline.event.Counters;
import io.phaseline.event.Dialect;
import io.phaseline.event.ErrorKind;
import io.phaseline.event.ErrorReport;
import io.phaseline.event.Outcome;
import io.phaseline.event.Phase;
import io.phaseline.event.Place;
import io.phaseline.event.StreamListener;
import io.phaseline.event.ToolChange;
import io.phaseline.event.ToolField;
import io.phaseline.event.UsageField;
import io.phaseline.json.Surrogates;
import io.phaseline.phase.Signal;
import io.phaseline.state.StateReader;
import io.phaseline.state.StateWriter;
import io.phaseline.toolinfo.ToolTracker;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the signals of one stream into events: asks {@code toolinfo} what changed, {@code phase} where that leads, and
 * tells the listener.
 */
final class Interpreter implements Signals {
    private static final UsageField[] USAGE_FIELDS = UsageField.values();
    private static final Slice REPLACEMENT = Slice.of("\uFFFD");
    private static final String CODE_INTERPRETER = "code_interpreter";

    /** The place of the event that is being told; changes under the listener, which may copy it. */
    private static final class Here implements Place {
        int stream;
        long frame;
        long offset;

        @Override
        public int stream() {
            return stream;
        }

        @Override
        public long frame() {
            return frame;
        }

        @Override
        public long offset() {
            return offset;
        }

        @Override
        public String toString() {
            return copy().toString();
        }
    }

    private final StreamListener listener;
    private final ParserLimits limits;

    private final Here here = new Here();
    private final Slice lent = new Slice();
    private final Slice lentToo = new Slice();
    private final Surrogates surrogates = new Surrogates();

    // What is known of the stream.
    private @Nullable Dialect dialect;
    private final SliceCopy id = new SliceCopy();
    private final SliceCopy model = new SliceCopy();
    private boolean started;
    /** Whether all is known that chunks may say of the stream itself. */
    private boolean isIdentified;

    private final List<ChoiceState> choices = new ArrayList<>();
    private @Nullable ChoiceState lastChoice;
    /** The object of an earlier stream's choice, for the next: nearly all streams have one choice. */
    private @Nullable ChoiceState spare;

    private final ToolTracker tools;
    private final Counters usage = new Counters();
    private boolean toolRan;
    private boolean failed;
    private boolean done;
    private boolean cutOff;
    private boolean over;
    private final List<String> limitsTold = new ArrayList<>();

    // What is being said now.
    private boolean hasSurrogates;
    private final Counters changed = new Counters();
    private int tool;
    private int toolChoice;
    private ToolUse toolUse = ToolUse.CLIENT;
    private boolean toolIsNew;
    private boolean toolEntered;

    private int responseStatus;

    Interpreter(ParserLimits limits, StreamListener listener) {
        this.limits = limits;
        this.listener = listener;
        this.tools = new ToolTracker(limits.maxToolBytes());
    }

    /** Forgets everything and begins a stream. */
    void begin(int stream) {
        here.stream = stream;
        here.frame = 0;
        here.offset = 0;
        dialect = null;
        id.clear();
        model.clear();
        started = false;
        isIdentified = false;
        if (!choices.isEmpty()) {
            spare = choices.get(0);
            choices.clear();
        }
        lastChoice = null;
        tools.clear();
        usage.clear();
        toolRan = false;
        failed = false;
        done = false;
        cutOff = false;
        over = false;
        limitsTold.clear();
        hasSurrogates = false;
    }

    void responseStatus(int status) {
        responseStatus = status;
    }

    int stream() {
        return here.stream;
    }

    /** Where what follows was found. */
    void at(long frame, long offset) {
        here.frame = frame;
        here.offset = offset;
    }

    /** Whether the texts that follow may hold lone surrogates. */
    void hasSurrogates(boolean has) {
        hasSurrogates = has;
    }

    /** Whether the server has said all it will: a finish reason for every choice, an end marker, or an error. */
    boolean isOver() {
        return over;
    }

    private void updateOver() {
        over = failed || isComplete();
    }

    boolean isDone() {
        return done;
    }

    private boolean isComplete() {
        if (done) {
            return true;
        }
        for (int i = 0; i < choices.size(); i++) {
            if (!choices.get(i).finished) {
                return false;
            }
        }
        return !choices.isEmpty();
    }

    // The stream.

    /** What a chunk says of the stream itself; empty where it says nothing. */
    void identity(@Nullable Dialect newDialect, Slice newId, Slice newModel) {
        boolean news = false;
        if (dialect == null && newDialect != null) {
            dialect = newDialect;
            news = true;
        }
        if (id.isEmpty() && !newId.isEmpty()) {
            id.set(Surrogates.repair(newId));
            news = true;
        }
        if (model.isEmpty() && !newModel.isEmpty()) {
            model.set(Surrogates.repair(newModel));
            news = true;
        }
        // Native chunks do not name their model.
        boolean all = !id.isEmpty() && (!model.isEmpty() || dialect == Dialect.DASHSCOPE);
        if (news && (started || all)) {
            tellStarted();
        }
        isIdentified = started && dialect != null && !id.isEmpty() && !model.isEmpty();
    }

    /** Whether a chunk that says this of the stream itself says nothing new. */
    boolean knows(Slice newId, Slice newModel) {
        boolean isIdKnown = !id.isEmpty() || newId.isEmpty();
        boolean isModelKnown = !model.isEmpty() || newModel.isEmpty();
        return started && dialect != null && isIdKnown && isModelKnown;
    }

    /** Whether chunks have nothing more to say of the stream itself. */
    boolean isIdentified() {
        return isIdentified;
    }

    private void tellStarted() {
        started = true;
        listener.onStarted(here, dialect, lent.wrap(id.get()), lentToo.wrap(model.get()));
        lent.release();
        lentToo.release();
    }

    private void start() {
        if (!started) {
            tellStarted();
        }
    }

    /** The input was cut off within a frame, whatever was said before. */
    void cutOff() {
        cutOff = true;
    }

    /** Ends the stream. */
    void end(long frames, long bytes) {
        releaseTexts();
        start();
        Outcome outcome = failed ? Outcome.FAILED : isComplete() && !cutOff ? Outcome.COMPLETED : Outcome.TRUNCATED;
        listener.onEnded(here, outcome, frames, bytes);
    }

    // Choices and phases.

    @Override
    public void choice(int index) {
        known(index);
    }

    private @Nullable ChoiceState known(int index) {
        ChoiceState last = lastChoice;
        if (last != null && last.index == index) {
            return last;
        }
        // By index: an iterator for every text would be the only thing allocated for it.
        for (int i = 0; i < choices.size(); i++) {
            ChoiceState choice = choices.get(i);
            if (choice.index == index) {
                lastChoice = choice;
                return choice;
            }
        }
        if (choices.size() == limits.maxChoices()) {
            limit("maxChoices");
            return null;
        }
        int at = choices.size();
        while (at > 0 && choices.get(at - 1).index > index) {
            at--;
        }
        ChoiceState choice = newChoice();
        choice.begin(index);
        choices.add(at, choice);
        lastChoice = choice;
        updateOver();
        return choice;
    }

    private ChoiceState newChoice() {
        ChoiceState used = spare;
        spare = null;
        return used != null ? used : new ChoiceState();
    }

    /** What happens to the whole stream happens to every choice, and to choice 0 if there is none yet. */
    private void enterAll(Signal signal) {
        if (choices.isEmpty()) {
            known(0);
        }
        for (int i = 0; i < choices.size(); i++) {
            enter(choices.get(i), signal);
        }
    }

    private void enter(ChoiceState choice, Signal signal) {
        choice.speaks = null;
        Phase before = choice.machine.phase();
        if (choice.machine.take(signal)) {
            Phase now = choice.machine.phase();
            if (now != null) {
                start();
                listener.onPhase(here, choice.index, now, before);
            }
        }
    }

    // Texts.

    @Override
    public void text(int index, TextKind kind, Slice text) {
        if (text.isEmpty()) {
            return;
        }
        ChoiceState last = lastChoice;
        if (last != null && last.index == index && last.speaks == kind && !hasSurrogates) {
            tell(last, kind, text);
            return;
        }
        ChoiceState choice = known(index);
        if (choice == null) {
            return;
        }
        Slice piece = text;
        int held = choice.held(kind);
        if (hasSurrogates || held != Surrogates.NONE) {
            piece = surrogates.join(held, text);
            choice.hold(kind, surrogates.held());
            choice.speaks = null;
            if (piece.isEmpty()) {
                return;
            }
        }
        enterAndTell(choice, kind, piece);
        if (choice.held(kind) == Surrogates.NONE) {
            choice.speaks = kind;
        }
    }

    @Override
    public void rest(int index, TextKind kind, Slice text) {
        // The frame itself may hold whole pairs only.
        boolean frameHas = hasSurrogates;
        hasSurrogates = true;
        text(index, kind, text);
        hasSurrogates = frameHas;
    }

    private Signal signalOf(TextKind kind) {
        return switch (kind) {
            case REASONING -> toolRan ? Signal.REASONING_AFTER_TOOL : Signal.REASONING;
            case CONTENT, REFUSAL -> Signal.CONTENT;
        };
    }

    private void enterAndTell(ChoiceState choice, TextKind kind, Slice piece) {
        enter(choice, signalOf(kind));
        start();
        tell(choice, kind, piece);
    }

    private void tell(ChoiceState choice, TextKind kind, Slice piece) {
        lent.wrap(piece);
        switch (kind) {
            case REASONING -> listener.onReasoning(here, choice.index, lent);
            case CONTENT -> listener.onContent(here, choice.index, lent);
            case REFUSAL -> listener.onRefusal(here, choice.index, lent);
        }
        lent.release();
    }

    private void releaseTexts() {
        for (int i = 0; i < choices.size(); i++) {
            releaseTexts(choices.get(i));
        }
    }

    /** Surrogates whose other half will not come any more. */
    private void releaseTexts(ChoiceState choice) {
        releaseText(choice, TextKind.REASONING);
        for (int i = 0; i < tools.count(); i++) {
            if (tools.choiceOf(i) == choice.index) {
                for (ToolField field : ToolTracker.FIELDS) {
                    ToolChange rest = tools.release(i, field);
                    if (rest != null) {
                        enterTool(i, choice.index, tools.isRunByClient(i));
                        tell(rest, choice.index);
                    }
                }
            }
        }
        releaseText(choice, TextKind.CONTENT);
        releaseText(choice, TextKind.REFUSAL);
    }

    private void releaseText(ChoiceState choice, TextKind kind) {
        if (choice.held(kind) != Surrogates.NONE) {
            choice.hold(kind, Surrogates.NONE);
            enterAndTell(choice, kind, REPLACEMENT);
        }
    }

    // Tools.

    @Override
    public int toolCount() {
        return tools.count();
    }

    @Override
    public Slice argumentsOf(int index) {
        return index < tools.count() ? tools.text(index, ToolField.ARGUMENTS) : lentToo.clear();
    }

    @Override
    public void beginTool(int choice, int index, String type, ToolUse use) {
        tool = index;
        toolChoice = choice;
        toolUse = use;
        toolEntered = false;
        toolIsNew = index == tools.count();
        if (toolIsNew) {
            tools.add(type, choice, use == ToolUse.CLIENT);
        }
        if (use == ToolUse.SERVER_EVENT) {
            enterTool();
        }
    }

    private void enterTool() {
        if (!toolEntered) {
            toolEntered = true;
            enterTool(tool, toolChoice, toolUse == ToolUse.CLIENT);
        }
    }

    private void enterTool(int index, int choiceIndex, boolean runByClient) {
        if (runByClient) {
            ChoiceState choice = known(choiceIndex);
            if (choice != null) {
                enter(choice, Signal.CALL_FRAGMENT);
            }
            return;
        }
        toolRan = true;
        enterAll(tools.typeOf(index).equals(CODE_INTERPRETER) ? Signal.CODE_CHANGE : Signal.TOOL_CHANGE);
    }

    @Override
    public Heard toolText(ToolField field, Slice text, TextMode mode) {
        boolean isIdentity = field == ToolField.ID || field == ToolField.NAME;
        if (text.isEmpty() && (isIdentity || mode == TextMode.REPEAT && tools.isKnown(tool, field))) {
            return Heard.NOTHING_NEW;
        }
        ToolChange change = mode == TextMode.DELTA
                ? tools.append(tool, field, text, hasSurrogates, toolIsNew)
                : tools.set(tool, field, text, hasSurrogates, toolIsNew);
        if (change != null) {
            toolIsNew = false;
            enterTool();
            tell(change, toolChoice);
            return Heard.NEWS;
        }
        if (tools.takeOverLimit()) {
            limit("maxToolBytes");
            return Heard.DROPPED;
        }
        return tools.isHeld(tool, field) ? Heard.DROPPED : Heard.NOTHING_NEW;
    }

    @Override
    public void endTool(boolean completed) {
        if (toolIsNew) {
            toolIsNew = false;
            enterTool();
            tell(tools.added(tool), toolChoice);
        }
        if (completed) {
            tell(tools.completed(tool), toolChoice);
        }
    }

    private void tell(ToolChange change, int choice) {
        start();
        listener.onTool(here, choice, change);
        change.text().release();
    }

    @Override
    public void searchInfo(Slice json) {
        start();
        listener.onSearchInfo(here, lent.wrap(json));
        lent.release();
    }

    // The rest.

    @Override
    public void usage(Counters now) {
        usage.takeChanges(now, changed);
        if (!changed.isEmpty()) {
            start();
            listener.onUsage(here, changed);
        }
    }

    @Override
    public void finish(int index, Slice reason) {
        if (reason.isEmpty() || reason.contentEquals("null")) {
            return;
        }
        ChoiceState choice = known(index);
        if (choice == null) {
            return;
        }
        releaseTexts(choice);
        enter(choice, Signal.FINISH);
        choice.finished = true;
        updateOver();
        Slice piece = Surrogates.repair(reason);
        if (!choice.finishReason.get().contentEquals(piece)) {
            if (piece.length() <= ParserLimits.MAX_ID_BYTES) {
                choice.finishReason.set(piece);
            } else {
                choice.finishReason.clear();
            }
            start();
            listener.onFinish(here, index, lent.wrap(piece));
            lent.release();
        }
    }

    @Override
    public void done() {
        releaseTexts();
        enterAll(Signal.FINISH);
        done = true;
        updateOver();
    }

    @Override
    public void serverError(@Nullable String code, @Nullable String message, int httpStatus) {
        int status = httpStatus > 0 ? httpStatus : responseStatus;
        fail(new ErrorReport(ErrorKind.SERVER, code, message, status > 0 ? status : null));
    }

    /** An error that ends the reply. */
    void fail(ErrorReport error) {
        failed = true;
        updateOver();
        enterAll(Signal.ERROR);
        error(error);
    }

    /** The body is no stream; what an error body says of itself goes along. */
    void notAStream(@Nullable String code, @Nullable String message, int httpStatus, String what) {
        int status = httpStatus > 0 ? httpStatus : responseStatus;
        String said = code == null && message == null ? what : message;
        fail(new ErrorReport(ErrorKind.NOT_A_STREAM, code, said, status > 0 ? status : null));
    }

    /** An error that leaves the reply going on. */
    void error(ErrorReport error) {
        start();
        listener.onError(here, error);
    }

    @Override
    public void anomaly(String what) {
        start();
        listener.onAnomaly(here, what);
    }

    @Override
    public void limit(String limit) {
        if (!limitsTold.contains(limit)) {
            limitsTold.add(limit);
            error(new ErrorReport(
                    ErrorKind.LIMIT, null, "more than " + limit + " allows; the rest is not heard", null));
        }
    }

    void save(StateWriter out) {
        out.number(here.stream);
        out.number(here.frame);
        out.number(here.offset);
        out.constant(dialect);
        out.text(id.get().toString());
        out.text(model.get().toString());
        out.flag(started);
        out.number(choices.size());
        for (ChoiceState choice : choices) {
            choice.save(out);
        }
        tools.save(out);
        for (UsageField field : USAGE_FIELDS) {
            out.flag(usage.has(field));
            out.number(usage.value(field));
        }
        out.flag(toolRan);
        out.flag(failed);
        out.flag(done);
        out.number(limitsTold.size());
        limitsTold.forEach(out::text);
        out.number(responseStatus);
    }

    void load(StateReader in) {
        begin(in.number(0, Integer.MAX_VALUE));
        here.frame = in.number();
        here.offset = in.number();
        dialect = in.constant(Dialect.class);
        id.set(Slice.of(in.requiredText()));
        model.set(Slice.of(in.requiredText()));
        started = in.flag();
        int size = in.count();
        for (int i = 0; i < size; i++) {
            ChoiceState choice = newChoice();
            choice.load(in);
            choices.add(choice);
        }
        tools.load(in);
        for (UsageField field : USAGE_FIELDS) {
            boolean has = in.flag();
            long value = in.number();
            if (has) {
                usage.put(field, value);
            }
        }
        toolRan = in.flag();
        failed = in.flag();
        done = in.flag();
        updateOver();
        size = in.count();
        for (int i = 0; i < size; i++) {
            limitsTold.add(in.requiredText());
        }
        responseStatus = in.number(0, Integer.MAX_VALUE);
    }
}
