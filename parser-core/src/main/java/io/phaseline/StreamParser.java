package io.phaseline;

import io.phaseline.event.StreamListener;
import java.nio.ByteBuffer;

/** API sketch; being implemented. */
public final class StreamParser {
    public StreamParser(StreamListener listener) {
        this(ParserOptions.DEFAULT, listener);
    }

    public StreamParser(ParserOptions options, StreamListener listener) {}

    /** HTTP status of the response, for errors whose frame does not tell its own; before the first feed. */
    public void httpStatus(int status) {}

    public void feed(byte[] bytes) {}

    public void feed(byte[] bytes, int offset, int length) {}

    /** Consumes the remaining bytes. */
    public void feed(ByteBuffer bytes) {}

    /** End of input. Idempotent. Delivers onEnded (at least one stream is always reported). */
    public void finish() {}

    /** Ready for a new input. */
    public void reset() {}

    /** State as bytes. */
    public byte[] snapshot() {
        return new byte[0];
    }

    public static StreamParser restore(byte[] snapshot, StreamListener listener) {
        return new StreamParser(listener);
    }

    public long bytesCopied() {
        return 0;
    }

    /** True once the reply is known to be over ([DONE], terminal Responses event); what follows is ignored. */
    public boolean isDone() {
        return false;
    }
}
