package io.phaseline.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Brings messages to handlers as a network does. It keeps a reference of its own to every buffer: what came back is
 * spoilt at once, so that whoever still reads it is found out, and in the end all must have come back.
 */
final class Delivery {
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);
    private final EmbeddedChannel channel;
    private final List<ByteBuf> lent = new ArrayList<>();

    Delivery(Transport transport, boolean autoRead, ChannelHandler... handlers) {
        channel = transport.channel(autoRead, handlers);
        channel.config().setAllocator(allocator);
    }

    /** Brings one message after the other, then closes. */
    void push(List<Object> messages) {
        messages.forEach(this::write);
        Transport.closeByPeer(channel);
        spoilReturned();
    }

    /**
     * The same for a consumer that asks for one message when it has had one; each network read comes when it waits for
     * one.
     *
     * @param heard how many messages it has had
     */
    void readOneByOne(List<Object> messages, IntSupplier heard) {
        channel.read();
        for (Object message : messages) {
            write(message);
            int had = -1;
            while (had < heard.getAsInt()) {
                had = heard.getAsInt();
                channel.read();
                assertThat(heard.getAsInt() - had).isLessThanOrEqualTo(1);
            }
        }
        Transport.closeByPeer(channel);
        spoilReturned();
    }

    private void write(Object message) {
        if (message instanceof ByteBuf bytes) {
            lent.add(bytes.retain());
        } else if (message instanceof ByteBufHolder holder) {
            lent.add(holder.content().retain());
        }
        channel.writeInbound(message);
        spoilReturned();
    }

    private void spoilReturned() {
        lent.removeIf(bytes -> {
            boolean isReturned = bytes.refCnt() == 1;
            if (isReturned) {
                spoil(bytes);
                bytes.release();
            }
            return isReturned;
        });
    }

    private static void spoil(ByteBuf bytes) {
        for (ByteBuffer part : Buffers.parts(bytes.setIndex(0, bytes.capacity()))) {
            while (!part.isReadOnly() && part.hasRemaining()) {
                part.put((byte) '!');
            }
        }
    }

    /** To be called when what the handlers fired was released, too. */
    void assertAllReturned() {
        spoilReturned();
        assertThat(lent).as("buffers that were not released").isEmpty();
        assertThat(allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory())
                .as("bytes of the handlers' own buffers that were not released")
                .isZero();
    }
}
