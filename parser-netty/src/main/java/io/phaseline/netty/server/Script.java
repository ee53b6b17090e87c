package io.phaseline.netty.server;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * What is sent in one reply, and when. Immutable: one script serves any number of replies at once.
 *
 * @param parts the bytes of the body, in order
 * @param ending what follows them
 */
record Script(List<Part> parts, Ending ending) {
    /** What follows the bytes of a script. */
    enum Ending {
        /** The body is whole. */
        END,
        /** The connection is reset. */
        RESET,
        /** Nothing, ever. */
        STALL,
        /** Bytes without a line end, for ever. */
        ENDLESS
    }

    /**
     * Some bytes of the body.
     *
     * @param bytes from position to limit; neither they nor the buffer's marks must be changed
     * @param atNanos when they are due, in nanoseconds since the reply began
     */
    record Part(ByteBuffer bytes, long atNanos) {}

    Script {
        parts = List.copyOf(parts);
    }
}
