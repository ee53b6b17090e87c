package io.phaseline.dialect;

import io.phaseline.bytes.Slice;
import io.phaseline.json.JsonCursor;
import io.phaseline.json.NumberValue;
import io.phaseline.json.TextValue;

/** An entry of {@code choices}: of a native {@code message} or of a Chat Completions {@code delta}. */
final class ChoiceFields {
    /** Where reasoning may stand, in order of preference. */
    enum ReasoningSource {
        REASONING_CONTENT,
        REASONING,
        REASONING_DETAILS
    }

    private static final ReasoningSource[] SOURCES = ReasoningSource.values();

    final TextValue finishReason = new TextValue();
    final TextValue content = new TextValue();
    final TextValue refusal = new TextValue();
    final TextValue role = new TextValue();
    final Pool<CallFragment> calls = new Pool<>(CallFragment::new);
    final CallFragment functionCall = CallFragment.deprecated();
    private final TextValue[] reasoning = {new TextValue(), new TextValue(), new TextValue()};
    boolean hasFunctionCall;
    boolean hasDelta;
    boolean hasMessage;
    private final NumberValue sentIndex = new NumberValue();
    private int position;
    /** Whether there is anything that cannot be taken for a text. */
    private boolean odd;

    // Of a delta: what others of its form may say.
    int deltaIndex;
    boolean mayReason;
    boolean mayAnswer;
    boolean mayRefuse;

    private void clear(int position) {
        this.position = position;
        sentIndex.clear();
        finishReason.clear();
        hasMessage = false;
        odd = false;
        clearMessage();
    }

    private void clearMessage() {
        content.clear();
        refusal.clear();
        role.clear();
        for (TextValue source : reasoning) {
            source.clear();
        }
        calls.clear();
        hasFunctionCall = false;
        hasDelta = false;
    }

    /** Its index; where none is sent, its place in the list. */
    int index() {
        int sent = CallFragment.indexOf(sentIndex.value());
        return sent == CallFragment.NO_INDEX ? position : sent;
    }

    TextValue reasoning(ReasoningSource source) {
        return reasoning[source.ordinal()];
    }

    /** The first source that has text; REASONING_CONTENT if none has. */
    ReasoningSource speakingSource() {
        if (!reasoning[0].hasText()) {
            for (ReasoningSource source : SOURCES) {
                if (reasoning(source).hasText()) {
                    return source;
                }
            }
        }
        return ReasoningSource.REASONING_CONTENT;
    }

    private void read(JsonCursor json, int position, Budget budget) {
        clear(position);
        if (json.enterObject()) {
            readMembers(json, budget);
            odd = isOdd();
        }
    }

    private void readMembers(JsonCursor json, Budget budget) {
        while (json.nextMember()) {
            switch (json.member()) {
                case INDEX -> json.readNumber(sentIndex);
                case FINISH_REASON -> json.readText(finishReason);
                case DELTA -> {
                    // Null is as good as none: then the message speaks.
                    if (hasDelta || json.kind() != JsonCursor.Kind.NULL) {
                        readMessage(json, budget);
                        hasDelta = true;
                    } else {
                        json.skip();
                    }
                }
                case MESSAGE -> {
                    if (hasDelta) {
                        json.skip();
                    } else {
                        readMessage(json, budget);
                        hasMessage = true;
                    }
                }
                default -> json.skip();
            }
        }
    }

    private void readMessage(JsonCursor json, Budget budget) {
        clearMessage();
        if (!json.enterObject()) {
            return;
        }
        while (json.nextMember()) {
            switch (json.member()) {
                case ROLE -> json.readText(role);
                case CONTENT -> json.readText(content);
                case REASONING_CONTENT -> json.readText(reasoning(ReasoningSource.REASONING_CONTENT));
                case REASONING -> json.readText(reasoning(ReasoningSource.REASONING));
                case REASONING_DETAILS -> json.readText(reasoning(ReasoningSource.REASONING_DETAILS));
                case REFUSAL -> json.readText(refusal);
                case TOOL_CALLS -> CallFragment.readAll(json, calls, budget);
                case FUNCTION_CALL -> {
                    functionCall.clear();
                    hasFunctionCall = json.kind() == JsonCursor.Kind.OBJECT;
                    functionCall.readFunction(json);
                }
                default -> json.skip();
            }
        }
    }

    /** Whether there is nothing but texts. */
    boolean isTextOnly() {
        return calls.size() == 0 && !hasFunctionCall && !odd;
    }

    /** Whether nothing is said of how it ends, nor would be by another one of its form. */
    boolean isDelta() {
        boolean isIndexKnown = !sentIndex.isRestless();
        boolean isReasonKnown = !finishReason.isRestless();
        Slice reason = finishReason.slice();
        deltaIndex = index();
        mayReason = false;
        for (TextValue source : reasoning) {
            mayReason |= source.mayHaveText();
        }
        mayAnswer = content.mayHaveText();
        mayRefuse = refusal.mayHaveText();
        return isIndexKnown && isReasonKnown && (reason.isEmpty() || reason.contentEquals("null"));
    }

    private boolean isOdd() {
        boolean odd = content.isOdd() || refusal.isOdd() || finishReason.isOdd();
        for (TextValue source : reasoning) {
            odd |= source.isOdd();
        }
        return odd;
    }

    void deliverOddities(Signals signals) {
        if (!odd) {
            return;
        }
        for (ReasoningSource source : SOURCES) {
            odd(signals, reasoning(source), "reasoning");
        }
        odd(signals, content, "content");
        odd(signals, refusal, "refusal");
        odd(signals, finishReason, "finish_reason");
    }

    /** Tells of an object in the place of a text, if one stands there. */
    static void odd(Signals signals, TextValue value, String name) {
        if (value.isOdd()) {
            signals.anomaly("an object stands where a text is expected: " + name);
        }
    }

    /** The choices of one chunk; the objects are used again. */
    static final class Choices {
        private final Pool<ChoiceFields> pool = new Pool<>(ChoiceFields::new);
        private boolean tooMany;

        void clear() {
            pool.clear();
            tooMany = false;
        }

        int size() {
            return pool.size();
        }

        /** Whether there were more than could be read. */
        boolean tooMany() {
            return tooMany;
        }

        ChoiceFields get(int i) {
            return pool.get(i);
        }

        /** Whether there is one choice, with nothing but texts, as in nearly every chunk. */
        boolean isOneText() {
            return pool.size() == 1 && !tooMany && get(0).isTextOnly();
        }

        /** Makes them known, also those of which nothing else is said: each has to finish. */
        void deliver(Signals signals) {
            for (int i = 0; i < pool.size(); i++) {
                signals.choice(pool.get(i).index());
            }
        }

        void read(JsonCursor json, int maxChoices, Budget budget) {
            clear();
            if (!json.enterArray()) {
                return;
            }
            int position = -1;
            while (json.nextElement()) {
                position++;
                if (json.kind() != JsonCursor.Kind.OBJECT) {
                    json.skip();
                } else if (pool.size() == maxChoices) {
                    tooMany = true;
                    json.skip();
                } else {
                    pool.next().read(json, position, budget);
                }
            }
        }
    }
}
