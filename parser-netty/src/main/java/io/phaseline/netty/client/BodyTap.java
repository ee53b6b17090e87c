package io.phaseline.netty.client;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Hears the bytes of a response's body as they come, and when. On the event loop; must not block for long. What it throws
 * breaks the response.
 */
public interface BodyTap {
    /**
     * Hears bytes, after HTTP's own framing was taken off and before the parser has them.
     *
     * @param bytes borrowed until this method returns; direct or not
     * @throws IOException if they cannot be taken
     */
    void onBytes(ByteBuffer bytes) throws IOException;

    /**
     * Hears that a network read is over that brought bytes.
     *
     * @param atNanos when it came, in nanoseconds since the request was sent
     * @param length how many bytes of the body it brought, 1 or more
     * @throws IOException if it cannot be taken
     */
    void onRead(long atNanos, int length) throws IOException;
}
