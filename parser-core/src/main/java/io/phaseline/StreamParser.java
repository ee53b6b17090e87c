package io.phaseline;

import io.phaseline.dialect.FrameFacts;
import io.phaseline.event.StreamListener;
import io.phaseline.state.StateReader;
import io.phaseline.state.StateWriter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Objects;

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
    private static final int SNAPSHOT_VERSION = 2;

    /** Seen and set, not compared and set: an input may be a few bytes, and a mistake lasts longer than that. */
    private static final VarHandle BUSY = busyHandle();

    private static VarHandle busyHandle() {
        try {
            return MethodHandles.lookup().findVarHandle(StreamParser.class, "busy", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final ParserOptions options;
    private final Interpreter interpreter;
    private final PayloadReader payloads;
    private final InputReader input;

    /** Through {@link #BUSY} only. */
    @SuppressWarnings("UnusedVariable")
    private boolean busy;

    private boolean closed;
    private boolean finished;

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
        this(options, listener, true);
    }

    /** A parser that reads each frame by itself if it does not learn: tests compare the two. */
    StreamParser(ParserOptions options, StreamListener listener, boolean learns) {
        this.options = options;
        this.interpreter = new Interpreter(options.limits(), Objects.requireNonNull(listener, "listener"));
        this.payloads = new PayloadReader(options, interpreter);
        this.input = new InputReader(options, payloads, learns);
        begin();
    }

    private void begin() {
        closed = false;
        finished = false;
        interpreter.responseStatus(0);
        payloads.begin();
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
        if (FrameFacts.statusOf(status) == 0) {
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
            input.feed(bytes, null, offset, offset + length);
            closed = false;
        } finally {
            leave();
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
            int start = bytes.position();
            int end = bytes.limit();
            bytes.position(end);
            if (bytes.hasArray()) {
                int shift = bytes.arrayOffset();
                input.feed(bytes.array(), null, shift + start, shift + end);
            } else {
                input.feed(null, bytes, start, end);
            }
            closed = false;
        } finally {
            leave();
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
            input.finish();
            payloads.endStream(input.bytesRead());
            finished = true;
            closed = false;
        } finally {
            leave();
        }
    }

    /** Begins a new input, as if new; also after a listener has thrown. */
    public void reset() {
        if (isBusy()) {
            throw new IllegalStateException("the parser is being fed");
        }
        BUSY.setRelease(this, true);
        try {
            input.reset();
            begin();
        } finally {
            leave();
        }
    }

    private void enter() {
        if (isBusy()) {
            throw new IllegalStateException("the parser is being fed: one thread at a time, and not from a listener");
        }
        if (closed) {
            throw new IllegalStateException("a listener threw, which closed the parser; reset() begins a new input");
        }
        BUSY.setRelease(this, true);
    }

    private boolean isBusy() {
        return (boolean) BUSY.getAcquire(this);
    }

    private void leave() {
        BUSY.setRelease(this, false);
    }

    private void checkNotFinished() {
        if (finished) {
            throw new IllegalStateException("the input was finished; reset() begins a new one");
        }
    }

    /**
     * How many bytes of the input had to be copied because they straddled two inputs or had to be joined. What lies
     * whole in one input is read where it lies. (JSON in a direct buffer that matches no earlier frame is looked at in a
     * window of heap memory, which is not counted; what is heard are views of the buffer all the same.)
     *
     * @return bytes since the start of the input
     */
    public long bytesCopied() {
        return input.bytesCopied();
    }

    /**
     * How many frames were read by comparing them with earlier ones, so that only what had changed was read.
     *
     * @return frames since the start of the input
     */
    public long framesMatched() {
        return input.framesMatched();
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
     * has to be remembered: the unfinished frame, and the texts of tool calls. What was fed in small pieces may be heard
     * only now: whoever keeps what was heard beside a snapshot takes it after this call.
     *
     * @return a new array, readable by the same version of the format only
     * @throws IllegalStateException while another call runs, or after a listener threw
     */
    public byte[] snapshot() {
        enter();
        try {
            closed = true;
            input.settle();
            closed = false;
            StateWriter out = new StateWriter();
            out.number(SNAPSHOT_VERSION);
            options.save(out);
            out.flag(finished);
            interpreter.save(out);
            payloads.save(out);
            input.save(out);
            return out.toByteArray();
        } finally {
            leave();
        }
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
        StreamParser parser = new StreamParser(ParserOptions.load(in), listener);
        parser.load(in);
        in.end();
        return parser;
    }

    private void load(StateReader in) {
        finished = in.flag();
        interpreter.load(in);
        payloads.load(in);
        input.load(in);
    }
}
