package io.phaseline.reference;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Event streams as the WHATWG standard interprets them, line by line over the whole input.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation">
 *     Interpreting an event stream</a>
 */
final class ReferenceFraming {
    private ReferenceFraming() {}

    /** One line and where its bytes lie, without what ends it. */
    private record Line(String text, int start, int end) {
        int length() {
            return end - start;
        }
    }

    static List<FrameEvent> read(byte[] input, int maxFrameBytes) {
        List<FrameEvent> heard = new ArrayList<>();
        Block block = new Block();
        String lastEventId = "";
        boolean fieldSeen = false;
        for (Line line : lines(input)) {
            String text = line.text;
            if (text.isEmpty()) {
                if (block.oversized) {
                    heard.add(new FrameEvent.Oversized(block.start, true));
                } else if (block.dataLines > 0) {
                    heard.add(block.frame(lastEventId, true));
                }
                block = new Block();
                continue;
            }
            if (block.start < 0) {
                block.start = line.start;
            }
            boolean isData = text.equals("data") || text.startsWith("data:");
            if (!isData && line.length() > maxFrameBytes + "data: ".length()) {
                heard.add(new FrameEvent.OversizedLine(line.start, fieldSeen));
                continue;
            }
            int colon = text.indexOf(':');
            if (colon == 0) {
                block.comment = text.substring(1);
                if (line.end < input.length) {
                    heard.add(new FrameEvent.Comment(block.comment));
                }
                continue;
            }
            String field = colon < 0 ? text : text.substring(0, colon);
            String value = colon < 0 ? "" : text.substring(colon + 1);
            if (value.startsWith(" ")) {
                value = value.substring(1);
            }
            if (field.equals("data")) {
                fieldSeen = true;
                int valueBytes = line.length() - (text.length() - value.length());
                block.dataBytes += valueBytes + (block.dataLines > 0 ? 1 : 0);
                block.dataLines++;
                block.data.append(value).append('\n');
                block.oversized |= block.dataBytes > maxFrameBytes;
                continue;
            }
            switch (field) {
                case "event" -> {
                    fieldSeen = true;
                    block.event = value;
                }
                case "id" -> {
                    fieldSeen = true;
                    if (value.indexOf('\0') < 0) {
                        lastEventId = value;
                        block.ownId = true;
                    }
                }
                case "retry" -> {
                    fieldSeen = true;
                    if (value.matches("[0-9]+") && line.end < input.length) {
                        BigInteger millis = new BigInteger(value);
                        heard.add(new FrameEvent.Retry(millis.bitLength() > 63 ? Long.MAX_VALUE : millis.longValue()));
                    }
                }
                default -> heard.add(new FrameEvent.Ignored(text, line.start, fieldSeen, line.end < input.length));
            }
        }
        if (block.oversized) {
            heard.add(new FrameEvent.Oversized(block.start, false));
        } else if (block.dataLines > 0) {
            heard.add(block.frame(lastEventId, false));
        }
        return heard;
    }

    private static final class Block {
        int start = -1;
        String event = "";
        boolean ownId;
        final StringBuilder data = new StringBuilder();
        int dataLines;
        long dataBytes;
        String comment = "";
        boolean oversized;

        FrameEvent.Frame frame(String lastEventId, boolean dispatched) {
            // Each data line added its LF; the last one goes.
            String payload = data.substring(0, data.length() - 1);
            return new FrameEvent.Frame(event, lastEventId, ownId, payload, dataLines, comment, start, dispatched);
        }
    }

    /**
     * Lines end with LF, CR or CRLF. Cutting the bytes before decoding is the same as after: none of the decoder's
     * U+FFFD swallows an ASCII byte.
     */
    private static List<Line> lines(byte[] input) {
        List<Line> lines = new ArrayList<>();
        int start = bomLength(input);
        int i = start;
        while (i < input.length) {
            if (input[i] != '\n' && input[i] != '\r') {
                i++;
                continue;
            }
            boolean crLf = input[i] == '\r' && i + 1 < input.length && input[i + 1] == '\n';
            int next = i + (crLf ? 2 : 1);
            lines.add(new Line(ReferenceUtf8.decode(input, start, i), start, i));
            start = next;
            i = next;
        }
        if (start < input.length) {
            lines.add(new Line(ReferenceUtf8.decode(input, start, i), start, i));
        }
        return lines;
    }

    static int bomLength(byte[] input) {
        boolean bom = input.length >= 3
                && (input[0] & 0xFF) == 0xEF
                && (input[1] & 0xFF) == 0xBB
                && (input[2] & 0xFF) == 0xBF;
        return bom ? 3 : 0;
    }
}
