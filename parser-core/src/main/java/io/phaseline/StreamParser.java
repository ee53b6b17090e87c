package io.phaseline;

import io.phaseline.event.StreamListener;
import java.nio.ByteBuffer;

/** The door; being built. */
public final class StreamParser {
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
    public StreamParser(ParserOptions options, StreamListener listener) {}

    /**
     * Tells the HTTP status of the response, for errors whose frame does not tell its own; before the first feed.
     *
     * @param status an HTTP status
     */
    public void httpStatus(int status) {}

    /**
     * Reads on.
     *
     * @param bytes the next bytes
     */
    public void feed(byte[] bytes) {}

    /**
     * Reads on.
     *
     * @param bytes holds the next bytes
     * @param offset the first one
     * @param length how many
     */
    public void feed(byte[] bytes, int offset, int length) {}

    /**
     * Reads the remaining bytes of a buffer; its position moves to its limit.
     *
     * @param bytes heap, direct or read-only
     */
    public void feed(ByteBuffer bytes) {}

    /** End of input. The streams end, each with its outcome; an input without one gives one all the same. */
    public void finish() {}

    /** Ready for a new input, as if new. */
    public void reset() {}

    /**
     * The state as bytes.
     *
     * @return a new array
     */
    public byte[] snapshot() {
        return new byte[0];
    }

    /**
     * Goes on where a snapshot was taken.
     *
     * @param snapshot what {@link #snapshot()} gave
     * @param listener who hears the rest
     * @return a new parser
     */
    public static StreamParser restore(byte[] snapshot, StreamListener listener) {
        return new StreamParser(listener);
    }

    /**
     * How many bytes had to be carried over or joined.
     *
     * @return bytes since the start of the input
     */
    public long bytesCopied() {
        return 0;
    }

    /**
     * Tells whether the reply is known to be over ({@code [DONE]} or a terminal Responses event): what follows is
     * ignored, and the caller need not wait for the connection to close.
     *
     * @return true if so
     */
    public boolean isDone() {
        return false;
    }
}
