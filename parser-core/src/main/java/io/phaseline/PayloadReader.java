package io.phaseline;

import io.phaseline.bytes.Slice;
import io.phaseline.bytes.SliceCopy;
import io.phaseline.dialect.ChatReader;
import io.phaseline.dialect.Chunk;
import io.phaseline.dialect.ChunkReader;
import io.phaseline.dialect.DashScopeReader;
import io.phaseline.dialect.DialectSniffer;
import io.phaseline.dialect.FrameFacts;
import io.phaseline.dialect.PlainReader;
import io.phaseline.dialect.ResponsesReader;
import io.phaseline.event.Dialect;
import io.phaseline.event.ErrorKind;
import io.phaseline.event.ErrorReport;
import io.phaseline.json.ByteCursor;
import io.phaseline.json.JacksonCursor;
import io.phaseline.json.JsonCursor;
import io.phaseline.state.StateReader;
import io.phaseline.state.StateWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * From payloads to chunks, and from chunks to streams: tells the dialect, counts frames, sees where one stream ends and
 * the next begins, and reports what cannot be read.
 */
final class PayloadReader {
    private final ParserOptions options;
    private final Interpreter interpreter;
    private final int maxDepth;
    private @Nullable ByteCursor fast;
    private @Nullable JacksonCursor general;
    private final DialectSniffer sniffer = new DialectSniffer();
    private final PlainReader plain = new PlainReader();
    private final ChunkReader[] readers;
    private final @Nullable Chunk[] chunks;
    // The chunk asked for last, and whose it is.
    private @Nullable ChunkReader lastReader;
    private @Nullable Chunk lastChunk;
    private final FrameFacts facts = new FrameFacts();
    private final Slice noText = new Slice();

    /** The cursor that has read the chunk at hand. */
    private @Nullable JsonCursor json;

    /** How many streams were begun, in whatever input. */
    private long streamCount;

    // The stream at hand.
    private @Nullable ChunkReader reader;
    private long streamOffset;
    private long frameCount;
    private long lastFrameOffset;
    private boolean sawEndMarker;
    private final SliceCopy streamId = new SliceCopy();

    /** The dialect of the payload read last, if it was an ordinary chunk. */
    private @Nullable ChunkReader learnable;

    /** Whether the texts in it that every later chunk repeats are known now. */
    private boolean areSnapshotsKnown;

    // The frame at hand.
    private boolean frameCounted;
    private boolean torn;

    PayloadReader(ParserOptions options, Interpreter interpreter) {
        ParserLimits limits = options.limits();
        this.options = options;
        this.interpreter = interpreter;
        this.maxDepth = limits.maxDepth();
        this.readers = new ChunkReader[] {
            new DashScopeReader(options.cumulative(), limits.maxChoices(), limits.maxItems()),
            new ChatReader(limits.maxChoices(), limits.maxItems()),
            new ResponsesReader(limits.maxItems())
        };
        this.chunks = new Chunk[readers.length];
    }

    /** The chunk that payloads of a dialect are read into. */
    private Chunk chunkOf(ChunkReader known) {
        Chunk last = lastChunk;
        if (last != null && known == lastReader) {
            return last;
        }
        int i = 0;
        while (readers[i] != known) {
            i++;
        }
        Chunk chunk = chunks[i];
        if (chunk == null) {
            chunk = known.newChunk();
            chunks[i] = chunk;
        }
        lastReader = known;
        lastChunk = chunk;
        return chunk;
    }

    private @Nullable ChunkReader readerOf(@Nullable Dialect dialect) {
        for (ChunkReader one : readers) {
            if (one.dialect() == dialect) {
                return one;
            }
        }
        return null;
    }

    /** Begins the input. */
    void begin() {
        beginStream(1, 0);
    }

    private void beginStream(int stream, long offset) {
        streamCount++;
        for (ChunkReader one : readers) {
            one.forget();
        }
        reader = readerOf(options.dialect());
        streamOffset = offset;
        frameCount = 0;
        lastFrameOffset = 0;
        sawEndMarker = false;
        streamId.clear();
        interpreter.begin(stream);
    }

    // What a frame says beside its payload.

    /** Takes the facts of a frame. */
    void frame(Slice eventType, int httpStatus) {
        facts.set(eventType, httpStatus);
    }

    /** What follows stands in no frame. */
    void noFrame() {
        facts.set(noText, 0);
    }

    // JSON: where the bytes lie if they can be read there; of what is refused there, Jackson is the judge.

    /** Made when it is needed first: there may be many parsers that wait. */
    private ByteCursor fast() {
        ByteCursor cursor = fast;
        if (cursor == null) {
            cursor = new ByteCursor(maxDepth);
            fast = cursor;
        }
        return cursor;
    }

    private JacksonCursor general() {
        JacksonCursor cursor = general;
        if (cursor == null) {
            cursor = new JacksonCursor(maxDepth);
            general = cursor;
        }
        return cursor;
    }

    private boolean read(ChunkReader known, Slice text) {
        Chunk chunk = chunkOf(known);
        return chunk.read(used(fast()), text) || chunk.read(used(general()), text);
    }

    private boolean readPlainly(Slice chunk) {
        return plain.read(used(fast()), chunk) || plain.read(used(general()), chunk);
    }

    private boolean sawLoneSurrogate() {
        return json != null && json.sawLoneSurrogate();
    }

    private JsonCursor used(JsonCursor cursor) {
        json = cursor;
        return cursor;
    }

    private @Nullable Dialect sniff(Slice chunk) {
        return sniff(chunk, facts.event());
    }

    /** What dialect a text is of; null if it does not tell, or is no JSON object. */
    @Nullable
    Dialect sniff(Slice chunk, Slice eventType) {
        Dialect told = sniffer.sniff(fast(), chunk, eventType);
        if (sniffer.isWhole()) {
            return told;
        }
        return sniffer.sniff(general(), chunk, eventType);
    }

    /** Whether a text is one JSON object. */
    boolean isChunk(Slice text) {
        sniff(text, noText);
        return sniffer.isWhole();
    }

    /** Whether the text sniffed at last is one JSON object. */
    boolean sniffedChunk() {
        return sniffer.isWhole();
    }

    /** Whether the text sniffed at last reports an error. */
    boolean sniffedError() {
        return sniffer.isError();
    }

    /** Whether a payload is whole by itself: the end marker, or any JSON value. */
    private boolean isWhole(Payload payload) {
        if (payload.isEndMarker() || payload.isEmptyJson()) {
            return true;
        }
        // Jackson takes no name with half a surrogate pair in it.
        if (isOneValue(fast(), payload.text())) {
            return true;
        }
        // A number ends where something else begins.
        byte[] spaced = new byte[payload.text().length() + 1];
        payload.text().copyTo(spaced, 0);
        spaced[spaced.length - 1] = ' ';
        return isOneValue(general(), new Slice().wrap(spaced, 0, spaced.length));
    }

    private static boolean isOneValue(JsonCursor judge, Slice text) {
        judge.wrap(text);
        boolean isValue = judge.kind() != JsonCursor.Kind.NONE;
        judge.skip();
        return judge.end() && isValue;
    }

    // Payloads.

    /** Reads the last payload, whose end never came: it counts if it is whole. */
    void readLast(Payload payload, long offset, boolean isFirst, boolean severalLines) {
        torn = !isWhole(payload);
        if (torn && (!severalLines || payload.saysNothing())) {
            frameCounted = false;
            readMalformed(payload.text(), offset);
        } else {
            read(payload, offset, isFirst, severalLines);
        }
        torn = false;
    }

    /** Reports a payload that is known to be broken. */
    void readBroken(long offset) {
        frameCounted = false;
        count(offset);
        tellMalformed();
    }

    /** Reports a payload that was longer than the limit. */
    void readOversized(long offset) {
        frameCounted = false;
        count(offset);
        tellOversized(offset, frameCount);
    }

    /** Reports a line of the frame that is being built, or that frame itself, which does not count. */
    void tellOversized(long offset) {
        tellOversized(offset, frameCount + 1);
    }

    private void tellOversized(long offset, long frame) {
        if (sawEndMarker) {
            return;
        }
        interpreter.at(frame, offset);
        String what = "longer than maxFrameBytes, " + options.limits().maxFrameBytes() + " bytes";
        interpreter.error(new ErrorReport(ErrorKind.LIMIT, null, what, null));
    }

    /** Reads a payload. */
    void read(Payload payload, long offset, boolean isFirst, boolean severalLines) {
        frameCounted = false;
        learnable = null;
        boolean mayRepeat = mayRepeat();
        if (sawEndMarker && !options.manyStreams()) {
            if (!torn) {
                count(offset);
            }
            return;
        }
        if (payload.saysNothing()) {
            count(offset);
        } else if (payload.isEndMarker()) {
            readEndMarker(offset);
        } else if (readChunk(payload.text(), offset, isFirst)) {
            // A frame that could not have matched is none to learn from.
            learnable = mayRepeat ? learnable : null;
        } else {
            if (severalLines) {
                readLineByLine(payload, offset, isFirst);
            } else {
                readMalformed(payload.text(), offset);
            }
        }
    }

    /** Lets go of what an unusually long payload took. */
    void trim() {
        ByteCursor cursor = fast;
        if (cursor != null && cursor.isLarge()) {
            cursor.trim();
            Arrays.fill(chunks, null);
            lastChunk = null;
        }
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

    private void readMalformed(Slice text, long offset) {
        boolean nothingRead = !frameCounted;
        if (torn && nothingRead) {
            readTorn(offset);
            return;
        }
        count(offset);
        if (sawEndMarker) {
            return;
        }
        if (nothingRead && facts.errorEvent()) {
            // What an error event says need not be JSON.
            interpreter.serverError(null, text.toString(), facts.httpStatus());
        } else {
            tellMalformed();
        }
    }

    /** The last frame, cut off, does not count. */
    private void readTorn(long offset) {
        interpreter.at(frameCount + 1, offset);
        // Whoever stops reading when the reply is done may have taken half a frame more.
        if (!sawEndMarker && !interpreter.isDone()) {
            tellMalformed();
            interpreter.cutOff();
        }
    }

    private void tellMalformed() {
        interpreter.error(new ErrorReport(
                ErrorKind.MALFORMED, null, "the payload is not one JSON object, or is nested too deeply", null));
    }

    /** A forgotten blank line, or a torn frame: whatever line is whole is read. */
    private void readLineByLine(Payload payload, long offset, boolean isFirst) {
        Slice all = new Slice().wrap(payload.text());
        Payload line = new Payload();
        boolean isNews = !sawEndMarker;
        boolean allRead = true;
        int from = 0;
        while (from <= all.length()) {
            from = line.setLine(all, from);
            if (line.saysNothing()) {
                continue;
            }
            if (line.isEndMarker()) {
                readEndMarker(offset);
            } else {
                allRead &= readChunk(line.text(), offset, isFirst);
            }
        }
        if (!allRead || torn && !frameCounted) {
            readMalformed(all, offset);
            return;
        }
        count(offset);
        if (isNews) {
            interpreter.anomaly("several JSON texts in one frame");
        }
    }

    /** Reads a payload as a chunk and says what it means; false if it is not one JSON object. */
    private boolean readChunk(Slice text, long offset, boolean frameIsFirst) {
        ChunkReader known = reader;
        boolean between = options.manyStreams() && (interpreter.isOver() || sawEndMarker);
        if (known == null || between && options.dialect() == null) {
            ChunkReader told = readerOf(sniff(text));
            if (!sniffer.isWhole()) {
                return false;
            }
            known = told == null ? known : told;
        }
        if (known == null) {
            return readPlain(text, offset);
        }
        if (!read(known, text)) {
            return false;
        }
        if (reader != null && known != reader) {
            return readForeign(known, text, offset, frameIsFirst);
        }
        if (reader != null && !chunkOf(known).isRecognised() && options.dialect() == null) {
            ChunkReader told = readerOf(sniff(text));
            boolean opensAnother = frameIsFirst && options.manyStreams() && !streamId.isEmpty() && told != known;
            if (told != null && (!sniffer.mayBe(known.dialect()) || opensAnother && sniffer.isErrorOfRequest())) {
                return readForeign(told, text, offset, frameIsFirst);
            }
            // The look at it has overwritten what was read.
            read(known, text);
        }
        deliver(known, text, offset, frameIsFirst);
        return true;
    }

    private void deliver(ChunkReader known, Slice text, long offset, boolean frameIsFirst) {
        Chunk chunk = chunkOf(known);
        if (beginsStream(known, chunk, frameIsFirst)) {
            nextStream(offset);
            // What the reader skips may depend on what it has heard: now it has heard nothing.
            read(known, text);
        }
        deliver(known, chunk, facts, sawLoneSurrogate(), offset);
        learnable = chunk.isPattern() ? known : null;
        areSnapshotsKnown = chunk.areSnapshotsKnown() && !sawLoneSurrogate();
    }

    private void deliver(ChunkReader known, Chunk chunk, FrameFacts frame, boolean hasSurrogates, long offset) {
        count(offset);
        if (sawEndMarker) {
            return;
        }
        if (reader != known) {
            reader = known;
        }
        interpreter.hasSurrogates(hasSurrogates);
        if (!interpreter.isIdentified() || streamId.isEmpty()) {
            identify(known, chunk);
        }
        chunk.deliver(interpreter, frame);
    }

    private void identify(ChunkReader known, Chunk chunk) {
        Slice id = chunk.id();
        if (streamId.isEmpty() && !id.isEmpty()) {
            streamId.set(id);
        }
        interpreter.identity(known.dialect(), id, chunk.model());
    }

    /**
     * Where many streams may follow each other a new one begins when the id changes and the stream before has ended or
     * the frame is visibly a first one: some servers give every chunk another id.
     */
    private boolean beginsStream(ChunkReader known, Chunk chunk, boolean frameIsFirst) {
        if (!options.manyStreams()) {
            return false;
        }
        boolean over = interpreter.isOver() || sawEndMarker;
        boolean isFirst = frameIsFirst || chunk.isFirst();
        ChunkReader before = reader;
        if (before != null && before != known) {
            return over ? chunk.canBegin() : isFirst;
        }
        Slice id = chunk.id();
        if (id.isEmpty() || id.contentEquals(streamId.get())) {
            return false;
        }
        if (over) {
            return chunk.canBegin();
        }
        return isFirst && !streamId.isEmpty();
    }

    // Frames that match an earlier one.

    /** Who reads the stream at hand; null if its dialect is not known yet. */
    @Nullable
    ChunkReader reader() {
        return reader;
    }

    /** Whether the next frame may be one like those before: not where it may begin a stream, or belong to none. */
    boolean mayRepeat() {
        return reader != null && !sawEndMarker && !(options.manyStreams() && interpreter.isOver());
    }

    /** The dialect of the payload read last, if it was an ordinary chunk, once. */
    @Nullable
    ChunkReader takeLearnable() {
        ChunkReader known = learnable;
        learnable = null;
        return known;
    }

    /** Whether what the payload read last says in every later one as well is known, so that it need not be read again. */
    boolean areSnapshotsKnown() {
        return areSnapshotsKnown;
    }

    /** Copies what the frame read last said beside its payload. */
    void copyFacts(FrameFacts into) {
        into.copy(facts);
    }

    /** Whether frames like this one need no look at their dialect. */
    boolean isTold(Chunk chunk) {
        return options.dialect() != null || chunk.isRecognised();
    }

    /** Whether frames of a pattern bring deltas of the stream at hand and nothing else, given what was heard since. */
    boolean isDelta(Pattern pattern) {
        return pattern.deltaOf == streamCount && pattern.chunk.isReadAlike();
    }

    /** Takes a frame that matched and brings a delta. */
    void repeatDelta(Chunk chunk, long offset) {
        lastFrameOffset = offset;
        interpreter.at(++frameCount, offset);
        interpreter.hasSurrogates(false);
        chunk.deliverDelta(interpreter);
    }

    /** Takes a frame that matched; false if it has to be read in the ordinary way after all. */
    boolean repeat(Pattern pattern, long offset) {
        Chunk chunk = pattern.chunk;
        if (isDelta(pattern)) {
            repeatDelta(chunk, offset);
            return true;
        }
        if (!chunk.isReadAlike() || beginsStream(pattern.reader, chunk, false)) {
            return false;
        }
        frameCounted = false;
        deliver(pattern.reader, chunk, pattern.facts, false, offset);
        if (chunk.isDelta(pattern.facts) && saysNothingOfStream(chunk)) {
            pattern.deltaOf = streamCount;
        }
        return true;
    }

    /** Whether a chunk, and others of its form, say nothing new of the stream itself, nor of another one. */
    private boolean saysNothingOfStream(Chunk chunk) {
        if (chunk.isIdentityRestless()) {
            return interpreter.isIdentified() && !streamId.isEmpty() && !options.manyStreams();
        }
        Slice id = chunk.id();
        boolean isIdKnown =
                id.isEmpty() || !streamId.isEmpty() && (!options.manyStreams() || id.contentEquals(streamId.get()));
        return isIdKnown && interpreter.knows(id, chunk.model());
    }

    private void nextStream(long offset) {
        endStream(offset);
        beginStream(interpreter.stream() + 1, offset);
        frameCounted = false;
    }

    /** Ends the stream at hand: what follows begins at this byte of the input. */
    void endStream(long end) {
        interpreter.at(frameCount, lastFrameOffset);
        interpreter.end(frameCount, end - streamOffset);
    }

    private boolean readForeign(ChunkReader foreign, Slice text, long offset, boolean frameIsFirst) {
        read(foreign, text);
        if (beginsStream(foreign, chunkOf(foreign), frameIsFirst)) {
            deliver(foreign, text, offset, frameIsFirst);
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
        if (!readPlainly(chunk)) {
            return false;
        }
        count(offset);
        if (!sawEndMarker) {
            interpreter.hasSurrogates(sawLoneSurrogate());
            plain.deliver(interpreter, facts);
        }
        return true;
    }

    // What is no stream.

    /** Reports a body that is no JSON. */
    void readForeignBody(String what) {
        interpreter.at(frameCount, lastFrameOffset);
        interpreter.notAStream(null, null, 0, what);
    }

    /** Reports a JSON body, with the error that it may be. */
    void readJsonBody(Payload body, boolean isWhole) {
        interpreter.at(frameCount, lastFrameOffset);
        noFrame();
        String what = "a JSON body where an event stream should be";
        if (isWhole && readPlainly(body.text())) {
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

    void save(StateWriter out) {
        out.number(streamOffset);
        out.number(frameCount);
        out.number(lastFrameOffset);
        out.flag(sawEndMarker);
        // As it came: it is compared with what comes, and may hold half of a surrogate pair.
        byte[] id = streamId.get().toByteArray();
        out.bytes(id, 0, id.length);
        ChunkReader current = reader;
        out.constant(current == null ? null : current.dialect());
        if (current != null) {
            current.save(out);
        }
    }

    void load(StateReader in) {
        streamOffset = in.number();
        frameCount = in.number();
        lastFrameOffset = in.number();
        sawEndMarker = in.flag();
        byte[] id = in.bytes();
        streamId.set(new Slice().wrap(id, 0, id.length));
        reader = readerOf(in.constant(Dialect.class));
        if (reader != null) {
            reader.load(in);
        }
    }
}
