package io.phaseline.dialect;

import io.phaseline.bytes.Slice;
import io.phaseline.event.Dialect;
import io.phaseline.state.StateReader;
import io.phaseline.state.StateWriter;
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
    private static final class Reasoning implements TextTail.Owner {
        final TextProgress whole = new TextProgress();
        final TextProgress last = new TextProgress();
        ChoiceFields.@Nullable ReasoningSource source;

        void clear() {
            whole.clear();
            last.clear();
            source = null;
        }

        @Override
        public boolean isNew() {
            return whole.isEmpty();
        }

        @Override
        public void take(TextMeasure end, TextMeasure lastPiece) {
            whole.append(end);
            last.set(lastPiece);
        }
    }

    private final int maxChoices;
    private final int maxItems;

    // What is remembered of the stream.
    private final CallRouter calls;
    private final Pool<Reasoning> reasoning = new Pool<>(Reasoning::new);

    private final TextTail tail = new TextTail();
    private final TextMeasure measure = new TextMeasure();

    /**
     * A reader of Chat Completions chunks.
     *
     * @param maxChoices how many choices are told apart
     * @param maxItems how many tool calls are remembered
     */
    public ChatReader(int maxChoices, int maxItems) {
        this.maxChoices = maxChoices;
        this.maxItems = maxItems;
        this.calls = new CallRouter(maxItems, false);
    }

    @Override
    public Dialect dialect() {
        return Dialect.CHAT;
    }

    @Override
    public Chunk newChunk() {
        return new ChatChunk(this, maxChoices, maxItems);
    }

    void deliver(ChatChunk chunk, Signals signals, FrameFacts frame) {
        ChoiceFields.Choices choices = chunk.choices;
        if (chunk.isPlain && !frame.errorEvent()) {
            deliverPlain(chunk, choices.get(0), signals);
            return;
        }
        choices.deliver(signals);
        for (int i = 0; i < choices.size(); i++) {
            deliverReasoning(signals, choices.get(i), choices.get(i).index());
            choices.get(i).deliverOddities(signals);
        }
        for (int i = 0; i < choices.size(); i++) {
            ChoiceFields choice = choices.get(i);
            for (int k = 0; k < choice.calls.size(); k++) {
                calls.deliver(signals, choice.index(), choice.calls.get(k));
            }
            if (choice.hasFunctionCall) {
                calls.deliver(signals, choice.index(), choice.functionCall);
            }
        }
        for (int i = 0; i < choices.size(); i++) {
            signals.text(
                    choices.get(i).index(),
                    TextKind.CONTENT,
                    choices.get(i).content.slice());
        }
        for (int i = 0; i < choices.size(); i++) {
            signals.text(
                    choices.get(i).index(),
                    TextKind.REFUSAL,
                    choices.get(i).refusal.slice());
        }
        chunk.usage.deliver(signals);
        if (chunk.isError() || frame.errorEvent()) {
            chunk.error.deliver(signals, frame);
        }
        for (int i = 0; i < choices.size(); i++) {
            signals.finish(choices.get(i).index(), choices.get(i).finishReason.slice());
        }
        chunk.budget.deliver(signals);
        if (choices.tooMany()) {
            signals.limit("maxChoices");
        }
    }

    private void deliverPlain(ChatChunk chunk, ChoiceFields choice, Signals signals) {
        int index = choice.index();
        signals.choice(index);
        deliverReasoning(signals, choice, index);
        signals.text(index, TextKind.CONTENT, choice.content.slice());
        signals.text(index, TextKind.REFUSAL, choice.refusal.slice());
        chunk.usage.deliver(signals);
        signals.finish(index, choice.finishReason.slice());
    }

    /** As all of it is delivered, without what is known to be absent. */
    void deliverDelta(ChatChunk chunk, ChoiceFields choice, Signals signals) {
        int index = choice.deltaIndex;
        if (choice.mayReason) {
            deliverReasoning(signals, choice, index);
        }
        if (choice.mayAnswer) {
            signals.text(index, TextKind.CONTENT, choice.content.slice());
        }
        if (choice.mayRefuse) {
            signals.text(index, TextKind.REFUSAL, choice.refusal.slice());
        }
        chunk.usage.deliver(signals);
    }

    /** Mirrors are not heard twice, and no text is lost that stands under one name only. */
    private void deliverReasoning(Signals signals, ChoiceFields choice, int index) {
        ChoiceFields.ReasoningSource source = choice.speakingSource();
        Slice piece = choice.reasoning(source).slice();
        if (piece.isEmpty()) {
            return;
        }
        if (index >= maxChoices) {
            signals.text(index, TextKind.REASONING, piece);
            return;
        }
        while (reasoning.size() <= index) {
            reasoning.next().clear();
        }
        Reasoning heard = reasoning.get(index);
        if (heard.source != source) {
            if (heard.source != null && isMirror(heard, piece)) {
                return;
            }
            heard.source = source;
        }
        tail.append(heard, piece);
        signals.text(index, TextKind.REASONING, piece);
    }

    private boolean isMirror(Reasoning heard, Slice piece) {
        tail.measure();
        measure.of(piece);
        return heard.last.isEqual(measure) || heard.whole.isEqual(measure);
    }

    @Override
    public void forget() {
        calls.forget();
        reasoning.clear();
        tail.clear();
    }

    @Override
    public void save(StateWriter out) {
        tail.measure();
        calls.save(out);
        out.number(reasoning.size());
        for (int i = 0; i < reasoning.size(); i++) {
            Reasoning heard = reasoning.get(i);
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
            Reasoning heard = reasoning.next();
            heard.whole.load(in);
            heard.last.load(in);
            heard.source = in.constant(ChoiceFields.ReasoningSource.class);
        }
    }
}
