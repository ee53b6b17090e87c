package io.phaseline.reference;

import io.phaseline.ParserOptions;
import io.phaseline.event.Dialect;
import io.phaseline.event.ErrorKind;
import io.phaseline.event.ErrorReport;
import io.phaseline.event.StreamEvent;
import io.phaseline.reference.ReferenceJson.Obj;
import io.phaseline.reference.ReferenceJson.Parsed;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The slow, obvious parser: the whole input at once, strings and trees, one rule after the other as the contract and
 * docs/decisions.md state them. What the real parser lets its listener hear must be what this one says.
 *
 * <p>This class knows which payload belongs to which stream; {@link ReferenceStream} knows what a payload means.
 */
public final class ReferenceParser {
    private final ParserOptions options;
    private final byte[] input;
    private final List<StreamEvent> events = new ArrayList<>();
    private ReferenceStream stream;

    private ReferenceParser(byte[] input, ParserOptions options) {
        this.options = options;
        this.input = input;
        this.stream = new ReferenceStream(1, 0, options, events);
    }

    /**
     * What a listener hears of an input, {@code finish} included.
     *
     * @param input the whole input
     * @param options how to read it
     * @return the events
     */
    public static List<StreamEvent> parse(byte[] input, ParserOptions options) {
        ReferenceParser parser = new ReferenceParser(input, options);
        parser.run();
        return parser.events;
    }

    /**
     * What stands in an event stream by the standard.
     *
     * @param input the whole input
     * @param maxFrameBytes the frame limit
     * @return frames, comments, and the rest
     */
    public static List<FrameEvent> frames(byte[] input, int maxFrameBytes) {
        return ReferenceFraming.read(input, maxFrameBytes);
    }

    /**
     * The events without what is free: anomalies are told by their frame alone, and the words for what Phaseline itself
     * found wrong are blanked.
     *
     * @param events what was heard
     * @return what has to be the same in every parser
     */
    public static List<StreamEvent> normalize(List<StreamEvent> events) {
        List<StreamEvent> normal = new ArrayList<>();
        Set<StreamEvent> anomalies = new LinkedHashSet<>();
        for (StreamEvent event : events) {
            boolean sameFrame =
                    anomalies.stream().allMatch(anomaly -> anomaly.at().equals(event.at()));
            if (!sameFrame || event instanceof StreamEvent.Ended) {
                normal.addAll(anomalies);
                anomalies.clear();
            }
            if (event instanceof StreamEvent.Anomaly anomaly) {
                anomalies.add(new StreamEvent.Anomaly(anomaly.at(), ""));
            } else if (event instanceof StreamEvent.Failed failed) {
                normal.add(new StreamEvent.Failed(failed.at(), normalize(failed.error())));
            } else {
                normal.add(event);
            }
        }
        normal.addAll(anomalies);
        return normal;
    }

    private static ErrorReport normalize(ErrorReport error) {
        boolean ours = error.kind() == ErrorKind.MALFORMED
                || error.kind() == ErrorKind.LIMIT
                || error.kind() == ErrorKind.NOT_A_STREAM && error.code() == null;
        return ours ? new ErrorReport(error.kind(), null, null, null) : error;
    }

    /** One payload and where it stands. */
    record Payload(
            String event,
            boolean firstId,
            String data,
            @Nullable Integer status,
            int offset) {}

    private void run() {
        List<FrameEvent> heard = ReferenceFraming.read(input, options.limits().maxFrameBytes());
        if (!readAsBody(heard)) {
            readFrames(heard);
        }
        stream.end(input.length);
    }

    // Bodies

    /** A JSON or HTML body where an event stream should be: what stands before any field, if it is no JSON lines. */
    private boolean readAsBody(List<FrameEvent> heard) {
        List<FrameEvent.Ignored> lines = linesBeforeFields(heard);
        for (FrameEvent event : heard) {
            boolean isStream = event instanceof FrameEvent.Oversized
                    || event instanceof FrameEvent.Frame frame && carriesChunk(frame);
            if (isStream) {
                return false;
            }
        }
        if (lines.isEmpty() || firstJsonLine(heard, lines) < lines.size()) {
            return false;
        }
        for (FrameEvent.Ignored line : lines) {
            if (isObject(line.line()) && beginsLine(lines, line)) {
                tellOversizedLines(heard);
                stream.notAStream(json(line.line()).value());
                return true;
            }
        }
        String first = trim(lines.get(0).line());
        if (!beginsBody(first)) {
            return false;
        }
        tellOversizedLines(heard);
        StringBuilder body = new StringBuilder();
        lines.forEach(line -> body.append(line.line()).append('\n'));
        // What is cut off is a body all the same; it only cannot say what it was about.
        stream.notAStream(first.startsWith("<") ? null : json(body.toString()).value());
        return true;
    }

    private void tellOversizedLines(List<FrameEvent> heard) {
        for (FrameEvent event : heard) {
            if (event instanceof FrameEvent.OversizedLine line) {
                stream.brokenUncounted(ErrorKind.LIMIT, line.offset());
            }
        }
    }

    /** Lines of frames that are too long are told while it is open what a line before them is; answers where. */
    private int tellOversizedWhileHeld(List<FrameEvent> after) {
        int last = -1;
        for (FrameEvent event : after) {
            if (event instanceof FrameEvent.OversizedLine line && line.afterField()) {
                stream.brokenUncounted(ErrorKind.LIMIT, line.offset());
                last = line.offset();
            } else if (event instanceof FrameEvent.OversizedLine
                    || event instanceof FrameEvent.Oversized
                    || event instanceof FrameEvent.Frame frame && carriesChunk(frame)
                    || event instanceof FrameEvent.Ignored line && settlesHeldLine(line)) {
                break;
            }
        }
        return last;
    }

    private static boolean settlesHeldLine(FrameEvent.Ignored line) {
        return !line.afterField() && (trim(line.line()).startsWith("{") || isEndMarker(line.line()));
    }

    private static List<FrameEvent.Ignored> linesBeforeFields(List<FrameEvent> heard) {
        List<FrameEvent.Ignored> lines = new ArrayList<>();
        for (FrameEvent event : heard) {
            if (event instanceof FrameEvent.Ignored line && !line.afterField() && !isBlank(line.line())) {
                lines.add(line);
            }
        }
        return lines;
    }

    /** From where on it is settled that there are JSON lines: an error or unknown object by itself may be a body. */
    private int settled(List<FrameEvent> heard, List<FrameEvent.Ignored> lines, int firstJsonLine) {
        FrameEvent.Ignored first = lines.get(firstJsonLine);
        boolean held = json(trim(first.line())).value() instanceof Obj object && !isChunk(object);
        int settled = firstJsonLine;
        while (held && settled + 1 < lines.size()) {
            FrameEvent.Ignored line = lines.get(settled + 1);
            if (hasOversizedLine(heard, first.offset(), line.offset())) {
                return settled;
            }
            String next = trim(line.line());
            held = !next.startsWith("{") && !isEndMarker(next);
            settled++;
        }
        return held ? lines.size() : settled;
    }

    /** Whether a line that is too long, and could be of JSON, begins between two offsets. */
    private static boolean hasOversizedLine(List<FrameEvent> heard, int after, int before) {
        return heard.stream()
                .anyMatch(event -> event instanceof FrameEvent.OversizedLine line
                        && !line.afterField()
                        && line.offset() > after
                        && line.offset() < before);
    }

    /** Whether a line by itself is a frame of JSON lines. */
    private boolean isChunk(Obj object) {
        boolean known = options.dialect() != null || dialectOf(object, "") != null;
        return known && !ReferenceErrors.isOnlyAnError(object, "", null);
    }

    private static boolean isElision(String line) {
        return trim(line).matches("[-. \u2026]*");
    }

    private static boolean beginsBody(String text) {
        return text.startsWith("{") || text.startsWith("[") || text.startsWith("<");
    }

    /** Whether a line is read by itself: it is the first, or only text that begins no body stands before it. */
    private boolean beginsLine(List<FrameEvent.Ignored> lines, FrameEvent.Ignored line) {
        return line == lines.get(0) || !beginsBody(trim(lines.get(0).line()));
    }

    /** The first line that is a frame of JSON lines; after the last one if none is. */
    private int firstJsonLine(List<FrameEvent> heard, List<FrameEvent.Ignored> lines) {
        for (int i = 0; i < lines.size(); i++) {
            FrameEvent.Ignored line = lines.get(i);
            String text = trim(line.line());
            List<FrameEvent.Ignored> after = lines.subList(i + 1, lines.size());
            if (isEndMarker(text)) {
                return i;
            }
            if (isObject(text) && json(text).value() instanceof Obj object) {
                boolean followed = after.stream()
                        .map(next -> trim(next.line()))
                        .anyMatch(next -> next.startsWith("{") || isEndMarker(next));
                followed |= hasOversizedLine(heard, line.offset(), Integer.MAX_VALUE);
                return isChunk(object) || followed ? i : lines.size();
            }
            if (i == 0 && text.startsWith("{")) {
                // Torn, if a chunk follows; else the beginning of a document.
                boolean torn = after.stream().anyMatch(next -> isEndMarker(next.line()) || tellsDialect(next.line()));
                return torn ? 0 : lines.size();
            }
            if (i == 0 && beginsBody(text)) {
                return lines.size();
            }
        }
        return lines.size();
    }

    /** The line that ends a torn one. */
    private FrameEvent goodLine(List<FrameEvent.Ignored> lines) {
        return lines.stream()
                .filter(line -> isEndMarker(line.line()) || tellsDialect(line.line()))
                .findFirst()
                .orElseThrow();
    }

    private boolean tellsDialect(String line) {
        return json(line).value() instanceof Obj object && dialectOf(object, "") != null;
    }

    /** A body may hold lines that look like a frame; they are one if they hold JSON. */
    private boolean carriesChunk(FrameEvent.Frame frame) {
        return isEndMarker(frame.data()) || isObject(frame.data());
    }

    // Frames

    private void readFrames(List<FrameEvent> heard) {
        List<FrameEvent.Ignored> lines = linesBeforeFields(heard);
        int firstJsonLine = firstJsonLine(heard, lines);
        boolean heldLine = false;
        boolean jsonLineSeen = false;
        boolean torn = false;
        int toldBefore = -1;
        boolean body = firstJsonLine == lines.size()
                && !lines.isEmpty()
                && (beginsBody(trim(lines.get(0).line())) || lines.stream().anyMatch(line -> isObject(line.line())));
        for (FrameEvent event : heard) {
            if (event instanceof FrameEvent.Frame frame) {
                body &= !carriesChunk(frame);
                if (body) {
                    continue;
                }
                Payload payload = payload(frame);
                if (frame.dispatched()) {
                    read(payload);
                } else {
                    readPending(payload);
                }
            } else if (event instanceof FrameEvent.Oversized oversized) {
                body = false;
                if (oversized.dispatched()) {
                    stream.count(new Payload("", false, "", null, oversized.offset()));
                    stream.broken(ErrorKind.LIMIT);
                } else {
                    stream.brokenUncounted(ErrorKind.LIMIT, oversized.offset());
                }
            } else if (event instanceof FrameEvent.OversizedLine line) {
                if (torn || line.offset() <= toldBefore) {
                    // Told before what is left of the torn line, or before the held one.
                    continue;
                }
                if (jsonLineSeen && !line.afterField()) {
                    stream.count(new Payload("", false, "", null, line.offset()));
                    stream.broken(ErrorKind.LIMIT);
                } else {
                    stream.brokenUncounted(ErrorKind.LIMIT, line.offset());
                }
            } else if (event instanceof FrameEvent.Ignored line && !line.afterField() && !isBlank(line.line())) {
                int position = lines.indexOf(line);
                jsonLineSeen |= position >= firstJsonLine;
                if (position == 0) {
                    torn = jsonLineSeen && !isEndMarker(line.line()) && !isObject(line.line());
                    if (torn) {
                        tellOversizedLines(heard.subList(heard.indexOf(line), heard.indexOf(goodLine(lines))));
                    }
                } else if (torn) {
                    // All that looks like the rest of a torn first line is told by that line alone.
                    torn = !isEndMarker(line.line()) && !tellsDialect(line.line());
                    if (torn) {
                        continue;
                    }
                }
                Payload payload = new Payload("", false, line.line(), null, line.offset());
                if (isEndMarker(line.line()) || isObject(line.line())) {
                    // An error line before frames is one of theirs.
                    if (jsonLineSeen || !heldLine && beginsLine(lines, line)) {
                        if (!heldLine
                                && beginsLine(lines, line)
                                && json(line.line()).value() instanceof Obj object
                                && !isChunk(object)) {
                            toldBefore = tellOversizedWhileHeld(heard.subList(heard.indexOf(line) + 1, heard.size()));
                        }
                        heldLine = true;
                        read(payload);
                    }
                } else if (jsonLineSeen
                        && (trim(line.line()).startsWith("{")
                                || position > settled(heard, lines, firstJsonLine)
                                        && !saysNothing(line.line())
                                        && !isElision(line.line()))) {
                    if (line.terminated()) {
                        stream.count(payload);
                        stream.broken(ErrorKind.MALFORMED);
                    } else {
                        readPending(payload);
                    }
                }
            }
        }
    }

    private static Payload payload(FrameEvent.Frame frame) {
        String comment = trim(frame.comment());
        Integer status =
                comment.matches("HTTP_STATUS/[1-9][0-9]{2}") ? (Integer) Integer.parseInt(comment.substring(12)) : null;
        if (status == null && frame.event().matches("(?s).*:HTTP_STATUS/[1-9][0-9]{2}")) {
            status = Integer.parseInt(frame.event().substring(frame.event().length() - 3));
        }
        String event = frame.event().replaceFirst(":HTTP_STATUS/[1-9][0-9]{2}$", "");
        boolean firstId = frame.ownId() && frame.id().equals("1");
        return new Payload(event, firstId, frame.data(), status, frame.offset());
    }

    private void readPending(Payload payload) {
        boolean whole = isEndMarker(payload.data) || json(payload.data).complete();
        // A stream without any blank line is one pending payload: what can be read of it is not lost.
        boolean heard = options.manyStreams() || !stream.endMarker;
        if (whole
                || heard
                        && !saysNothing(payload.data)
                        && payload.data
                                .lines()
                                .anyMatch(line -> isEndMarker(line) || isObject(line) && !saysNothing(line))) {
            read(payload);
        } else if (!stream.done) {
            stream.brokenUncounted(ErrorKind.MALFORMED, payload.offset);
        }
    }

    private void read(Payload payload) {
        String data = trim(payload.data);
        if (data.isEmpty() || data.startsWith(":")) {
            stream.count(payload);
            return;
        }
        if (isEndMarker(data)) {
            stream.count(payload);
            stream.endMarker();
            return;
        }
        Parsed json = json(data);
        if (json.complete()) {
            if (json.value() instanceof Obj object && !object.isEmpty()) {
                readChunk(payload, object);
                return;
            }
            stream.count(payload);
            boolean keepAlive = json.value() == null || json.value().equals("") || json.value() instanceof Obj;
            if (!keepAlive) {
                broken(payload, data);
            }
            return;
        }
        if (data.indexOf('\n') < 0) {
            stream.count(payload);
            broken(payload, data);
            return;
        }
        readLinesOf(payload);
    }

    /** What an error event says need not be JSON. */
    private void broken(Payload payload, String data) {
        if (!payload.event.equals("error")) {
            stream.broken(ErrorKind.MALFORMED);
        } else if (!stream.endMarker) {
            stream.serverError(new ErrorReport(ErrorKind.SERVER, null, data, payload.status));
        }
    }

    /** Forgotten blank lines, and frames torn by another one. */
    private void readLinesOf(Payload payload) {
        boolean all = true;
        boolean any = false;
        boolean ended = stream.endMarker;
        for (String line : payload.data.split("\n")) {
            if (saysNothing(line)) {
                continue;
            }
            any |= isEndMarker(line) || isObject(line);
            if (isEndMarker(line)) {
                stream.count(payload);
                stream.endMarker();
            } else if (isObject(line)) {
                Obj object = (Obj) json(line).value();
                if (object != null && !object.isEmpty()) {
                    readChunk(payload, object);
                }
            } else {
                all = false;
            }
        }
        stream.count(payload);
        if (all) {
            if (!ended) {
                stream.say(new StreamEvent.Anomaly(stream.at, "several JSON texts in one payload"));
            }
        } else if (any) {
            stream.broken(ErrorKind.MALFORMED);
        } else {
            broken(payload, trim(payload.data));
        }
    }

    // Streams

    private void readChunk(Payload payload, Obj chunk) {
        boolean error = ReferenceErrors.isOnlyAnError(chunk, payload.event, options.dialect());
        Dialect own = options.dialect() == null ? dialectOf(chunk, payload.event) : null;
        Dialect told = own;
        if (options.dialect() != null && !error) {
            told = options.dialect();
        }
        boolean goesOn = !(options.manyStreams() && stream.hasEnded());
        if (error
                && goesOn
                && !isAnotherRequest(payload, chunk, own)
                && (stream.dialect != null || options.dialect() != null)) {
            // An error is never a payload of another dialect: it must not be ignored.
            told = null;
        }
        if (goesOn && stream.dialect != null && bearsTheMarkOf(stream.dialect, chunk)) {
            told = stream.dialect;
        }
        Dialect dialect = told != null ? told : stream.dialect;
        String id = idOf(chunk, dialect);
        if (options.manyStreams() && stream.frames > 0 && beginsStream(payload, chunk, told, id)) {
            stream.end(payload.offset());
            stream = new ReferenceStream(stream.number + 1, payload.offset(), options, events);
            told = own != null ? own : dialect;
        }
        stream.count(payload);
        if (stream.endMarker) {
            return;
        }
        if (told != null && stream.dialect != null && told != stream.dialect) {
            stream.anomaly("a payload of another dialect");
            return;
        }
        stream.chunk(payload, chunk, told, id);
    }

    /** Whether an error is visibly the first frame of another request, of another dialect. */
    private boolean isAnotherRequest(Payload payload, Obj chunk, @Nullable Dialect own) {
        return options.manyStreams()
                && payload.firstId
                && !stream.id.isEmpty()
                && own != null
                && own != stream.dialect
                && !ReferenceErrors.word(chunk.get("request_id")).isEmpty();
    }

    private boolean beginsStream(Payload payload, Obj chunk, @Nullable Dialect told, String id) {
        boolean otherDialect = told != null && stream.dialect != null && told != stream.dialect;
        boolean otherId = !id.isEmpty() && !id.equals(stream.id);
        if (stream.hasEnded()) {
            return (otherDialect || otherId) && canBegin(chunk, told != null ? told : stream.dialect);
        }
        return (otherDialect || otherId && !stream.id.isEmpty()) && isVisiblyFirst(payload, chunk, told);
    }

    /** A Chat chunk of usage alone belongs to what has just ended, also where every chunk has an id of its own. */
    private static boolean canBegin(Obj chunk, @Nullable Dialect dialect) {
        List<?> choices = chunk.list("choices");
        boolean choice = choices != null && choices.stream().anyMatch(Obj.class::isInstance);
        return dialect != Dialect.CHAT
                || choice
                || ReferenceErrors.of(chunk, "", ErrorKind.SERVER, null, dialect) != null;
    }

    private static boolean isVisiblyFirst(Payload payload, Obj chunk, @Nullable Dialect told) {
        if (payload.firstId || told == Dialect.RESPONSES && "response.created".equals(chunk.get("type"))) {
            return true;
        }
        List<?> choices = chunk.list("choices");
        if (choices != null) {
            for (Object choice : choices) {
                if (choice instanceof Obj c) {
                    Obj delta = c.object("delta");
                    if (delta != null
                            && !ReferenceErrors.word(delta.get("role")).isEmpty()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static String idOf(Obj chunk, @Nullable Dialect dialect) {
        Obj response = chunk.object("response");
        String requestId = ReferenceErrors.raw(chunk.get("request_id"));
        if (dialect == Dialect.CHAT) {
            return ReferenceErrors.raw(chunk.get("id"));
        }
        if (dialect == Dialect.RESPONSES) {
            return response == null ? "" : ReferenceErrors.raw(response.get("id"));
        }
        return requestId;
    }

    /** PROTOCOL G, "Telling the dialects apart". */
    static @Nullable Dialect dialectOf(Obj chunk, String event) {
        if (chunk.get("type") instanceof String type && type.startsWith("response.")) {
            return Dialect.RESPONSES;
        }
        if (chunk.get("output") instanceof Obj) {
            return Dialect.DASHSCOPE;
        }
        List<?> choices = chunk.list("choices");
        if (choices != null && couldBeSdkOutput(chunk)) {
            boolean message = choices.stream().anyMatch(choice -> choice instanceof Obj c && c.has("message"));
            return message ? Dialect.DASHSCOPE : Dialect.CHAT;
        }
        if (choices != null || "chat.completion.chunk".equals(chunk.get("object"))) {
            return Dialect.CHAT;
        }
        if (!ReferenceErrors.word(chunk.get("request_id")).isEmpty() || event.equals("result")) {
            return Dialect.DASHSCOPE;
        }
        return event.startsWith("response.") ? Dialect.RESPONSES : null;
    }

    /** Whether a chunk may go on in a stream of this dialect, whatever else it has. */
    private static boolean bearsTheMarkOf(Dialect dialect, Obj chunk) {
        return switch (dialect) {
            case CHAT -> chunk.list("choices") != null || "chat.completion.chunk".equals(chunk.get("object"));
            case DASHSCOPE -> chunk.get("output") instanceof Obj || couldBeSdkOutput(chunk);
            // dialectOf looks for its other mark first
            case RESPONSES -> Set.of("keepalive", "error").contains(ReferenceErrors.word(chunk.get("type")));
        };
    }

    private static boolean couldBeSdkOutput(Obj chunk) {
        List<?> choices = chunk.list("choices");
        boolean named = !ReferenceErrors.word(chunk.get("id")).isEmpty()
                || !ReferenceErrors.word(chunk.get("object")).isEmpty();
        if (choices == null || named) {
            return false;
        }
        return choices.stream().noneMatch(choice -> choice instanceof Obj c && c.has("delta"));
    }

    // Texts

    private Parsed json(String text) {
        return ReferenceJson.read(text, options.limits().maxDepth());
    }

    private boolean isObject(String line) {
        Parsed parsed = json(line);
        return parsed.complete() && parsed.value() instanceof Obj;
    }

    static boolean isEndMarker(String text) {
        return trim(text).equals("[DONE]");
    }

    /** Keep-alives. */
    private boolean saysNothing(String text) {
        String trimmed = trim(text);
        return trimmed.isEmpty()
                || trimmed.startsWith(":")
                || trimmed.equals("null")
                || trimmed.equals("\"\"")
                || json(text).value() instanceof Obj object && object.isEmpty();
    }

    private static boolean isBlank(String text) {
        return trim(text).isEmpty();
    }

    /** Without JSON's white space around it. */
    static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && " \t\n\r".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && " \t\n\r".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }
}
