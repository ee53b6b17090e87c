package io.phaseline.benchmarks.contender;

import io.phaseline.benchmarks.corpus.Cuts;
import java.io.IOException;
import java.util.Arrays;

/**
 * Framing as one would write it for speed: payloads are handed on where they lie, a line is copied only when an input
 * ends inside it, nothing becomes a string. It looks at {@code data} lines only, and knows LF and CRLF but no lone CR.
 */
final class HandFraming implements Framing {
    private byte[] line = new byte[1 << 12];
    private int lineLength;

    private byte[] joined = new byte[1 << 12];
    private byte[] data = joined;
    private int dataOffset;
    private int dataLength = -1;

    @Override
    public void read(Cuts body, JsonStage stage) throws IOException {
        lineLength = 0;
        dataLength = -1;
        byte[] bytes = body.bytes();
        int start = 0;
        for (int end : body.ends()) {
            feed(bytes, start, end, stage);
            start = end;
        }
    }

    private void feed(byte[] bytes, int start, int end, JsonStage stage) throws IOException {
        int at = start;
        if (lineLength > 0) {
            int lineEnd = Newlines.find(bytes, at, end);
            carry(bytes, at, lineEnd < 0 ? end : lineEnd);
            if (lineEnd < 0) {
                return;
            }
            finishCarried(stage);
            at = lineEnd + 1;
        }
        while (at < end) {
            int lineEnd = Newlines.find(bytes, at, end);
            if (lineEnd < 0) {
                carry(bytes, at, end);
                break;
            }
            line(bytes, at, lineEnd, stage);
            at = lineEnd + 1;
        }
        if (dataLength >= 0 && data == bytes) {
            keepData(dataLength);
        }
    }

    private void carry(byte[] bytes, int start, int end) {
        int length = end - start;
        if (line.length - lineLength < length) {
            line = Arrays.copyOf(line, Math.max(2 * line.length, lineLength + length));
        }
        System.arraycopy(bytes, start, line, lineLength, length);
        lineLength += length;
    }

    private void finishCarried(JsonStage stage) throws IOException {
        int length = lineLength;
        lineLength = 0;
        line(line, 0, length, stage);
        if (dataLength >= 0 && data == line) {
            // The next carried line must not overwrite this payload, so the buffers change places.
            byte[] free = joined;
            joined = line;
            line = free;
        }
    }

    private void line(byte[] bytes, int start, int lineEnd, JsonStage stage) throws IOException {
        int end = lineEnd > start && bytes[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
        if (start == end) {
            if (dataLength >= 0) {
                stage.payload(data, dataOffset, dataLength);
                dataLength = -1;
            }
        } else if (end - start >= 5
                && bytes[start] == 'd'
                && bytes[start + 1] == 'a'
                && bytes[start + 2] == 't'
                && bytes[start + 3] == 'a'
                && bytes[start + 4] == ':') {
            int value = start + 5;
            data(bytes, value < end && bytes[value] == ' ' ? value + 1 : value, end);
        }
    }

    private void data(byte[] bytes, int start, int end) {
        if (dataLength < 0) {
            data = bytes;
            dataOffset = start;
            dataLength = end - start;
            return;
        }
        int length = dataLength + 1 + end - start;
        keepData(length);
        joined[dataLength] = '\n';
        System.arraycopy(bytes, start, joined, dataLength + 1, end - start);
        dataLength = length;
    }

    private void keepData(int capacity) {
        if (data == joined && dataOffset == 0 && joined.length >= capacity) {
            return;
        }
        byte[] target = joined.length >= capacity && data != joined ? joined : new byte[2 * capacity];
        System.arraycopy(data, dataOffset, target, 0, dataLength);
        joined = target;
        data = joined;
        dataOffset = 0;
    }
}
