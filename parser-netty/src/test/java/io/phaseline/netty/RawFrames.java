package io.phaseline.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.util.ReferenceCountUtil;
import io.phaseline.reference.FrameEvent;
import io.phaseline.reference.ReferenceParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The raw frames of a body: joined they are the body, and those up to the limit say what they say in their stream. */
final class RawFrames {
    private final byte[] body;
    private final List<byte[]> frames;
    private final int maxFrameBytes;

    /**
     * What is to be fired of a body.
     *
     * @param atLeastMaxFrameBytes a limit in bytes; raised to one that no frame is at or one past, because where a CRLF is
     *     cut its LF belongs to the next frame
     */
    RawFrames(byte[] body, int atLeastMaxFrameBytes) {
        this.body = body;
        this.frames = split(body);
        int limit = atLeastMaxFrameBytes;
        while (isNearAFrame(limit)) {
            limit++;
        }
        this.maxFrameBytes = limit;
    }

    private boolean isNearAFrame(int limit) {
        return frames.stream().anyMatch(frame -> frame.length == limit || frame.length == limit + 1);
    }

    /** Has the body read by the handler on a channel; every buffer must come back. */
    void assertFiredBy(Transport transport, Random random) {
        boolean autoRead = random.nextBoolean();
        Inbound inbound = new Inbound();
        Delivery delivery = new Delivery(
                transport, autoRead, new EventStreamFrameHandler(maxFrameBytes, Integer.MAX_VALUE), inbound);
        List<Object> messages = transport.messages(body, random);
        if (autoRead) {
            delivery.push(messages);
        } else {
            delivery.readOneByOne(messages, inbound.messages::size);
        }

        assertFired(inbound.messages);
        inbound.assertEndedWell();
        inbound.messages.forEach(ReferenceCountUtil::release);
        delivery.assertAllReturned();
    }

    private void assertFired(List<Object> messages) {
        ByteBuf joined = Unpooled.buffer();
        List<String> whole = new ArrayList<>();
        for (Object message : messages) {
            if (message instanceof RawFrame frame) {
                assertThat(frame.offset()).isEqualTo(joined.readableBytes());
                joined.writeBytes(frame.content().duplicate());
                if (frame.isWhole()) {
                    List<String> said = said(ByteBufUtil.getBytes(frame.content()), frame.offset() == 0);
                    assertThat(said).hasSizeLessThanOrEqualTo(1);
                    whole.addAll(said);
                }
            }
        }
        assertThat(ByteBufUtil.getBytes(joined)).isEqualTo(body);
        assertThat(whole).isEqualTo(expected());
    }

    private List<String> expected() {
        return frames.stream()
                .filter(frame -> frame.length <= maxFrameBytes)
                .flatMap(frame -> said(frame, frame == frames.get(0)).stream())
                .toList();
    }

    /** The frames whose blank line came, looked for byte by byte. */
    private static List<byte[]> split(byte[] body) {
        List<byte[]> frames = new ArrayList<>();
        int start = 0;
        int lineStart = 0;
        boolean begun = false;
        for (int i = 0; i < body.length; i++) {
            if (body[i] != '\n' && body[i] != '\r') {
                continue;
            }
            boolean blank = i == lineStart;
            if (body[i] == '\r' && i + 1 < body.length && body[i + 1] == '\n') {
                i++;
            }
            lineStart = i + 1;
            if (blank && begun) {
                frames.add(Arrays.copyOfRange(body, start, lineStart));
                start = lineStart;
                begun = false;
            } else {
                begun |= !blank;
            }
        }
        return frames;
    }

    /** What a frame says when it is read by itself, but for its place; a byte order mark is one in the first only. */
    private static List<String> said(byte[] frame, boolean isFirst) {
        byte[] inStream = isFirst ? frame : ByteBufUtil.getBytes(Unpooled.wrappedBuffer(new byte[] {'\n'}, frame));
        return ReferenceParser.frames(inStream, 1 + inStream.length).stream()
                .filter(FrameEvent.Frame.class::isInstance)
                .map(FrameEvent.Frame.class::cast)
                .filter(FrameEvent.Frame::dispatched)
                .map(read -> read.event() + "|" + read.id() + "|" + read.data())
                .toList();
    }
}
