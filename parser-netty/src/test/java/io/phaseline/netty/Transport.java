package io.phaseline.netty;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The ways a body may come to a handler: what stands before it, and the messages that bring the body. */
enum Transport {
    BARE {
        @Override
        List<Object> messages(byte[] body, Random random) {
            return buffers(body, random);
        }
    },
    HTTP1_OBJECTS {
        @Override
        List<Object> messages(byte[] body, Random random) {
            List<Object> messages = new ArrayList<>();
            messages.add(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
            for (Object buffer : buffers(body, random)) {
                messages.add(new DefaultHttpContent((ByteBuf) buffer));
            }
            int last = random.nextBoolean() ? messages.size() - 1 : 0;
            if (last == 0) {
                messages.add(new DefaultLastHttpContent());
            } else {
                DefaultHttpContent content = (DefaultHttpContent) messages.remove(last);
                messages.add(new DefaultLastHttpContent(content.content()));
            }
            return messages;
        }
    },
    HTTP1_CHUNKED {
        @Override
        void prepare(EmbeddedChannel channel) {
            request(channel);
        }

        @Override
        List<Object> messages(byte[] body, Random random) {
            ByteArrayOutputStream wire = new ByteArrayOutputStream();
            ascii(wire, "HTTP/1.1 100 Continue\r\n\r\n");
            ascii(wire, "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
            for (byte[] piece : pieces(body, random)) {
                if (piece.length > 0) {
                    ascii(wire, Integer.toHexString(piece.length) + "\r\n");
                    wire.writeBytes(piece);
                    ascii(wire, "\r\n");
                }
            }
            ascii(wire, "0\r\n\r\n");
            return buffers(wire.toByteArray(), random);
        }
    },
    HTTP1_LENGTH {
        @Override
        void prepare(EmbeddedChannel channel) {
            request(channel);
        }

        @Override
        List<Object> messages(byte[] body, Random random) {
            return buffers(wire("content-length: " + body.length, body), random);
        }
    },
    HTTP1_UNTIL_CLOSE {
        @Override
        void prepare(EmbeddedChannel channel) {
            request(channel);
        }

        @Override
        List<Object> messages(byte[] body, Random random) {
            return buffers(wire("connection: close", body), random);
        }
    },
    HTTP2_FRAMES {
        @Override
        List<Object> messages(byte[] body, Random random) {
            List<Object> messages = new ArrayList<>();
            messages.add(http2Head("103"));
            messages.add(http2Head("200"));
            for (Object buffer : buffers(body, random)) {
                messages.add(new DefaultHttp2DataFrame((ByteBuf) buffer, false, random.nextInt(9)));
            }
            messages.add(
                    random.nextBoolean()
                            ? new DefaultHttp2DataFrame(true)
                            : new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().set("trailer", "x"), true));
            return messages;
        }
    },
    HTTP2_AS_OBJECTS {
        @Override
        void prepare(EmbeddedChannel channel) {
            channel.pipeline().addFirst(new Http2StreamFrameToHttpObjectCodec(false));
        }

        @Override
        List<Object> messages(byte[] body, Random random) {
            return HTTP2_FRAMES.messages(body, random);
        }
    };

    /** Puts what stands before the handler into the pipeline. */
    void prepare(EmbeddedChannel channel) {}

    /** What the network brings, cut anywhere. */
    abstract List<Object> messages(byte[] body, Random random);

    /** A channel of this transport; where reads are asked for one by one, there is no auto-read. */
    EmbeddedChannel channel(boolean autoRead, ChannelHandler... handlers) {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.config().setAutoRead(autoRead);
        prepare(channel);
        channel.pipeline().addLast(handlers);
        return channel;
    }

    /** The other side closes: what closes the channel does not come from the end of the pipeline. */
    static void closeByPeer(EmbeddedChannel channel) {
        channel.pipeline().firstContext().close();
        channel.runPendingTasks();
    }

    private static void request(EmbeddedChannel channel) {
        channel.pipeline().addFirst(new HttpClientCodec());
        channel.writeOutbound(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/"));
        channel.releaseOutbound();
    }

    private static DefaultHttp2HeadersFrame http2Head(String status) {
        return new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().status(status));
    }

    private static byte[] wire(String header, byte[] body) {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        ascii(wire, "HTTP/1.1 200 OK\r\n" + header + "\r\n\r\n");
        wire.writeBytes(body);
        return wire.toByteArray();
    }

    private static void ascii(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(US_ASCII));
    }

    private static List<Object> buffers(byte[] bytes, Random random) {
        List<Object> buffers = new ArrayList<>();
        for (byte[] piece : pieces(bytes, random)) {
            buffers.add(
                    piece.length == 0
                            ? Unpooled.EMPTY_BUFFER
                            : BufferKind.any(random).of(piece));
        }
        return buffers;
    }

    /** Watching a buffer closely takes its time: pieces are never so small that there are many more than these. */
    private static final int PIECES = 200;

    /** Pieces of one scale a run: some inputs drip, others come in big blocks; empty pieces are input too. */
    private static List<byte[]> pieces(byte[] bytes, Random random) {
        int longest = 1 + Math.max(2 * bytes.length / PIECES, random.nextInt(1 << random.nextInt(12)));
        List<byte[]> pieces = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            int length = Math.min(bytes.length - at, random.nextInt(longest + 1));
            pieces.add(Arrays.copyOfRange(bytes, at, at + length));
            at += length;
        }
        return pieces;
    }
}
