package io.phaseline.adapter;

import io.phaseline.ParserOptions;
import io.phaseline.StreamParser;
import io.phaseline.event.StreamListener;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Reads an input stream into a parser, on the calling thread. */
public final class InputStreamPump {
    // What one read of a socket or a TLS record brings at most.
    private static final int BUFFER_BYTES = 16 << 10;

    private final InputStream in;
    private final StreamParser parser;
    private final byte[] buffer = new byte[BUFFER_BYTES];

    InputStreamPump(InputStream in, StreamParser parser) {
        this.in = Objects.requireNonNull(in, "in");
        this.parser = Objects.requireNonNull(parser, "parser");
    }

    /**
     * Reads until the stream ends, with default options; see {@link #pump(InputStream, StreamParser)}.
     *
     * @param in the bytes of one response; is not closed
     * @param listener hears it on this thread
     * @throws IOException as the input stream threw it, after the listener has heard the stream end
     */
    public static void pump(InputStream in, StreamListener listener) throws IOException {
        pump(in, ParserOptions.DEFAULT, listener);
    }

    /**
     * Reads until the stream ends; see {@link #pump(InputStream, StreamParser)}.
     *
     * @param in the bytes of one response, or of many if the options say so; is not closed
     * @param options how to read
     * @param listener hears it on this thread
     * @throws IOException as the input stream threw it, after the listener has heard the stream end
     */
    public static void pump(InputStream in, ParserOptions options, StreamListener listener) throws IOException {
        pump(in, new StreamParser(options, listener));
    }

    /**
     * Reads until the input stream ends, or until the parser knows that the reply is over, and finishes the parser.
     *
     * <p>What {@link InputStream#read(byte[])} brings is heard before the next read, in pieces of at most 16 KiB; wrap
     * nothing around a socket's stream. To end it from another thread, close the input stream there, if it is one that
     * then throws (as a socket's does).
     *
     * <p>An exception of the listener comes out as it is; nothing is read or heard after it, and the parser is closed.
     * If the listener throws while it hears the end after an {@code IOException}, that exception is added to the
     * {@code IOException} as suppressed.
     *
     * @param in the bytes; is not closed, and may have some left if the reply was over
     * @param parser a new parser, or one that was reset; finished when this method returns or throws
     *     {@code IOException}
     * @throws IOException as the input stream threw it, after the listener has heard the stream end
     */
    public static void pump(InputStream in, StreamParser parser) throws IOException {
        InputStreamPump pump = new InputStreamPump(in, parser);
        while (pump.readOnce()) {
            // the parser has told its listener
        }
    }

    /**
     * Reads what is there, at least a byte, and feeds it; finishes the parser when nothing follows, and also when the
     * read fails.
     *
     * @return false if nothing follows
     */
    boolean readOnce() throws IOException {
        int length;
        try {
            length = in.read(buffer);
        } catch (IOException broken) {
            try {
                parser.finish();
            } catch (RuntimeException | Error thrown) {
                broken.addSuppressed(thrown);
            }
            throw broken;
        }
        if (length >= 0) {
            parser.feed(buffer, 0, length);
            if (!parser.isDone()) {
                return true;
            }
        }
        parser.finish();
        return false;
    }
}
