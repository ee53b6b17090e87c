package io.phaseline.template;

import io.phaseline.bytes.LineEnds;
import io.phaseline.bytes.Slice;
import io.phaseline.json.JsonCursor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes templates of frames that have been read. */
public final class TemplateLearner {
    /** Reads a payload, as it was read before. */
    public interface PayloadReader {
        /** Whether it was read, and is no more than its form and the values in it. */
        boolean read(JsonCursor json, Slice payload);
    }

    private final SpanRecorder recorder;
    private final Slice payload = new Slice();

    // The lines of the frame at hand.
    private int dataStart;
    private int dataEnd;
    private boolean isPlain;
    private final List<Span> lineSpans = new ArrayList<>();

    /** A learner of payloads nested no deeper than this. */
    public TemplateLearner(int maxDepth) {
        recorder = new SpanRecorder(maxDepth);
    }

    /**
     * Makes a template.
     *
     * @param frame the frame from its first byte to the first byte of the line end that ends it; becomes the template's
     * @param skipsSnapshots whether texts that are sent whole each time are known, and need not be at hand
     * @param reader reads the payload; what it reads into will be the template's
     * @return null if frames like this one have to be read each by itself
     */
    public @Nullable Template learn(byte[] frame, boolean skipsSnapshots, PayloadReader reader) {
        recorder.skipSnapshots(skipsSnapshots);
        Template template = read(frame, reader);
        recorder.release();
        return template;
    }

    private @Nullable Template read(byte[] frame, PayloadReader reader) {
        readLines(frame);
        if (!isPlain || dataStart < 0) {
            return null;
        }
        trimData(frame);
        payload.wrap(frame, dataStart, dataEnd - dataStart);
        boolean isRead = reader.read(recorder, payload);
        payload.clear();
        if (!isRead || !recorder.isClear()) {
            return null;
        }
        List<Span> spans = new ArrayList<>(lineSpans);
        for (Span span : recorder.spans()) {
            if (!settle(span, frame)) {
                return null;
            }
            spans.add(span);
        }
        spans.sort((a, b) -> Integer.compare(a.start, b.start));
        return new Template(frame, frame.length, spans.toArray(new Span[0]));
    }

    /** Makes sure that a value is where it was read, and can stay there. */
    private static boolean settle(Span span, byte[] frame) {
        Slice view = span.view;
        if (view != null) {
            if (span.text != null && !span.text.isPresent()) {
                return false;
            }
            span.unescaped = view.array() != frame;
            if (span.unescaped) {
                byte[] own = view.toByteArray();
                view.wrap(own, 0, own.length);
            } else if (view.offset() != span.start || view.length() != span.end - span.start) {
                return false;
            }
        }
        return span.number == null || span.number.value() == numberAt(span, frame);
    }

    private static long numberAt(Span span, byte[] frame) {
        return Long.parseLong(new String(frame, span.start, span.end - span.start, StandardCharsets.US_ASCII));
    }

    /** Finds the data line, and the event id. */
    private void readLines(byte[] frame) {
        dataStart = -1;
        isPlain = true;
        lineSpans.clear();
        int i = 0;
        while (i < frame.length) {
            int end = LineEnds.find(frame, i, frame.length);
            readLine(frame, i, end);
            i = end + 1;
        }
    }

    private void readLine(byte[] frame, int from, int to) {
        if (starts(frame, from, to, "data:")) {
            isPlain &= dataStart < 0;
            dataStart = valueStart(frame, from + 5, to);
            dataEnd = to;
        } else if (starts(frame, from, to, "id:")) {
            int start = valueStart(frame, from + 3, to);
            boolean isNumber = start < to;
            for (int i = start; i < to; i++) {
                isNumber &= frame[i] >= '0' && frame[i] <= '9';
            }
            // The first frame is none to learn from; another kind of id is compared as it is.
            isPlain &= !(to - start == 1 && frame[start] == '1');
            if (isNumber) {
                lineSpans.add(new Span(Span.Kind.EVENT_ID, start, to));
            }
        } else if (starts(frame, from, to, "data") && to - from == 4) {
            isPlain = false;
        }
    }

    private static int valueStart(byte[] frame, int from, int to) {
        return from < to && frame[from] == ' ' ? from + 1 : from;
    }

    private static boolean starts(byte[] frame, int from, int to, String prefix) {
        if (to - from < prefix.length()) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (frame[from + i] != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void trimData(byte[] frame) {
        while (dataStart < dataEnd && isBlank(frame[dataStart])) {
            dataStart++;
        }
        while (dataEnd > dataStart && isBlank(frame[dataEnd - 1])) {
            dataEnd--;
        }
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }
}
