package io.phaseline.dialect;

import io.phaseline.bytes.Slice;
import io.phaseline.event.Dialect;
import io.phaseline.json.JsonCursor;
import io.phaseline.json.TextValue;
import io.phaseline.state.StateReader;
import io.phaseline.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chunks of OpenAI Chat Completions, as OpenAI and everybody else writes them.
 *
 * <pre>
 * {"id":"chatcmpl-…","object":"chat.completion.chunk","model":"…",
 *  "choices":[{"index":0,"delta":{"content":"…"},"finish_reason":null}],"usage":null}
 * </pre>
 */
public final class ChatReader implements ChunkReader {
    /** What was heard of the reasoning of one choice, which may be sent under several names at once. */
    private static final class Reasoning {
        final TextProgress whole = new TextProgress();
        final TextProgress last = new TextProgress();
        ChoiceFields.@Nullable ReasoningSource source;
    }

    private final int maxChoices;

    // The chunk read.
    private final TextValue id = new TextValue();
    private final TextValue model = new TextValue();
    private final ChoiceFields.Choices choices = new ChoiceFields.Choices();
    private final UsageFields usage = new UsageFields();
    private final ErrorFields error = new ErrorFields();
    private final Budget budget;
    private boolean hasChoices;
    private boolean recognised;

    // What is remembered of the stream.
    private final CallRouter calls;
    private final List<Reasoning> reasoning = new ArrayList<>();

    /**
     * A reader of Chat Completions chunks.
     *
     * @param maxChoices how many choices are told apart
     * @param maxItems how many tool calls are remembered
     */
    public ChatReader(int maxChoices, int maxItems) {
        this.maxChoices = maxChoices;
        this.calls = new CallRouter(maxItems);
        this.budget = new Budget(maxItems);
    }

    @Override
    public Dialect dialect() {
        return Dialect.CHAT;
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
                switch (json.name()) {
                    case "id" -> json.readText(id);
                    case "model" -> json.readText(model);
                    case "choices" -> {
                        hasChoices = json.kind() == JsonCursor.Kind.ARRAY;
                        choices.read(json, maxChoices, budget);
                    }
                    case "usage" -> usage.read(json);
                    default -> {
                        if (!error.readMember(json)) {
                            json.skip();
                        }
                    }
                }
            }
        }
        recognised = hasChoices || error.object.slice().contentEquals("chat.completion.chunk");
        return json.end() && isObject;
    }

    private boolean isError() {
        return error.isError(hasChoices);
    }

    @Override
    public boolean isRecognised() {
        return recognised;
    }

    @Override
    public Slice id() {
        return id.atMost(MAX_ID_BYTES);
    }

    @Override
    public Slice model() {
        return model.atMost(MAX_ID_BYTES);
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
    public void deliver(Signals signals, FrameFacts frame) {
        choices.deliver(signals);
        for (int i = 0; i < choices.size(); i++) {
            deliverReasoning(signals, choices.get(i));
            choices.get(i).deliverOddities(signals);
        }
        for (int i = 0; i < choices.size(); i++) {
            ChoiceFields choice = choices.get(i);
            for (int k = 0; k < choice.calls.size(); k++) {
                calls.deliver(signals, choice.index, choice.calls.get(k), TextMode.DELTA);
            }
            if (choice.hasFunctionCall) {
                calls.deliver(signals, choice.index, choice.functionCall, TextMode.DELTA);
            }
        }
        for (int i = 0; i < choices.size(); i++) {
            signals.text(
                    choices.get(i).index,
                    TextKind.CONTENT,
                    choices.get(i).content.slice());
        }
        for (int i = 0; i < choices.size(); i++) {
            signals.text(
                    choices.get(i).index,
                    TextKind.REFUSAL,
                    choices.get(i).refusal.slice());
        }
        usage.deliver(signals);
        if (isError() || frame.errorEvent()) {
            error.deliver(signals, frame);
        }
        for (int i = 0; i < choices.size(); i++) {
            signals.finish(choices.get(i).index, choices.get(i).finishReason.slice());
        }
        budget.deliver(signals);
        if (choices.tooMany()) {
            signals.limit("maxChoices");
        }
    }

    /** Mirrors are not heard twice, and no text is lost that stands under one name only. */
    private void deliverReasoning(Signals signals, ChoiceFields choice) {
        ChoiceFields.ReasoningSource source = choice.speakingSource();
        Slice piece = choice.reasoning(source).slice();
        if (piece.isEmpty()) {
            return;
        }
        if (choice.index >= maxChoices) {
            signals.text(choice.index, TextKind.REASONING, piece);
            return;
        }
        while (reasoning.size() <= choice.index) {
            reasoning.add(new Reasoning());
        }
        Reasoning heard = reasoning.get(choice.index);
        if (heard.source != null && heard.source != source && isMirror(heard, piece)) {
            return;
        }
        heard.source = source;
        heard.whole.append(piece);
        heard.last.set(piece);
        signals.text(choice.index, TextKind.REASONING, piece);
    }

    private static boolean isMirror(Reasoning heard, Slice piece) {
        return heard.last.compareTo(piece) == TextProgress.Relation.EQUAL
                || heard.whole.compareTo(piece) == TextProgress.Relation.EQUAL;
    }

    @Override
    public void forget() {
        calls.forget();
        reasoning.clear();
    }

    @Override
    public void save(StateWriter out) {
        calls.save(out);
        out.number(reasoning.size());
        for (Reasoning heard : reasoning) {
            heard.whole.save(out);
            heard.last.save(out);
            out.constant(heard.source);
        }
    }

    @Override
    public void load(StateReader in) {
        forget();
        calls.load(in);
        int size = in.count();
        for (int i = 0; i < size; i++) {
            Reasoning heard = new Reasoning();
            heard.whole.load(in);
            heard.last.load(in);
            heard.source = in.constant(ChoiceFields.ReasoningSource.class);
            reasoning.add(heard);
        }
    }
}
