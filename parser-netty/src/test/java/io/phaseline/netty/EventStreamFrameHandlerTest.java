package io.phaseline.netty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventStreamFrameHandlerTest {
    private final Inbound inbound = new Inbound();

    @AfterEach
    void release() {
        inbound.messages.forEach(ReferenceCountUtil::release);
    }

    private List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (Object message : inbound.messages) {
            RawFrame frame = (RawFrame) message;
            texts.add((frame.isWhole() ? "" : "piece ") + frame.offset() + " "
                    + frame.content().toString(UTF_8));
        }
        return texts;
    }

    private EmbeddedChannel channel(int maxFrameBytes) {
        return Transport.BARE.channel(true, new EventStreamFrameHandler(maxFrameBytes, 1 << 20), inbound);
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, UTF_8);
    }

    @Test
    void framesAreSlicesOfTheBufferTheyCameIn() {
        ByteBuf buffer = bytes("data: a\n\ndata: b\n\n");
        EmbeddedChannel channel = channel(100);
        channel.writeInbound(buffer);
        assertThat(texts()).containsExactly("0 data: a\n\n", "9 data: b\n\n");
        buffer.setByte(6, 'x');
        assertThat(texts()).containsExactly("0 data: x\n\n", "9 data: b\n\n");
        assertThat(buffer.refCnt()).isPositive();
        inbound.messages.forEach(ReferenceCountUtil::release);
        inbound.messages.clear();
        assertThat(buffer.refCnt()).isZero();
        channel.close();
    }

    @Test
    void aFrameThatStraddlesBuffersIsCopiedAndLetsThemGo() {
        EventStreamFrameHandler handler = new EventStreamFrameHandler();
        EmbeddedChannel channel = Transport.BARE.channel(true, handler, inbound);
        ByteBuf first = bytes("data: a\n\ndata");
        ByteBuf second = bytes(": b\n\n");
        channel.writeInbound(first, second);
        assertThat(texts()).containsExactly("0 data: a\n\n", "9 data: b\n\n");
        assertThat(handler.bytesCopied()).isEqualTo(9);
        assertThat(second.refCnt()).isZero();
        channel.close();
    }

    @Test
    void commentsAndBlankLinesBelongToTheFrameBehindThem() {
        EmbeddedChannel channel = channel(100);
        channel.writeInbound(bytes("\n\n: hello\n\n\r\n\r\nid: 1\rdata: a\r\r\ndata: b\r\n\r\ndata: rest\n"));
        Transport.closeByPeer(channel);
        assertThat(texts())
                .containsExactly(
                        "0 \n\n: hello\n\n",
                        "11 \r\n\r\nid: 1\rdata: a\r\r\n",
                        "31 data: b\r\n\r\n",
                        "piece 42 data: rest\n");
    }

    @Test
    void aFrameThatIsTooLongComesInPieces() {
        EmbeddedChannel channel = channel(10);
        channel.writeInbound(bytes("data: 01"), bytes("23456789"), bytes("0123"), bytes("45\n\ndata: b\n\n"));
        assertThat(texts())
                .containsExactly(
                        "piece 0 data: 01", "piece 8 23456789", "piece 16 0123", "piece 20 45\n\n", "24 data: b\n\n");
        channel.close();
    }

    @Test
    void aFrameThatNeverEndsIsNotKept() {
        int maxFrameBytes = 1_000;
        EmbeddedChannel channel = channel(maxFrameBytes);
        long written = 0;
        for (int i = 0; i < 1_000; i++) {
            channel.writeInbound(bytes("x".repeat(100)));
            written += 100;
            long fired = inbound.messages.stream()
                    .mapToLong(message -> ((RawFrame) message).content().readableBytes())
                    .sum();
            assertThat(written - fired).isLessThanOrEqualTo(maxFrameBytes);
        }
        channel.close();
    }

    @Test
    void aProxySeesHeadFramesAndEndOfHttp1() {
        EmbeddedChannel channel = Transport.HTTP1_LENGTH.channel(true, new EventStreamFrameHandler(), inbound);
        channel.writeInbound(bytes("HTTP/1.1 429 No\r\ntransfer-encoding: chunked\r\n\r\n"
                + "9\r\ndata: a\n\n\r\n3\r\n{ }\r\n0\r\nx-trailer: 1\r\n\r\n"));
        assertThat(((HttpResponse) inbound.messages.get(0)).status().code()).isEqualTo(429);
        assertThat(((RawFrame) inbound.messages.get(1)).isWhole()).isTrue();
        assertThat(((RawFrame) inbound.messages.get(2)).isWhole()).isFalse();
        assertThat(((LastHttpContent) inbound.messages.get(3)).trailingHeaders().get("x-trailer"))
                .isEqualTo("1");
        assertThat(inbound.messages).hasSize(4);
        channel.close();
    }

    @Test
    void aWholeResponseIsTakenApart() {
        EmbeddedChannel channel = Transport.HTTP1_OBJECTS.channel(true, new EventStreamFrameHandler(), inbound);
        ByteBuf body = bytes("data: a\n\n");
        channel.writeInbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body));
        assertThat(inbound.messages.get(0)).isInstanceOf(HttpResponse.class).isNotInstanceOf(LastHttpContent.class);
        assertThat(inbound.messages.get(1)).isInstanceOf(RawFrame.class);
        assertThat(inbound.messages.get(2)).isSameAs(LastHttpContent.EMPTY_LAST_CONTENT);
        assertThat(inbound.messages).hasSize(3);
        channel.close();
    }

    @Test
    void aProxySeesHeadFramesAndEndOfHttp2() {
        EmbeddedChannel channel = Transport.HTTP2_FRAMES.channel(true, new EventStreamFrameHandler(), inbound);
        Transport.HTTP2_FRAMES
                .messages(Replies.bytes(Replies.CHAT), new Random(3))
                .forEach(channel::writeInbound);
        Object last = inbound.messages.get(inbound.messages.size() - 1);
        assertThat(((Http2HeadersFrame) inbound.messages.get(0)).headers().status())
                .hasToString("200");
        assertThat(last instanceof Http2DataFrame data ? data.isEndStream() : ((Http2HeadersFrame) last).isEndStream())
                .isTrue();
        assertThat(inbound.messages.subList(1, inbound.messages.size() - 1))
                .hasSize(5)
                .allMatch(message -> message instanceof RawFrame frame && frame.isWhole());
        channel.close();
    }

    @Test
    void aBodyThatBreaksOffHasNoLastMessage() {
        EmbeddedChannel channel = Transport.HTTP1_LENGTH.channel(true, new EventStreamFrameHandler(), inbound);
        channel.writeInbound(
                bytes("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n9\r\ndata: a\n\n\r\n3\r\n{ }\r\n"));
        Transport.closeByPeer(channel);
        assertThat(inbound.messages).hasSize(3).noneMatch(LastHttpContent.class::isInstance);
        assertThat(inbound.signals).hasSize(1);
        assertThat(((ResponseSignal.ReplyOver) inbound.signals.get(0)).failure())
                .isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void aFrameInsideOneBufferIsNeverCopied(BufferKind kind) {
        EventStreamFrameHandler handler = new EventStreamFrameHandler();
        EmbeddedChannel channel = Transport.BARE.channel(true, handler, inbound);
        for (String frame : Replies.DASHSCOPE.split("(?<=\n\n)")) {
            channel.writeInbound(kind.of(Replies.bytes(frame)));
        }
        channel.writeInbound(kind.of(Replies.bytes(Replies.CHAT)));
        assertThat(inbound.messages).hasSize(9).allMatch(message -> ((RawFrame) message).isWhole());
        assertThat(handler.bytesCopied()).isZero();
        channel.close();
    }

    @Test
    void limitsArePositive() {
        assertThatThrownBy(() -> new EventStreamFrameHandler(0, 1)).hasMessageContaining("maxFrameBytes");
        assertThatThrownBy(() -> new EventStreamFrameHandler(1, 0)).hasMessageContaining("maxPendingBytes");
    }
}
