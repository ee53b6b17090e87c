package io.phaseline.netty;

import io.netty.buffer.ByteBuf;
import io.phaseline.StreamParser;
import java.nio.ByteBuffer;

/** The memory under a buffer, where it lies. */
final class Buffers {
    private Buffers() {}

    /** Feeds what a buffer holds, without moving its indexes: nothing is copied, composite or not. */
    static void feed(StreamParser parser, ByteBuf bytes) {
        if (bytes.hasArray()) {
            parser.feed(bytes.array(), bytes.arrayOffset() + bytes.readerIndex(), bytes.readableBytes());
        } else {
            for (ByteBuffer part : parts(bytes)) {
                parser.feed(part);
            }
        }
    }

    /** What a buffer holds, in as many parts as it has; views that are valid as long as the buffer is. */
    static ByteBuffer[] parts(ByteBuf bytes) {
        return bytes.nioBufferCount() == 1 ? new ByteBuffer[] {bytes.nioBuffer()} : bytes.nioBuffers();
    }
}
