package io.phaseline.benchmarks.contender;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.phaseline.benchmarks.corpus.Cuts;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Netty's line decoder in an embedded channel, and the few lines of framing that one writes behind it. */
final class NettyFraming implements Framing {
    private final Lines lines = new Lines();
    private final EmbeddedChannel channel = new EmbeddedChannel(new LineBasedFrameDecoder(1 << 26), lines);

    @Override
    public void read(Cuts body, JsonStage stage) {
        lines.stage = stage;
        int start = 0;
        for (int end : body.ends()) {
            channel.writeInbound(Unpooled.wrappedBuffer(body.bytes(), start, end - start));
            start = end;
        }
    }

    private static final class Lines extends SimpleChannelInboundHandler<ByteBuf> {
        private static final int FIELD = "data:".length();

        private @Nullable JsonStage stage;
        private byte[] data = new byte[1 << 12];
        private int length = -1;

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf line) throws IOException {
            if (line.readableBytes() == 0) {
                if (length >= 0 && stage != null) {
                    stage.payload(data, 0, length);
                }
                length = -1;
            } else if (isData(line)) {
                int at = line.readerIndex() + FIELD;
                if (at < line.writerIndex() && line.getByte(at) == ' ') {
                    at++;
                }
                append(line, at, line.writerIndex() - at);
            }
        }

        private static boolean isData(ByteBuf line) {
            int at = line.readerIndex();
            return line.readableBytes() >= FIELD
                    && line.getByte(at) == 'd'
                    && line.getByte(at + 1) == 'a'
                    && line.getByte(at + 2) == 't'
                    && line.getByte(at + 3) == 'a'
                    && line.getByte(at + 4) == ':';
        }

        private void append(ByteBuf line, int at, int count) {
            int offset = length < 0 ? 0 : length + 1;
            if (data.length < offset + count) {
                data = Arrays.copyOf(data, 2 * (offset + count));
            }
            if (offset > 0) {
                data[length] = '\n';
            }
            line.getBytes(at, data, offset, count);
            length = offset + count;
        }
    }
}
