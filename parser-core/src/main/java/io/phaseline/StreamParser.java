package io.phaseline;

import io.phaseline.bytes.Slice;
import io.phaseline.bytes.Utf8;
import io.phaseline.dialect.ChatReader;
import io.phaseline.dialect.ChunkReader;
import io.phaseline.dialect.DashScopeReader;
import io.phaseline.dialect.DialectSniffer;
import io.phaseline.dialect.FrameFacts;
import io.phaseline.dialect.PlainReader;
import io.phaseline.dialect.ResponsesReader;
import io.phaseline.event.Dialect;
import io.phaseline.event.ErrorKind;
import io.phaseline.event.ErrorReport;
import io.phaseline.event.StreamListener;
import io.phaseline.json.JacksonCursor;
import io.phaseline.json.JsonCursor;
import io.phaseline.sse.EventStreamReader;
import io.phaseline.sse.Frame;
import io.phaseline.sse.FrameListener;
import io.phaseline.state.StateReader;
import io.phaseline.state.StateWriter;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Reads one response of a language model: feed it bytes cut anywhere, hear what they mean.
 *
 * <pre>{@code
 * StreamParser parser = new StreamParser(listener);
 * while ((n = in.read(buffer)) >= 0) {
 *     parser.feed(buffer, 0, n);
 * }
 * parser.finish();
 * }</pre>
 *
 * <p>Any bytes end in a result: what is wrong with them is heard as {@link StreamListener#onError}, never thrown.
 *
 * <p><b>Threads.</b> One at a time; a call while another one runs, also one by a listener from within, is refused by
 * {@link IllegalStateException}.
 *
 * <p><b>When a listener throws</b>, the exception travels to the caller and the parser is closed: every further call but
 * {@link #reset()} is refused by {@link IllegalStateException}. No event is told twice.
 */
public final class StreamParser {
    private static final int SNAPSHOT_VERSION = 1;
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

    private final ParserOptions options;
    private final Interpreter interpreter;
    private final EventStreamReader frames;
    private final JsonCursor json;
    private final DialectSniffer sniffer = new DialectSniffer();
    private final PlainReader plain = new PlainReader();
    private final ChunkReader[] readers;
    private final Body body;
    private final FrameFacts facts = new FrameFacts();

    private final Slice payload = new Slice();
    private final Slice eventType = new Slice();
    private final Slice scratch = new Slice();
    private final Slice noText = new Slice();

    private final AtomicBoolean busy = new AtomicBoolean();
    private boolean closed;
    private boolean finished;

    private InputKind inputKind = InputKind.UNDECIDED;
    private @Nullable ChunkReader reader;
    private long streamOffset;
    private long frameCount;
    private long lastFrameOffset;
    private boolean sawEndMarker;
    private Slice streamId = new Slice();
    private boolean inputEnds;
    private boolean frameCounted;
    private boolean torn;

    /**
     * A parser with default options.
     *
     * @param listener who hears the stream
     */
    public StreamParser(StreamListener listener) {
        this(ParserOptions.DEFAULT, listener);
    }

    /**
     * A parser.
     *
     * @param options how to read
     * @param listener who hears the stream
     */
    public StreamParser(ParserOptions options, StreamListener listener) {
        ParserLimits limits = options.limits();
        this.options = options;
        this.interpreter = new Interpreter(limits, Objects.requireNonNull(listener, "listener"));
        this.frames = new EventStreamReader(new Framing(), limits.maxFrameBytes());
        this.json = new JacksonCursor(limits.maxDepth());
        this.readers = new ChunkReader[] {
            new DashScopeReader(options.cumulative(), limits.maxChoices(), limits.maxItems()),
            new ChatReader(limits.maxChoices(), limits.maxItems()),
            new ResponsesReader(limits.maxItems())
        };
        this.body = new Body(limits.maxBodyBytes());
        begin();
    }

    private @Nullable ChunkReader readerOf(@Nullable Dialect dialect) {
        for (ChunkReader one : readers) {
            if (one.dialect() == dialect) {
                return one;
            }
        }
        return null;
    }

    private void begin() {
        closed = false;
        finished = false;
        inputKind = InputKind.UNDECIDED;
        inputEnds = false;
        body.clear();
        interpreter.responseStatus(0);
        beginStream(1, 0);
    }

    private void beginStream(int stream, long offset) {
        for (ChunkReader one : readers) {
            one.forget();
        }
        reader = readerOf(options.dialect());
        streamOffset = offset;
        frameCount = 0;
        lastFrameOffset = 0;
        sawEndMarker = false;
        streamId = new Slice();
        interpreter.begin(stream);
    }

    // The door.

    /**
     * Tells the HTTP status of the response, for errors whose frame does not tell its own. Forgotten by
     * {@link #reset()}.
     *
     * @param status an HTTP status, 100 to 999
     * @throws IllegalArgumentException if it is none
     */
    public void httpStatus(int status) {
        if (status < 100 || status > 999) {
            throw new IllegalArgumentException("not an HTTP status: " + status);
        }
        interpreter.responseStatus(status);
    }

    /**
     * Reads on.
     *
     * @param bytes the next bytes; borrowed until this method returns
     * @throws IllegalStateException after {@link #finish()}, or while another call runs
     */
    public void feed(byte[] bytes) {
        feed(bytes, 0, bytes.length);
    }

    /**
     * Reads on.
     *
     * @param bytes holds the next bytes; borrowed until this method returns
     * @param offset the first one
     * @param length how many
     * @throws IndexOutOfBoundsException if the range does not lie in the array
     * @throws IllegalStateException after {@link #finish()}, or while another call runs
     */
    public void feed(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        enter();
        try {
            checkNotFinished();
            closed = true;
            frames.feed(bytes, offset, length);
            closed = false;
        } finally {
            busy.set(false);
        }
    }

    /**
     * Reads the remaining bytes of a buffer, where they lie; its position moves to its limit.
     *
     * @param bytes heap, direct or read-only; borrowed until this method returns
     * @throws IllegalStateException after {@link #finish()}, or while another call runs
     */
    public void feed(ByteBuffer bytes) {
        enter();
        try {
            checkNotFinished();
            closed = true;
            frames.feed(bytes);
            closed = false;
        } finally {
            busy.set(false);
        }
    }

    /**
     * Ends the input: the stream ends, with its outcome; an input without any stream is reported as one. Does nothing
     * the second time.
     *
     * @throws IllegalStateException while another call runs
     */
    public void finish() {
        enter();
        try {
            if (finished) {
                return;
            }
            closed = true;
            inputEnds = true;
            frames.finish();
            endBody();
            endStream(frames.bytesRead());
            finished = true;
            closed = false;
        } finally {
            busy.set(false);
        }
    }

    /** Begins a new input, as if new; also after a listener has thrown. */
    public void reset() {
        if (!busy.compareAndSet(false, true)) {
            throw new IllegalStateException("the parser is being fed");
        }
        try {
            frames.reset();
            begin();
        } finally {
            busy.set(false);
        }
    }

    private void enter() {
        if (!busy.compareAndSet(false, true)) {
            throw new IllegalStateException("the parser is being fed: one thread at a time, and not from a listener");
        }
        if (closed) {
            busy.set(false);
            throw new IllegalStateException("a listener threw, which closed the parser; reset() begins a new input");
        }
    }

    private void checkNotFinished() {
        if (finished) {
            throw new IllegalStateException("the input was finished; reset() begins a new one");
        }
    }

    /**
     * How many bytes of the input had to be copied because they straddled two inputs or had to be joined. What lies
     * whole in one input is read where it lies.
     *
     * @return bytes since the start of the input
     */
    public long bytesCopied() {
        return frames.bytesCopied();
    }

    /**
     * Tells whether the reply is known to be over ({@code [DONE]} or a terminal Responses event): the caller need not
     * wait for the connection to close.
     *
     * @return true if so; never where many streams may follow each other
     */
    public boolean isDone() {
        return !options.manyStreams() && interpreter.isDone();
    }

    /**
     * The whole state as bytes, options included, between two feeds and also in the middle of a frame: a parser made
     * from it by {@link #restore} goes on as if nothing had happened, in another process too. Its size is that of what
     * has to be remembered: the unfinished frame, and the texts of tool calls.
     *
     * @return a new array, readable by the same version of the format only
     * @throws IllegalStateException while another call runs, or after a listener threw
     */
    public byte[] snapshot() {
        enter();
        try {
            StateWriter out = new StateWriter();
            out.number(SNAPSHOT_VERSION);
            saveOptions(out);
            out.flag(finished);
            out.constant(inputKind);
            out.number(streamOffset);
            out.number(frameCount);
            out.number(lastFrameOffset);
            out.flag(sawEndMarker);
            out.text(streamId.toString());
            frames.save(out);
            interpreter.save(out);
            body.save(out);
            ChunkReader current = reader;
            out.constant(current == null ? null : current.dialect());
            if (current != null) {
                current.save(out);
            }
            return out.toByteArray();
        } finally {
            busy.set(false);
        }
    }

    private void saveOptions(StateWriter out) {
        ParserLimits limits = options.limits();
        out.constant(options.dialect());
        out.flag(options.cumulative());
        out.flag(options.manyStreams());
        out.number(limits.maxFrameBytes());
        out.number(limits.maxDepth());
        out.number(limits.maxItems());
        out.number(limits.maxChoices());
        out.number(limits.maxToolBytes());
        out.number(limits.maxBodyBytes());
    }

    private static ParserOptions loadOptions(StateReader in) {
        Dialect dialect = in.constant(Dialect.class);
        boolean cumulative = in.flag();
        boolean manyStreams = in.flag();
        int maxFrameBytes = in.number(1, ParserLimits.MAX_FRAME_BYTES);
        int maxDepth = in.number(1, Integer.MAX_VALUE);
        int maxItems = in.number(1, Integer.MAX_VALUE);
        int maxChoices = in.number(1, Integer.MAX_VALUE);
        long maxToolBytes = Math.max(1, in.number());
        int maxBodyBytes = in.number(1, Integer.MAX_VALUE);
        ParserLimits limits =
                new ParserLimits(maxFrameBytes, maxDepth, maxItems, maxChoices, maxToolBytes, maxBodyBytes);
        return new ParserOptions(dialect, cumulative, manyStreams, limits);
    }

    /**
     * Goes on where a snapshot was taken.
     *
     * @param snapshot what {@link #snapshot()} gave
     * @param listener who hears the rest
     * @return a new parser with the options of the one that the snapshot was taken of
     * @throws IllegalArgumentException if the bytes are no snapshot, or one of another version
     */
    public static StreamParser restore(byte[] snapshot, StreamListener listener) {
        StateReader in = new StateReader(snapshot);
        if (in.number() != SNAPSHOT_VERSION) {
            throw StateReader.damaged();
        }
        StreamParser parser = new StreamParser(loadOptions(in), listener);
        parser.load(in);
        in.end();
        return parser;
    }

    private void load(StateReader in) {
        finished = in.flag();
        InputKind kind = in.constant(InputKind.class);
        inputKind = kind == null ? InputKind.UNDECIDED : kind;
        streamOffset = in.number();
        frameCount = in.number();
        lastFrameOffset = in.number();
        sawEndMarker = in.flag();
        streamId = Slice.of(in.requiredText());
        frames.load(in);
        interpreter.load(in);
        body.load(in);
        reader = readerOf(in.constant(Dialect.class));
        if (reader != null) {
            reader.load(in);
        }
    }

    // Frames.

    private final class Framing implements FrameListener {
        @Override
        public void onFrame(Frame frame) {
            if (isFrame(frame)) {
                readFrame(frame);
            }
        }

        @Override
        public void onPendingFrame(Frame frame) {
            if (isFrame(frame)) {
                readPendingFrame(frame);
            }
        }

        @Override
        public void onIgnoredLine(Slice line, long offset) {
            readIgnoredLine(line, offset);
        }

        @Override
        public void onOversizedFrame(long offset) {
            leaveBody();
            if (inputEnds) {
                tellOversized(offset, frameCount + 1);
            } else {
                readOversized(offset);
            }
        }

        @Override
        public void onOversizedLine(long offset) {
            if (inputKind == InputKind.BODY && body.kind() == Body.Kind.JSON_LINE && !frames.sawField()) {
                leaveBody();
                inputKind = InputKind.JSON_LINES;
            }
            if (inputKind == InputKind.JSON_LINES && !frames.sawField()) {
                readOversized(offset);
            } else {
                tellOversized(offset, frameCount + 1);
            }
        }
    }

    private void readOversized(long offset) {
        frameCounted = false;
        count(offset);
        tellOversized(offset, frameCount);
    }

    private void tellOversized(long offset, long frame) {
        if (sawEndMarker) {
            return;
        }
        interpreter.at(frame, offset);
        String what = "longer than maxFrameBytes, " + options.limits().maxFrameBytes() + " bytes";
        interpreter.error(new ErrorReport(ErrorKind.LIMIT, null, what, null));
    }

    /** A body may hold lines that look like a frame; if they hold JSON they are one, and the body is none. */
    private boolean isFrame(Frame frame) {
        if (inputKind == InputKind.BODY) {
            trim(wellFormed(frame.data()));
            if (!isEndMarker(payload) && !isChunk(payload)) {
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
            facts.set(noText, 0);
            eventType.clear();
            readHeldLine();
        }
        body.clear();
    }

    private void readFrame(Frame frame) {
        takeFacts(frame);
        boolean isFirst = frame.hasOwnId() && frame.id().contentEquals("1");
        trim(wellFormed(frame.data()));
        readPayload(frame.offset(), isFirst, frame.dataLines() > 1);
    }

    /** The last frame's blank line never came: it counts if its data is whole. */
    private void readPendingFrame(Frame frame) {
        takeFacts(frame);
        boolean isFirst = frame.hasOwnId() && frame.id().contentEquals("1");
        trim(wellFormed(frame.data()));
        torn = !isWhole(payload);
        if (torn && (frame.dataLines() == 1 || saysNothing(payload))) {
            frameCounted = false;
            readMalformed(frame.offset());
        } else {
            readPayload(frame.offset(), isFirst, frame.dataLines() > 1);
        }
        torn = false;
    }

    private boolean isWhole(Slice text) {
        if (isEndMarker(text) || !text.isEmpty() && text.byteAt(0) != ':' && saysNothing(text)) {
            return true;
        }
        // A number ends where something else begins.
        byte[] spaced = new byte[text.length() + 1];
        text.copyTo(spaced, 0);
        spaced[text.length()] = ' ';
        json.wrap(new Slice().wrap(spaced, 0, spaced.length));
        boolean isValue = json.kind() != JsonCursor.Kind.NONE;
        json.skip();
        return json.end() && isValue;
    }

    private boolean isChunk(Slice text) {
        sniffer.sniff(json, text, noText);
        return sniffer.isWhole();
    }

    private static int lineEnd(Slice text, int from) {
        int to = from;
        while (to < text.length() && text.byteAt(to) != '\n') {
            to++;
        }
        return to;
    }

    private void takeFacts(Frame frame) {
        int status = statusIn(frame.comment(), 0);
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
        facts.set(eventType, status);
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
        return status;
    }

    private Slice wellFormed(Slice bytes) {
        if (Utf8.isWellFormed(bytes)) {
            return bytes;
        }
        byte[] copy = bytes.toByteArray();
        byte[] repaired = Utf8.repair(copy, 0, copy.length);
        return scratch.wrap(repaired, 0, repaired.length);
    }

    private void trim(Slice text) {
        int start = 0;
        int end = text.length();
        while (start < end && isWhiteSpace(text.byteAt(start))) {
            start++;
        }
        while (end > start && isWhiteSpace(text.byteAt(end - 1))) {
            end--;
        }
        payload.wrap(text, start, end - start);
    }

    private static boolean isWhiteSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    // Payloads.

    private void readPayload(long offset, boolean isFirst, boolean severalLines) {
        frameCounted = false;
        if (sawEndMarker && !options.manyStreams()) {
            if (!torn) {
                count(offset);
            }
            return;
        }
        if (saysNothing(payload)) {
            count(offset);
        } else if (isEndMarker(payload)) {
            readEndMarker(offset);
        } else if (!readChunk(payload, offset, isFirst)) {
            if (severalLines) {
                readLineByLine(offset, isFirst);
            } else {
                readMalformed(offset);
            }
        }
    }

    private static boolean isEndMarker(Slice text) {
        return text.contentEquals("[DONE]");
    }

    /** Keep-alives: nothing, {@code null}, an empty string, a comment wrapped in data. */
    private static boolean saysNothing(Slice text) {
        return text.isEmpty()
                || text.byteAt(0) == ':'
                || text.contentEquals("null")
                || text.contentEquals("\"\"")
                || isEmptyObject(text);
    }

    private static boolean isEmptyObject(Slice text) {
        int last = text.length() - 1;
        if (last < 1 || text.byteAt(0) != '{' || text.byteAt(last) != '}') {
            return false;
        }
        int i = 1;
        while (i < last && isWhiteSpace(text.byteAt(i))) {
            i++;
        }
        return i == last;
    }

    /** Counts the frame once, and says that what follows was found there. */
    private void count(long offset) {
        if (!frameCounted) {
            frameCounted = true;
            frameCount++;
            lastFrameOffset = offset;
        }
        interpreter.at(frameCount, offset);
    }

    private void readEndMarker(long offset) {
        count(offset);
        if (!sawEndMarker) {
            sawEndMarker = true;
            interpreter.done();
        }
    }

    private void readMalformed(long offset) {
        if (torn && !frameCounted) {
            // The last frame, cut off, does not count.
            interpreter.at(frameCount + 1, offset);
        } else {
            count(offset);
        }
        // Whoever stops reading when the reply is done may have taken half a frame more.
        if (!sawEndMarker && !(torn && !frameCounted && interpreter.isDone())) {
            tellMalformed();
        }
    }

    private void tellMalformed() {
        interpreter.error(new ErrorReport(ErrorKind.MALFORMED, null, "the payload is not a JSON object", null));
    }

    /** A forgotten blank line, or a torn frame: whatever line is whole is read. */
    private void readLineByLine(long offset, boolean isFirst) {
        Slice all = new Slice().wrap(payload);
        boolean isNews = !sawEndMarker;
        boolean allRead = true;
        int from = 0;
        while (from <= all.length()) {
            int to = lineEnd(all, from);
            trim(new Slice().wrap(all, from, to - from));
            from = to + 1;
            if (saysNothing(payload)) {
                continue;
            }
            if (isEndMarker(payload)) {
                readEndMarker(offset);
            } else {
                allRead &= readChunk(payload, offset, isFirst);
            }
        }
        if (!allRead || torn && !frameCounted) {
            readMalformed(offset);
            return;
        }
        count(offset);
        if (isNews) {
            interpreter.anomaly("several JSON texts in one frame");
        }
    }

    /** Reads a payload as a chunk and says what it means; false if it is not one JSON object. */
    private boolean readChunk(Slice chunk, long offset, boolean frameIsFirst) {
        ChunkReader known = reader;
        boolean between = options.manyStreams() && (interpreter.isOver() || sawEndMarker);
        if (known == null || between && options.dialect() == null) {
            ChunkReader told = readerOf(sniffer.sniff(json, chunk, eventType));
            if (!sniffer.isWhole()) {
                return false;
            }
            known = told == null ? known : told;
        }
        if (known == null) {
            return readPlain(chunk, offset);
        }
        if (!known.read(json, chunk)) {
            return false;
        }
        if (reader != null && known != reader) {
            return readForeign(known, chunk, offset, frameIsFirst);
        }
        if (reader != null && !known.isRecognised() && options.dialect() == null) {
            ChunkReader told = readerOf(sniffer.sniff(json, chunk, eventType));
            if (told != null && !sniffer.mayBe(known.dialect())) {
                return readForeign(told, chunk, offset, frameIsFirst);
            }
            // The look at it has overwritten what was read.
            known.read(json, chunk);
        }
        deliver(known, chunk, offset, frameIsFirst);
        return true;
    }

    private void deliver(ChunkReader known, Slice chunk, long offset, boolean frameIsFirst) {
        boolean beginsStream = options.manyStreams() && beginsStream(known, frameIsFirst);
        if (beginsStream) {
            nextStream(offset);
            // What the reader skips may depend on what it has heard: now it has heard nothing.
            known.read(json, chunk);
        }
        count(offset);
        if (sawEndMarker) {
            return;
        }
        reader = known;
        Slice id = known.id();
        if (streamId.isEmpty() && !id.isEmpty()) {
            streamId = id.copy();
        }
        interpreter.hasSurrogates(json.sawLoneSurrogate());
        interpreter.identity(known.dialect(), id, known.model());
        known.deliver(interpreter, facts);
    }

    /**
     * A new stream begins when the id changes and the stream before has ended or the frame is visibly a first one: some
     * servers give every chunk another id.
     */
    private boolean beginsStream(ChunkReader known, boolean frameIsFirst) {
        boolean over = interpreter.isOver() || sawEndMarker;
        boolean isFirst = frameIsFirst || known.isFirst();
        ChunkReader before = reader;
        if (before != null && before != known) {
            return over ? known.canBegin() : isFirst;
        }
        Slice id = known.id();
        if (id.isEmpty() || id.contentEquals(streamId)) {
            return false;
        }
        if (over) {
            return known.canBegin();
        }
        return isFirst && !streamId.isEmpty();
    }

    private void nextStream(long offset) {
        endStream(offset);
        beginStream(interpreter.stream() + 1, offset);
        frameCounted = false;
    }

    private void endStream(long end) {
        interpreter.at(frameCount, lastFrameOffset);
        interpreter.end(frameCount, end - streamOffset);
    }

    private boolean readForeign(ChunkReader foreign, Slice chunk, long offset, boolean frameIsFirst) {
        foreign.read(json, chunk);
        if (options.manyStreams() && beginsStream(foreign, frameIsFirst)) {
            deliver(foreign, chunk, offset, frameIsFirst);
        } else {
            count(offset);
            if (sawEndMarker) {
                return true;
            }
            interpreter.anomaly("a chunk of another dialect: " + foreign.dialect());
        }
        return true;
    }

    /** A chunk that tells no dialect, before any other has: at most an error. */
    private boolean readPlain(Slice chunk, long offset) {
        if (!plain.read(json, chunk)) {
            return false;
        }
        count(offset);
        if (!sawEndMarker) {
            interpreter.hasSurrogates(json.sawLoneSurrogate());
            plain.deliver(interpreter, facts);
        }
        return true;
    }

    // Inputs that are no event streams.

    private void readIgnoredLine(Slice line, long offset) {
        if (inputKind == InputKind.EVENT_STREAM || frames.sawField()) {
            return;
        }
        trim(wellFormed(line));
        if (payload.isEmpty()) {
            return;
        }
        facts.set(noText, 0);
        eventType.clear();
        byte first = payload.byteAt(0);
        switch (inputKind) {
            case UNDECIDED, TEXT -> beginBody(first, line, offset);
            case BODY -> goOnWithBody(first, line, offset);
            case JSON_LINES -> readJsonLine(first, offset);
            case EVENT_STREAM -> {}
        }
    }

    private void beginBody(byte first, Slice line, long offset) {
        if (isEndMarker(payload)) {
            inputKind = InputKind.JSON_LINES;
            readPayload(offset, false, false);
            return;
        }
        boolean isObject = first == '{' && isChunk(payload);
        if (isObject) {
            Dialect told = sniffer.sniff(json, payload, noText);
            if (told == null && options.dialect() == null || sniffer.isError()) {
                inputKind = InputKind.BODY;
                body.begin(Body.Kind.JSON_LINE, line, offset);
            } else {
                inputKind = InputKind.JSON_LINES;
                readPayload(offset, false, false);
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
        boolean isEndMarker = isEndMarker(payload);
        boolean mayBeLine = (first == '{' || isEndMarker) && body.kind() != Body.Kind.HTML && !startsWithList();
        if (mayBeLine) {
            Dialect told = sniffer.sniff(json, payload, noText);
            if (isEndMarker || body.kind() == Body.Kind.JSON_LINE || sniffer.isWhole() && told != null) {
                inputKind = InputKind.JSON_LINES;
                readHeldLine();
                trim(wellFormed(line));
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
            if (!isWhiteSpace(text.byteAt(i))) {
                return text.byteAt(i) == '[';
            }
        }
        return false;
    }

    private void readHeldLine() {
        trim(wellFormed(body.text(new Slice())));
        frameCounted = false;
        if (body.kind() == Body.Kind.JSON_LINE) {
            readPayload(body.offset(), false, false);
        } else {
            count(body.offset());
            tellMalformed();
        }
        body.clear();
    }

    private void readJsonLine(byte first, long offset) {
        if (first == '{' || isEndMarker(payload)) {
            torn = inputEnds && !isWhole(payload);
            readPayload(offset, false, false);
            torn = false;
        }
    }

    /** The input is over: a body that stands where a stream should be is reported, with the error that it may be. */
    private void endBody() {
        if (inputKind != InputKind.BODY) {
            return;
        }
        interpreter.at(frameCount, lastFrameOffset);
        if (body.kind() == Body.Kind.HTML) {
            interpreter.notAStream(null, null, 0, "an HTML body where an event stream should be");
            return;
        }
        trim(wellFormed(body.text(new Slice())));
        facts.set(noText, 0);
        String what = "a JSON body where an event stream should be";
        if (body.isWhole() && plain.read(json, payload)) {
            Slice id = plain.id();
            ChunkReader told = options.dialect() != null ? readerOf(options.dialect()) : null;
            Dialect dialect = told != null ? told.dialect() : id.isEmpty() ? null : Dialect.DASHSCOPE;
            interpreter.identity(dialect, id, noText);
            if (plain.isError(facts)) {
                plain.deliverBody(interpreter::notAStream, what);
                return;
            }
        }
        interpreter.notAStream(null, null, 0, what);
    }
}
