package io.phaseline.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.phaseline.bytes.Slice;
import io.phaseline.event.EventRecorder;
import io.phaseline.event.Place;
import io.phaseline.event.StreamEvent;
import io.phaseline.event.StreamListener;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Bytes are read where they lie: the parser counts what it has to copy, and buffers are let go at once. */
class InPlaceTest {
    private static final String[] FRAMES = Replies.CHAT.split("(?<=\n\n)");

    private final List<StreamEvent> events = new ArrayList<>();
    private final StreamParserHandler handler = new StreamParserHandler(new EventRecorder(events::add));
    private final EmbeddedChannel channel = Transport.BARE.channel(true, handler);

    private void assertReadWithoutACopy() {
        assertThat(events).isEqualTo(Replies.parsed(200, Replies.CHAT));
        assertThat(handler.bytesCopied()).isZero();
        channel.close();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_NONE, names = ".*COMPOSITE")
    void aFrameInABufferOfItsOwnIsNotCopied(BufferKind kind) {
        for (String frame : FRAMES) {
            ByteBuf buffer = kind.of(Replies.bytes(frame));
            channel.writeInbound(buffer);
            assertThat(buffer.refCnt()).isZero();
        }
        assertReadWithoutACopy();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_NONE, names = ".*COMPOSITE")
    void framesInOneBufferAreNotCopied(BufferKind kind) {
        channel.writeInbound(kind.of(Replies.bytes(Replies.CHAT)));
        assertReadWithoutACopy();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"READ_ONLY", "READ_ONLY_DIRECT", "COMPOSITE", "PART_OF_COMPOSITE"})
    void viewsLieInTheBufferItself(BufferKind kind) {
        ByteBuf buffer = kind.of(Replies.bytes(FRAMES[1]));
        List<Byte> seen = new ArrayList<>();
        StreamParserHandler peeking = new StreamParserHandler(new StreamListener() {
            @Override
            public void onContent(Place at, int choice, Slice delta) {
                buffer.setZero(buffer.readerIndex(), buffer.readableBytes());
                seen.add(delta.byteAt(0));
            }
        });
        EmbeddedChannel other = Transport.BARE.channel(true, peeking);
        other.writeInbound(buffer);
        assertThat(seen).containsExactly((byte) 0);
        other.close();
    }

    @Test
    void framesInTheComponentsOfACompositeAreNotCopied() {
        CompositeByteBuf composite = Unpooled.compositeBuffer();
        BufferKind[] kinds =
                EnumSet.range(BufferKind.HEAP, BufferKind.READ_ONLY_DIRECT).toArray(BufferKind[]::new);
        for (int i = 0; i < FRAMES.length; i++) {
            composite.addComponent(true, kinds[i].of(Replies.bytes(FRAMES[i])));
        }
        channel.writeInbound(composite);
        assertReadWithoutACopy();
        assertThat(composite.refCnt()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void whatStraddlesIsCopiedOnce(BufferKind kind) {
        byte[] bytes = Replies.bytes(Replies.CHAT);
        for (byte b : bytes) {
            channel.writeInbound(kind.of(new byte[] {b}));
        }
        assertThat(events).isEqualTo(Replies.parsed(200, Replies.CHAT));
        assertThat(handler.bytesCopied()).isPositive().isLessThanOrEqualTo(bytes.length);
        channel.close();
    }
}
