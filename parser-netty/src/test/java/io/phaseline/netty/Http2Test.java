package io.phaseline.netty;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.phaseline.event.EventRecorder;
import io.phaseline.event.Outcome;
import io.phaseline.event.StreamEvent;
import io.phaseline.netty.Reception.Way;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Responses on streams of HTTP/2, over real sockets: with prior knowledge, and over TLS that negotiates it. */
@Timeout(60)
class Http2Test {
    @TempDir
    private static Path folder;

    private static Tls tls;

    private final Client client = new Client();
    private final CompletableFuture<Long> resetCode = new CompletableFuture<>();
    private final AtomicLong written = new AtomicLong();
    private Channel server;

    /** What a stream of the server does when its request has come. */
    private volatile Consumer<Channel> answer;

    private SslContext serverTls;
    private SslContext clientTls;

    @BeforeAll
    static void makeCertificate() throws Exception {
        tls = Tls.in(folder);
    }

    @BeforeEach
    void serve() throws Exception {
        ApplicationProtocolConfig http2 = new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN,
                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                ApplicationProtocolNames.HTTP_2);
        serverTls = SslContextBuilder.forServer(tls.keys)
                .sslProvider(SslProvider.JDK)
                .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                .applicationProtocolConfig(http2)
                .build();
        clientTls = SslContextBuilder.forClient()
                .trustManager(tls.trust)
                .sslProvider(SslProvider.JDK)
                .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                .applicationProtocolConfig(http2)
                .build();
    }

    private void bind(boolean overTls) throws Exception {
        server = new ServerBootstrap()
                .group(client.group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        client.channels.add(channel);
                        if (overTls) {
                            channel.pipeline().addLast(serverTls.newHandler(channel.alloc()));
                        }
                        channel.pipeline()
                                .addLast(Http2FrameCodecBuilder.forServer().build())
                                .addLast(new Http2MultiplexHandler(new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel stream) {
                                        stream.pipeline().addLast(new Answering());
                                    }
                                }));
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
        client.channels.add(server);
    }

    private final class Answering extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof Http2HeadersFrame) {
                answer.accept(context.channel());
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof Http2ResetFrame reset) {
                resetCode.complete(reset.errorCode());
            }
        }
    }

    @AfterEach
    void close() {
        client.close();
    }

    private Channel connect(boolean overTls) throws Exception {
        bind(overTls);
        InetSocketAddress address = (InetSocketAddress) server.localAddress();
        List<ChannelHandler> handlers = new ArrayList<>();
        handlers.add(Http2FrameCodecBuilder.forClient().build());
        handlers.add(new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()));
        SslHandler secure = clientTls.newHandler(ByteBufAllocator.DEFAULT, "localhost", address.getPort());
        if (overTls) {
            handlers.add(0, secure);
        }
        Channel connection = client.connect(address, () -> handlers.toArray(ChannelHandler[]::new));
        if (overTls) {
            secure.handshakeFuture().sync();
            assertThat(secure.applicationProtocol()).isEqualTo(ApplicationProtocolNames.HTTP_2);
        }
        return connection;
    }

    private Http2StreamChannel get(Channel connection, ChannelHandler... handlers) throws Exception {
        Http2StreamChannel stream = new Http2StreamChannelBootstrap(connection)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(handlers);
                    }
                })
                .open()
                .sync()
                .getNow();
        DefaultHttp2Headers headers = new DefaultHttp2Headers();
        headers.method("GET").path("/").scheme("http").authority("localhost");
        stream.pipeline().firstContext().writeAndFlush(new DefaultHttp2HeadersFrame(headers, true));
        return stream;
    }

    private static void head(Channel stream, String status) {
        stream.write(new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().status(status)));
    }

    private static void data(Channel stream, String body, int bytesPerFrame) {
        byte[] bytes = Replies.bytes(body);
        for (int at = 0; at < bytes.length; at += bytesPerFrame) {
            byte[] piece = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + bytesPerFrame));
            stream.write(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(piece)));
        }
        stream.flush();
    }

    private static void answerWell(Channel stream) {
        head(stream, "103");
        head(stream, "200");
        data(stream, Replies.DASHSCOPE, 100);
        stream.writeAndFlush(new DefaultHttp2DataFrame(true));
    }

    @ParameterizedTest
    @EnumSource
    void framesOfAStreamAreRead(Way way) throws Exception {
        answer = Http2Test::answerWell;
        Reception reply = new Reception(way);
        get(connect(false), reply.handlers());
        assertThat(reply.failure()).isNull();
        assertThat(reply.events).isEqualTo(Replies.parsed(200, Replies.DASHSCOPE));
    }

    @ParameterizedTest
    @EnumSource
    void framesAreReadOverTls(Way way) throws Exception {
        answer = Http2Test::answerWell;
        Reception reply = new Reception(way);
        get(connect(true), reply.handlers());
        assertThat(reply.failure()).isNull();
        assertThat(reply.events).isEqualTo(Replies.parsed(200, Replies.DASHSCOPE));
    }

    @ParameterizedTest
    @EnumSource
    void httpObjectsOfAStreamAreRead(Way way) throws Exception {
        answer = Http2Test::answerWell;
        Reception reply = new Reception(way);
        get(connect(false), reply.behind(new Http2StreamFrameToHttpObjectCodec(false)));
        assertThat(reply.failure()).isNull();
        assertThat(reply.events).isEqualTo(Replies.parsed(200, Replies.DASHSCOPE));
    }

    @ParameterizedTest
    @EnumSource
    void manyStreamsOfOneConnectionAreNotMixedUp(Way way) throws Exception {
        answer = Http2Test::answerWell;
        Channel connection = connect(false);
        Reception[] replies = new Reception[50];
        for (int i = 0; i < replies.length; i++) {
            replies[i] = new Reception(way);
            get(connection, replies[i].handlers());
        }
        for (Reception reply : replies) {
            assertThat(reply.failure()).isNull();
            assertThat(reply.events).isEqualTo(Replies.parsed(200, Replies.DASHSCOPE));
        }
    }

    @ParameterizedTest
    @EnumSource
    void trailersEndIt(Way way) throws Exception {
        answer = stream -> {
            head(stream, "200");
            data(stream, Replies.DASHSCOPE, 1 << 10);
            stream.writeAndFlush(new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().set("x-done", "1"), true));
        };
        Reception reply = new Reception(way);
        get(connect(false), reply.handlers());
        assertThat(reply.failure()).isNull();
        assertThat(reply.events).isEqualTo(Replies.parsed(200, Replies.DASHSCOPE));
    }

    @ParameterizedTest
    @EnumSource
    void anErrorStatusWithABodyIsTold(Way way) throws Exception {
        answer = stream -> {
            head(stream, "429");
            data(stream, Replies.REFUSED, 10);
            stream.writeAndFlush(new DefaultHttp2DataFrame(true));
        };
        Reception reply = new Reception(way);
        get(connect(false), reply.handlers());
        assertThat(reply.failure()).isNull();
        assertThat(reply.events).isEqualTo(Replies.parsed(429, Replies.REFUSED));
    }

    @ParameterizedTest
    @EnumSource
    void aStreamThatTheServerResetsIsTruncatedThenFails(Way way) throws Exception {
        CompletableFuture<Channel> answered = new CompletableFuture<>();
        answer = stream -> {
            head(stream, "200");
            data(stream, Replies.CHAT_BEGUN, 100);
            answered.complete(stream);
        };
        Reception reply = new Reception(way);
        Http2StreamChannel stream = get(connect(false), reply.handlers());
        reply.await(StreamEvent.Content.class);
        answered.get(20, SECONDS).writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.ENHANCE_YOUR_CALM));
        assertReset(reply.failure());
        stream.closeFuture().sync();
        assertThat(reply.ends).hasValue(1);
        assertThat(reply.events).isEqualTo(Replies.parsed(200, Replies.CHAT_BEGUN));
    }

    private static void assertReset(Throwable failure) {
        assertThat(failure)
                .isInstanceOfSatisfying(
                        Http2Exception.class,
                        reset -> assertThat(reset.error()).isEqualTo(Http2Error.ENHANCE_YOUR_CALM));
    }

    @Test
    void whatCameBeforeAResetIsReadBeforeIt() throws Exception {
        CompletableFuture<Void> resetCame = new CompletableFuture<>();
        answer = stream -> {
            head(stream, "200");
            data(stream, Replies.CHAT_BEGUN, 20);
            stream.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.EMPTY_BUFFER))
                    .addListener(
                            written -> stream.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.ENHANCE_YOUR_CALM)));
        };
        StreamEventPublisher publisher = new StreamEventPublisher();
        RecordingSubscriber subscriber = new RecordingSubscriber();
        publisher.subscribe(subscriber);
        ChannelHandler watch = new ChannelInboundHandlerAdapter() {
            @Override
            public void userEventTriggered(ChannelHandlerContext context, Object event) {
                if (event instanceof Http2ResetFrame) {
                    resetCame.complete(null);
                }
                context.fireUserEventTriggered(event);
            }
        };
        get(connect(false), watch, new StreamEventHandler(), publisher);
        resetCame.get(20, SECONDS);
        assertThat(subscriber.terminalSignals).hasValue(0);
        subscriber.request(Long.MAX_VALUE);
        assertReset(subscriber.failure());
        assertThat(subscriber.events).isEqualTo(Replies.parsed(200, Replies.CHAT_BEGUN));
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionThatIsClosedTruncatesItsStreams(Way way) throws Exception {
        Reception reply = new Reception(way);
        answer = stream -> {
            head(stream, "200");
            data(stream, Replies.CHAT_BEGUN, 100);
            stream.eventLoop().execute(() -> stream.parent().unsafe().closeForcibly());
        };
        get(connect(false), reply.handlers());
        assertThat(reply.failure()).isInstanceOf(IOException.class);
        assertThat(((StreamEvent.Ended) reply.events.get(reply.events.size() - 1)).outcome())
                .isEqualTo(Outcome.TRUNCATED);
    }

    @Test
    void cancellingResetsTheStreamAndLeavesTheConnection() throws Exception {
        answer = stream -> {
            head(stream, "200");
            data(stream, Replies.CHAT_BEGUN, 100);
        };
        CompletableFuture<Void> heard = new CompletableFuture<>();
        StreamParserHandler handler = new StreamParserHandler(new EventRecorder(event -> heard.complete(null)));
        Channel connection = connect(false);
        Http2StreamChannel stream = get(connection, handler);
        heard.get(20, SECONDS);
        handler.ended().cancel(true);
        assertThat(resetCode.get(20, SECONDS)).isEqualTo(Http2Error.CANCEL.code());
        stream.closeFuture().sync();
        assertThat(connection.isActive()).isTrue();
    }

    @Test
    void cancellingASubscriptionResetsTheStream() throws Exception {
        answer = stream -> {
            head(stream, "200");
            data(stream, Replies.CHAT_BEGUN, 100);
        };
        StreamEventPublisher publisher = new StreamEventPublisher();
        RecordingSubscriber subscriber = new RecordingSubscriber();
        publisher.subscribe(subscriber);
        Channel connection = connect(false);
        get(connection, new StreamEventHandler(), publisher);
        subscriber.request(1);
        subscriber.awaitEvents(1);
        subscriber.cancel();
        assertThat(resetCode.get(20, SECONDS)).isEqualTo(Http2Error.CANCEL.code());
        assertThat(connection.isActive()).isTrue();
        assertThat(subscriber.events).hasSize(1);
    }

    @Test
    void aServerThatFloodsIsHeldByTheWindow() throws Exception {
        answer = stream -> {
            head(stream, "200");
            writeOn(stream, Replies.bytes(Replies.chat("\"content\":\"" + "x".repeat(1_000) + "\"", "null")));
        };
        StreamEventPublisher publisher = new StreamEventPublisher();
        RecordingSubscriber subscriber = new RecordingSubscriber();
        publisher.subscribe(subscriber);
        Channel connection = connect(false);
        get(connection, new StreamEventHandler(), publisher);
        for (int i = 1; i <= 300; i++) {
            subscriber.request(1);
            subscriber.awaitEvents(i);
        }
        // 300 events, and the window of 64 KiB beyond them.
        assertThat(written.get()).isLessThan(300 * 1_200 + (64 << 10) + 10_000);
        subscriber.cancel();
        assertThat(resetCode.get(20, SECONDS)).isEqualTo(Http2Error.CANCEL.code());
    }

    /** Writes the next frame when the last one has gone. */
    private void writeOn(Channel stream, byte[] frame) {
        Http2DataFrame data = new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(frame));
        stream.writeAndFlush(data).addListener(done -> {
            if (done.isSuccess()) {
                written.addAndGet(frame.length);
                writeOn(stream, frame);
            }
        });
    }
}
