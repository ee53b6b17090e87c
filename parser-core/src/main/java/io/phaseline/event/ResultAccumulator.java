package io.phaseline.event;

import io.phaseline.bytes.Slice;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Folds the events of a stream into its result, and hands that on when the stream ends.
 *
 * <p>It keeps every text whole, so its memory grows with the reply; the parser's does not. Ready for the next stream as
 * soon as one has ended.
 */
public final class ResultAccumulator implements StreamListener {
    private final Consumer<? super StreamResult> target;

    private @Nullable Dialect dialect;
    private @Nullable String id;
    private @Nullable String model;
    private final TreeMap<Integer, ChoiceText> choices = new TreeMap<>();
    private final List<Call> calls = new ArrayList<>();
    private final Counters usage = new Counters();
    private final List<StreamResult.PlacedError> errors = new ArrayList<>();

    /**
     * An accumulator that hands each result on when its stream ends.
     *
     * @param target who gets the results, on the feeding thread
     */
    public ResultAccumulator(Consumer<? super StreamResult> target) {
        this.target = target;
    }

    private static final class ChoiceText {
        final StringBuilder reasoning = new StringBuilder();
        final StringBuilder content = new StringBuilder();
        final StringBuilder refusal = new StringBuilder();
        final List<Phase> phases = new ArrayList<>();

        @Nullable
        String finishReason;
    }

    private record Call(String type, Map<ToolField, StringBuilder> fields) {
        @Nullable
        String text(ToolField field) {
            StringBuilder text = fields.get(field);
            return text == null ? null : text.toString();
        }
    }

    private ChoiceText choice(int index) {
        return choices.computeIfAbsent(index, i -> new ChoiceText());
    }

    @Override
    public void onStarted(Place at, @Nullable Dialect dialect, Slice id, Slice model) {
        this.dialect = dialect;
        this.id = id.isEmpty() ? null : id.toString();
        this.model = model.isEmpty() ? null : model.toString();
    }

    @Override
    public void onPhase(Place at, int choice, Phase phase, @Nullable Phase previous) {
        choice(choice).phases.add(phase);
    }

    @Override
    public void onReasoning(Place at, int choice, Slice delta) {
        choice(choice).reasoning.append(delta);
    }

    @Override
    public void onContent(Place at, int choice, Slice delta) {
        choice(choice).content.append(delta);
    }

    @Override
    public void onRefusal(Place at, int choice, Slice delta) {
        choice(choice).refusal.append(delta);
    }

    @Override
    public void onTool(Place at, int choice, ToolChange change) {
        while (calls.size() <= change.index()) {
            calls.add(new Call(change.tool(), new EnumMap<>(ToolField.class)));
        }
        ToolField field = change.field();
        if (field != null) {
            StringBuilder text = calls.get(change.index()).fields.computeIfAbsent(field, f -> new StringBuilder());
            if (change.kind() == ToolChange.Kind.REPLACED) {
                text.setLength(0);
            }
            text.append(change.text());
        }
    }

    @Override
    public void onUsage(Place at, Usage changed) {
        usage.putAll(changed);
    }

    @Override
    public void onFinish(Place at, int choice, Slice reason) {
        choice(choice).finishReason = reason.toString();
    }

    @Override
    public void onError(Place at, ErrorReport error) {
        errors.add(new StreamResult.PlacedError(error, at.frame(), at.offset()));
    }

    @Override
    public void onEnded(Place at, Outcome outcome, long frames, long bytes) {
        ChoiceText first = choices.getOrDefault(0, new ChoiceText());
        List<StreamResult.ToolCall> toolCalls = new ArrayList<>();
        for (Call call : calls) {
            toolCalls.add(new StreamResult.ToolCall(
                    toolCalls.size(),
                    call.type,
                    call.text(ToolField.ID),
                    call.text(ToolField.NAME),
                    call.text(ToolField.CODE),
                    call.text(ToolField.ARGUMENTS),
                    call.text(ToolField.OUTPUT)));
        }
        List<StreamResult.Choice> several = new ArrayList<>();
        if (!choices.isEmpty() && choices.lastKey() > 0) {
            choices.forEach((index, text) -> several.add(new StreamResult.Choice(
                    index, text.reasoning.toString(), text.content.toString(), text.finishReason)));
        }
        StreamResult result = new StreamResult(
                at.stream(),
                dialect,
                id,
                model,
                outcome,
                List.copyOf(first.phases),
                first.reasoning.toString(),
                first.content.toString(),
                first.refusal.toString(),
                List.copyOf(toolCalls),
                first.finishReason,
                usage.isEmpty() ? null : Counters.copyOf(usage),
                List.copyOf(errors),
                frames,
                bytes,
                List.copyOf(several));
        reset();
        target.accept(result);
    }

    /** Forgets a stream whose end was not heard. */
    public void reset() {
        dialect = null;
        id = null;
        model = null;
        choices.clear();
        calls.clear();
        usage.clear();
        errors.clear();
    }
}
