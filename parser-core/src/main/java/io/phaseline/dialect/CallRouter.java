package io.phaseline.dialect;

import io.phaseline.bytes.Slice;
import io.phaseline.event.ToolField;
import io.phaseline.json.Surrogates;
import io.phaseline.state.StateReader;
import io.phaseline.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which call a fragment of {@code tool_calls} belongs to. The order that satisfies every server seen: a known id; a new
 * id, which begins a new call even if the index is taken; the index; else the call written last (PROTOCOL C.3).
 */
final class CallRouter {
    private static final class Call {
        final int choice;
        final int tool;
        Slice id = new Slice();
        int index;
        long writtenAt;
        boolean cumulative;

        Call(int choice, int tool, int index, boolean cumulative) {
            this.choice = choice;
            this.tool = tool;
            this.index = index;
            this.cumulative = cumulative;
        }
    }

    private final int maxCalls;
    private final boolean cumulative;
    private final List<Call> calls = new ArrayList<>();
    private long written;

    /** A router of so many calls at most; cumulative if all arguments are expected to be sent again with each fragment. */
    CallRouter(int maxCalls, boolean cumulative) {
        this.maxCalls = maxCalls;
        this.cumulative = cumulative;
    }

    void forget() {
        calls.clear();
        written = 0;
    }

    void deliver(Signals signals, int choice, CallFragment fragment) {
        Call call = route(signals, choice, fragment);
        if (call == null) {
            signals.limit("maxItems");
            return;
        }
        Slice id = fragment.id.atMost(ChunkReader.MAX_ID_BYTES);
        if (!id.isEmpty() && call.id.isEmpty()) {
            call.id = id.copy();
        }
        Slice sentType = fragment.type.atMost(ChunkReader.MAX_ID_BYTES);
        String type = sentType.isEmpty() ? "function" : Surrogates.textOf(sentType);
        signals.beginTool(choice, call.tool, type, ToolUse.CLIENT);
        if (!id.isEmpty()) {
            signals.toolText(ToolField.ID, id, TextMode.SNAPSHOT);
        }
        if (fragment.name.hasText()) {
            signals.toolText(ToolField.NAME, fragment.name.slice(), TextMode.SNAPSHOT);
        }
        if (fragment.arguments.isPresent()) {
            deliverArguments(signals, call, fragment.arguments.slice());
        }
        signals.endTool(false);
        if (fragment.id.isOdd() || fragment.name.isOdd() || fragment.type.isOdd()) {
            signals.anomaly("an object stands where a text is expected: tool_calls");
        }
    }

    private @Nullable Call route(Signals signals, int choice, CallFragment fragment) {
        Slice id = fragment.id.atMost(ChunkReader.MAX_ID_BYTES);
        int index = fragment.index();
        if (!id.isEmpty()) {
            for (int i = calls.size() - 1; i >= 0; i--) {
                Call call = calls.get(i);
                if (call.choice == choice && call.id.contentEquals(id)) {
                    return written(i);
                }
            }
            return begin(signals, choice, index);
        }
        if (index != CallFragment.NO_INDEX) {
            for (int i = calls.size() - 1; i >= 0; i--) {
                Call call = calls.get(i);
                if (call.choice == choice && call.index == index) {
                    return written(i);
                }
            }
            return begin(signals, choice, index);
        }
        int last = -1;
        for (int i = calls.size() - 1; i >= 0; i--) {
            Call call = calls.get(i);
            boolean isOne = call.choice == choice && call.index != CallFragment.FUNCTION_CALL;
            if (isOne && (last < 0 || call.writtenAt > calls.get(last).writtenAt)) {
                last = i;
            }
        }
        return last < 0 ? begin(signals, choice, index) : written(last);
    }

    private Call written(int i) {
        Call call = calls.get(i);
        call.writtenAt = ++written;
        return call;
    }

    private @Nullable Call begin(Signals signals, int choice, int index) {
        if (calls.size() >= maxCalls || signals.toolCount() >= maxCalls) {
            return null;
        }
        calls.add(new Call(choice, signals.toolCount(), index, cumulative));
        return written(calls.size() - 1);
    }

    /** Some servers send all arguments again with each fragment, or once more at the end. */
    private static void deliverArguments(Signals signals, Call call, Slice text) {
        Slice before = signals.argumentsOf(call.tool);
        boolean nothingToCompare = text.isEmpty() || before.isEmpty();
        if (nothingToCompare || !text.startsWith(before)) {
            call.cumulative &= nothingToCompare;
            signals.toolText(ToolField.ARGUMENTS, text, TextMode.DELTA);
            return;
        }
        boolean longer = text.length() > before.length();
        if (longer && !call.cumulative) {
            call.cumulative = !valueMayFollow(before);
        }
        if (call.cumulative) {
            signals.toolText(ToolField.ARGUMENTS, text, TextMode.SNAPSHOT);
        } else if (longer || !isWholeObject(before)) {
            signals.toolText(ToolField.ARGUMENTS, text, TextMode.DELTA);
        }
    }

    /** Whether a JSON value may begin behind this text, which may then look like the text itself. */
    private static boolean valueMayFollow(Slice text) {
        for (int i = text.length() - 1; i >= 0; i--) {
            byte b = text.byteAt(i);
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b == ':' || b == '[' || b == ',';
            }
        }
        return true;
    }

    /** Whether the text is one object as far as its braces and strings tell: models write arguments that are no JSON. */
    private static boolean isWholeObject(Slice text) {
        int size = text.length();
        if (size == 0 || text.byteAt(0) != '{') {
            return false;
        }
        int depth = 0;
        boolean inString = false;
        for (int i = 0; i < size; i++) {
            byte b = text.byteAt(i);
            if (inString) {
                if (b == '\\') {
                    i++;
                } else if (b == '"') {
                    inString = false;
                }
            } else if (b == '"') {
                inString = true;
            } else if (b == '{') {
                depth++;
            } else if (b == '}' && --depth == 0) {
                return i == size - 1;
            }
        }
        return false;
    }

    void save(StateWriter out) {
        out.number(calls.size());
        for (Call call : calls) {
            out.number(call.choice);
            out.number(call.tool);
            out.number(call.index);
            out.number(call.writtenAt);
            out.flag(call.cumulative);
            byte[] id = call.id.toByteArray();
            out.bytes(id, 0, id.length);
        }
        out.number(written);
    }

    void load(StateReader in) {
        forget();
        int size = in.count();
        for (int i = 0; i < size; i++) {
            int choice = in.number(0, Integer.MAX_VALUE);
            int tool = in.number(0, Integer.MAX_VALUE);
            int index = in.number(CallFragment.NO_INDEX, Integer.MAX_VALUE);
            long writtenAt = in.number();
            Call call = new Call(choice, tool, index, in.flag());
            call.writtenAt = writtenAt;
            byte[] id = in.bytes();
            call.id.wrap(id, 0, id.length);
            calls.add(call);
        }
        written = in.number();
    }
}
