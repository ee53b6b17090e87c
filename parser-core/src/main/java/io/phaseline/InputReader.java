package io.phaseline;

import io.phaseline.bytes.Slice;
import io.phaseline.dialect.FrameFacts;
import io.phaseline.event.Dialect;
import io.phaseline.sse.EventStreamReader;
import io.phaseline.sse.Frame;
import io.phaseline.sse.FrameListener;
import io.phaseline.state.StateReader;
import io.phaseline.state.StateWriter;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * From bytes to payloads: tells by the bytes what the input is. An event stream has frames; JSON lines and bodies are
 * made of lines that the standard ignores.
 */
final class InputReader implements FrameListener {
    private static final String STATUS_COMMENT = "HTTP_STATUS/";

    /** What the input turned out to be. */
    private enum InputKind {
        UNDECIDED,
        /** Something that is neither: lines of JSON may still come, but no body. */
        TEXT,
        EVENT_STREAM,
        JSON_LINES,
        BODY
    }

    private final EventStreamReader frames;
    private final PayloadReader payloads;
    private final PatternReader patterns;
    private final SmallInputs small = new SmallInputs();
    private final Body body;
    private final @Nullable Dialect dialect;

    private final Payload payload = new Payload();
    private final Slice eventType = new Slice();
    private final Slice comment = new Slice();
    private final Slice scratch = new Slice();
    private final Slice noText = new Slice();

    private InputKind inputKind = InputKind.UNDECIDED;
    private boolean inputEnds;

    InputReader(ParserOptions options, PayloadReader payloads, boolean learns) {
        this.frames = new EventStreamReader(this, options.limits().maxFrameBytes());
        this.payloads = payloads;
        this.patterns = new PatternReader(options.limits(), frames, payloads, learns);
        this.body = new Body(options.limits().maxBodyBytes());
        this.dialect = options.dialect();
    }

    /** Reads on, at once or when a few inputs more have come. */
    void feed(byte @Nullable [] array, @Nullable ByteBuffer buffer, int from, int to) {
        if (to - from <= SmallInputs.MAX_INPUT
                && inputKind == InputKind.EVENT_STREAM
                && !(small.isEmpty() && SmallInputs.endsFrame(array, buffer, from, to))) {
            int ready = small.append(array, buffer, from, to);
            if (ready > 0) {
                read(small.bytes(), null, 0, ready);
                small.remove(ready);
            }
        } else {
            readSmall();
            read(array, buffer, from, to);
        }
    }

    /** Reads what small inputs have left. */
    private void readSmall() {
        if (small.isUsed()) {
            if (!small.isEmpty()) {
                read(small.bytes(), null, 0, small.length());
            }
            small.clear();
        }
    }

    /** Reads on: frames by comparing them with earlier ones, and in the ordinary way where that does not do. */
    private void read(byte @Nullable [] array, @Nullable ByteBuffer buffer, int from, int to) {
        int i = from;
        while (i < to) {
            if (inputKind == InputKind.EVENT_STREAM && (patterns.isUnfinished() || frames.isBetweenFrames())) {
                i = patterns.read(array, buffer, i, to);
            }
            if (i < to) {
                int start = i;
                i += feedFrame(array, buffer, i, to - i);
                patterns.note(array, buffer, start, i);
            }
        }
        patterns.leaveInput();
    }

    private int feedFrame(byte @Nullable [] array, @Nullable ByteBuffer buffer, int from, int length) {
        if (array != null) {
            return frames.feedFrame(array, from, length);
        }
        return buffer == null ? length : frames.feedFrame(buffer, from, length);
    }

    long bytesRead() {
        return frames.bytesRead();
    }

    long bytesCopied() {
        return small.bytesCopied() + frames.bytesCopied() + patterns.bytesCopied();
    }

    long framesMatched() {
        return patterns.framesMatched();
    }

    void reset() {
        small.reset();
        frames.reset();
        patterns.reset();
        inputKind = InputKind.UNDECIDED;
        inputEnds = false;
        body.clear();
    }

    /** Ends the input. */
    void finish() {
        settle();
        inputEnds = true;
        frames.finish();
        endBody();
    }

    // Frames.

    @Override
    public void onFrame(Frame frame) {
        if (isFrame(frame)) {
            boolean isFirst = takeFacts(frame);
            payloads.read(payload, frame.offset(), isFirst, frame.dataLines() > 1);
            payload.clear();
            payloads.trim();
        }
    }

    @Override
    public void onPendingFrame(Frame frame) {
        if (isFrame(frame)) {
            boolean isFirst = takeFacts(frame);
            payloads.readLast(payload, frame.offset(), isFirst, frame.dataLines() > 1);
        }
    }

    @Override
    public void onOversizedFrame(long offset) {
        leaveBody();
        if (inputEnds) {
            payloads.tellOversized(offset);
        } else {
            payloads.readOversized(offset);
        }
    }

    @Override
    public void onOversizedLine(long offset) {
        if (inputKind == InputKind.BODY && body.kind() == Body.Kind.JSON_LINE && !frames.sawField()) {
            leaveBody();
            inputKind = InputKind.JSON_LINES;
        }
        if (inputKind == InputKind.JSON_LINES && !frames.sawField()) {
            payloads.readOversized(offset);
        } else {
            payloads.tellOversized(offset);
        }
    }

    /** A body may hold lines that look like a frame; if they hold JSON they are one, and the body is none. */
    private boolean isFrame(Frame frame) {
        if (inputKind == InputKind.EVENT_STREAM) {
            return true;
        }
        if (inputKind == InputKind.BODY) {
            payload.set(frame.data());
            if (!payload.isEndMarker() && !payloads.isChunk(payload.text())) {
                return false;
            }
        }
        leaveBody();
        return true;
    }

    /** Here are frames: what looked like a body is none, and a line of it that is whole is read as one of them. */
    private void leaveBody() {
        boolean isLine = inputKind == InputKind.BODY && body.kind() == Body.Kind.JSON_LINE;
        if (inputKind != InputKind.JSON_LINES) {
            inputKind = InputKind.EVENT_STREAM;
        }
        if (isLine) {
            payloads.noFrame();
            readHeldLine();
        }
        body.clear();
    }

    /** Takes what a frame says, its payload among it; answers whether its id makes it visibly a first one. */
    private boolean takeFacts(Frame frame) {
        payload.set(frame.data());
        Payload.trim(frame.comment(), comment);
        int status = statusIn(comment, 0);
        eventType.wrap(frame.event());
        // Some flatten the status comment onto the event line.
        int length = eventType.length();
        int suffix = STATUS_COMMENT.length() + 4;
        if (length > suffix && eventType.byteAt(length - suffix) == ':') {
            int flattened = statusIn(eventType, length - suffix + 1);
            if (flattened > 0) {
                status = status > 0 ? status : flattened;
                eventType.wrap(frame.event(), 0, length - suffix);
            }
        }
        payloads.frame(eventType, status);
        return frame.hasOwnId() && frame.id().contentEquals("1");
    }

    /** The number behind {@code HTTP_STATUS/}, or 0. */
    private int statusIn(Slice text, int from) {
        int length = text.length() - from;
        int digits = length - STATUS_COMMENT.length();
        if (digits != 3 || !scratch.wrap(text, from, STATUS_COMMENT.length()).contentEquals(STATUS_COMMENT)) {
            return 0;
        }
        int status = 0;
        for (int i = text.length() - digits; i < text.length(); i++) {
            int digit = text.byteAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            status = status * 10 + digit;
        }
        return FrameFacts.statusOf(status);
    }

    // Inputs that are no event streams.

    @Override
    public void onIgnoredLine(Slice line, long offset) {
        if (inputKind == InputKind.EVENT_STREAM || frames.sawField()) {
            return;
        }
        payload.set(line);
        if (payload.isEmpty()) {
            return;
        }
        payloads.noFrame();
        byte first = payload.first();
        switch (inputKind) {
            case UNDECIDED, TEXT -> beginBody(first, line, offset);
            case BODY -> goOnWithBody(first, line, offset);
            case JSON_LINES -> readJsonLine(first, offset);
            case EVENT_STREAM -> {}
        }
    }

    private void beginBody(byte first, Slice line, long offset) {
        if (payload.isEndMarker()) {
            inputKind = InputKind.JSON_LINES;
            payloads.read(payload, offset, false, false);
            return;
        }
        Dialect told = first == '{' ? payloads.sniff(payload.text(), noText) : null;
        if (first == '{' && payloads.sniffedChunk()) {
            if (told == null && dialect == null || payloads.sniffedError()) {
                inputKind = InputKind.BODY;
                body.begin(Body.Kind.JSON_LINE, line, offset);
            } else {
                inputKind = InputKind.JSON_LINES;
                payloads.read(payload, offset, false, false);
            }
        } else if (inputKind == InputKind.UNDECIDED && (first == '{' || first == '[' || first == '<')) {
            inputKind = InputKind.BODY;
            body.begin(first == '<' ? Body.Kind.HTML : Body.Kind.JSON, line, offset);
        } else {
            inputKind = InputKind.TEXT;
        }
    }

    /** What looked like a body may turn out to be the first of many JSON lines. */
    private void goOnWithBody(byte first, Slice line, long offset) {
        boolean isEndMarker = payload.isEndMarker();
        boolean mayBeLine = (first == '{' || isEndMarker) && body.kind() != Body.Kind.HTML && !startsWithList();
        if (mayBeLine) {
            Dialect told = payloads.sniff(payload.text(), noText);
            if (isEndMarker || body.kind() == Body.Kind.JSON_LINE || payloads.sniffedChunk() && told != null) {
                inputKind = InputKind.JSON_LINES;
                readHeldLine();
                payload.set(line);
                readJsonLine(first, offset);
                return;
            }
        }
        if (body.kind() != Body.Kind.JSON_LINE) {
            body.append(line);
        }
    }

    private boolean startsWithList() {
        Slice text = body.text(scratch);
        for (int i = 0; i < text.length(); i++) {
            if (!Payload.isBlank(text.byteAt(i))) {
                return text.byteAt(i) == '[';
            }
        }
        return false;
    }

    private void readHeldLine() {
        payload.set(body.text(new Slice()));
        if (body.kind() == Body.Kind.JSON_LINE) {
            payloads.read(payload, body.offset(), false, false);
        } else {
            payloads.readBroken(body.offset());
        }
        body.clear();
    }

    private void readJsonLine(byte first, long offset) {
        if (first != '{' && payload.saysNothing() || payload.isElision()) {
            return;
        }
        if (inputEnds) {
            payloads.readLast(payload, offset, false, false);
        } else {
            payloads.read(payload, offset, false, false);
        }
    }

    /** The input is over: a body that stands where a stream should be is reported. */
    private void endBody() {
        if (inputKind != InputKind.BODY) {
            return;
        }
        if (body.kind() == Body.Kind.HTML) {
            payloads.readForeignBody("an HTML body where an event stream should be");
        } else {
            payload.set(body.text(new Slice()));
            payloads.readJsonBody(payload, body.isWhole());
        }
    }

    /** Reads what is left of small inputs and of a frame that is being compared, and says what there is to say of it. */
    void settle() {
        readSmall();
        patterns.settle();
    }

    /** Writes what is known once it has been settled. */
    void save(StateWriter out) {
        out.constant(inputKind);
        frames.save(out);
        body.save(out);
    }

    void load(StateReader in) {
        InputKind kind = in.constant(InputKind.class);
        inputKind = kind == null ? InputKind.UNDECIDED : kind;
        frames.load(in);
        body.load(in);
    }
}
