package io.phaseline.dialect;

import io.phaseline.json.JsonCursor;
import io.phaseline.json.NumberValue;
import io.phaseline.json.TextValue;

/** An entry of {@code tool_calls}: a piece of a call that the client is to run. */
final class CallFragment {
    static final int NO_INDEX = -1;
    /** The place of the deprecated {@code function_call}, beside all of {@code tool_calls}. */
    static final int FUNCTION_CALL = Integer.MAX_VALUE;

    final TextValue id = new TextValue();
    final TextValue type = new TextValue();
    final TextValue name = new TextValue();
    final TextValue arguments = new TextValue();
    private final NumberValue sentIndex = new NumberValue();
    private final boolean deprecated;

    CallFragment() {
        this(false);
    }

    private CallFragment(boolean deprecated) {
        this.deprecated = deprecated;
    }

    /** The one of {@code function_call}. */
    static CallFragment deprecated() {
        return new CallFragment(true);
    }

    int index() {
        return deprecated ? FUNCTION_CALL : indexOf(sentIndex.value());
    }

    void clear() {
        id.clear();
        type.clear();
        sentIndex.clear();
        clearFunction();
    }

    private void clearFunction() {
        name.clear();
        arguments.clear();
    }

    void read(JsonCursor json) {
        clear();
        if (!json.enterObject()) {
            return;
        }
        while (json.nextMember()) {
            switch (json.member()) {
                case INDEX -> json.readNumber(sentIndex);
                case ID -> json.readText(id);
                case TYPE -> json.readText(type);
                case FUNCTION -> readFunction(json);
                default -> json.skip();
            }
        }
    }

    /** Reads {@code {name, arguments}}. */
    void readFunction(JsonCursor json) {
        clearFunction();
        if (!json.enterObject()) {
            return;
        }
        while (json.nextMember()) {
            switch (json.member()) {
                case NAME -> json.readText(name);
                case ARGUMENTS -> json.readTextOrRaw(arguments);
                default -> json.skip();
            }
        }
    }

    static int indexOf(long value) {
        return value >= 0 && value < FUNCTION_CALL ? (int) value : NO_INDEX;
    }

    /** Reads a list of fragments. */
    static void readAll(JsonCursor json, Pool<CallFragment> fragments, Budget budget) {
        fragments.clear();
        if (!json.enterArray()) {
            return;
        }
        while (json.nextElement()) {
            if (json.kind() != JsonCursor.Kind.OBJECT || !budget.take()) {
                json.skip();
            } else {
                fragments.next().read(json);
            }
        }
    }
}
