package io.phaseline.netty;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContentDecompressor;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.handler.timeout.ReadTimeoutException;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.phaseline.event.ErrorKind;
import io.phaseline.event.Outcome;
import io.phaseline.event.StreamEvent;
import io.phaseline.netty.Reception.Way;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How responses end, over real sockets: each in one way, and heard once, however one listens. */
@Timeout(60)
class ResponseEndsTest {
    private static final String STREAM = "content-type: text/event-stream";
    private static final String CHUNKED = "transfer-encoding: chunked";

    @TempDir
    private static Path folder;

    private static Tls tls;

    private final Client client = new Client();

    @BeforeAll
    static void makeCertificate() throws Exception {
        tls = Tls.in(folder);
    }

    @AfterEach
    void close() throws Exception {
        client.close();
    }

    @ParameterizedTest
    @EnumSource
    void lastContentEndsIt(Way way) throws Exception {
        Reception reply = new Reception(way);
        try (SocketServer server = SocketServer.answering(connection -> {
            connection.request();
            connection.head(200, STREAM, CHUNKED);
            connection.chunks(Replies.bytes(Replies.DASHSCOPE), 100);
            connection.lastChunk();
            connection.awaitClose();
        })) {
            Channel channel = client.get(server, reply.handlers());
            assertThat(reply.failure()).isNull();
            assertThat(channel.isOpen()).isTrue();
            closeAndLookOnce(channel, reply);
        }
        assertThat(reply.events).isEqualTo(Replies.parsed(200, Replies.DASHSCOPE));
    }

    @ParameterizedTest
    @EnumSource
    void aContentLengthEndsIt(Way way) throws Exception {
        Reception reply = new Reception(way);
        byte[] body = Replies.bytes(Replies.DASHSCOPE);
        try (SocketServer server = SocketServer.answering(connection -> {
            connection.request();
            connection.head(200, STREAM, "content-length: " + body.length);
            connection.write(body);
            connection.awaitClose();
        })) {
            Channel channel = client.get(server, reply.handlers());
            assertThat(reply.failure()).isNull();
            closeAndLookOnce(channel, reply);
        }
        assertThat(reply.events).isEqualTo(Replies.parsed(200, body));
    }

    @ParameterizedTest
    @EnumSource
    void theConnectionEndsABodyWithoutLength(Way way) throws Exception {
        Reception reply = new Reception(way);
        try (SocketServer server = SocketServer.answering(connection -> {
            connection.request();
            connection.head(200, STREAM, "connection: close");
            connection.write(Replies.bytes(Replies.DASHSCOPE));
        })) {
            Channel channel = client.get(server, reply.handlers());
            assertThat(reply.failure()).isNull();
            closeAndLookOnce(channel, reply);
        }
        assertThat(reply.events).isEqualTo(Replies.parsed(200, Replies.DASHSCOPE));
    }

    @ParameterizedTest
    @EnumSource
    void bareBytesEndWithTheConnection(Way way) throws Exception {
        Reception reply = new Reception(way);
        try (SocketServer server =
                SocketServer.answering(connection -> connection.write(Replies.bytes(Replies.CHAT_CUT)))) {
            Channel channel = client.connect(server.address(), reply::handlers);
            assertThat(reply.failure()).isNull();
            closeAndLookOnce(channel, reply);
        }
        assertThat(reply.events).isEqualTo(Replies.parsed(200, Replies.CHAT_CUT));
        assertThat(outcome(reply)).isEqualTo(Outcome.TRUNCATED);
    }

    @ParameterizedTest
    @EnumSource
    void anEndMarkerEndsItThoughTheBodyGoesOn(Way way) throws Exception {
        Reception reply = new Reception(way);
        try (SocketServer server = SocketServer.answering(connection -> {
            connection.request();
            connection.head(200, STREAM, CHUNKED);
            connection.chunks(Replies.bytes(Replies.CHAT), 1 << 10);
            connection.staySilent();
        })) {
            Channel channel = client.get(server, reply.handlers());
            assertThat(reply.failure()).isNull();
            assertThat(channel.isOpen()).isTrue();
            closeAndLookOnce(channel, reply);
        }
        assertThat(reply.events).isEqualTo(Replies.parsed(200, Replies.CHAT));
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionThatIsKeptAliveServesTheNextRequest(Way way) throws Exception {
        try (SocketServer server = SocketServer.answering(connection -> {
            for (int i = 0; i < 3; i++) {
                connection.request();
                connection.head(200, STREAM, CHUNKED);
                connection.chunks(Replies.bytes(Replies.CHAT), 1 << 10);
                connection.chunks(Replies.bytes(": and more\n\n".repeat(1_000)), 1 << 10);
                connection.lastChunk();
            }
            connection.awaitClose();
        })) {
            Channel channel = client.connect(server.address(), () -> new ChannelHandler[] {new HttpClientCodec()});
            for (int i = 0; i < 3; i++) {
                Reception reply = new Reception(way);
                CompletableFuture<Void> bodyOver = new CompletableFuture<>();
                ChannelHandler watch = new ChannelInboundHandlerAdapter() {
                    @Override
                    public void userEventTriggered(ChannelHandlerContext context, Object event) {
                        if (event instanceof ResponseSignal.BodyOver) {
                            bodyOver.complete(null);
                        }
                    }
                };
                channel.pipeline().addLast(reply.handlers()).addLast(watch);
                Client.request(channel);
                assertThat(reply.failure()).isNull();
                bodyOver.get(20, SECONDS);
                for (ChannelHandler handler : reply.handlers()) {
                    channel.pipeline().remove(handler);
                }
                channel.pipeline().remove(watch);
                assertThat(reply.ends).hasValue(1);
                assertThat(reply.events).isEqualTo(Replies.parsed(200, Replies.CHAT));
            }
            channel.close().sync();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoTalksOnAfterTheEndMarkerIsCutOff(Way way) throws Exception {
        Reception reply = new Reception(way);
        try (SocketServer server = SocketServer.answering(connection -> {
            connection.request();
            connection.head(200, STREAM, CHUNKED);
            connection.chunks(Replies.bytes(Replies.CHAT), 1 << 10);
            for (int i = 0; i < 10_000; i++) {
                connection.chunks(new byte[8 << 10], 8 << 10);
            }
        })) {
            Channel channel = client.get(server, reply.handlers());
            assertThat(reply.failure()).isNull();
            assertThat(server.clientGone.get(20, SECONDS)).isNotNull();
            closeAndLookOnce(channel, reply);
        }
        assertThat(outcome(reply)).isEqualTo(Outcome.COMPLETED);
    }

    @ParameterizedTest
    @EnumSource
    void aBodyThatIsClosedTooSoonIsTruncated(Way way) throws Exception {
        Reception reply = new Reception(way);
        try (SocketServer server = SocketServer.answering(connection -> {
            connection.request();
            connection.head(200, STREAM, CHUNKED);
            connection.chunks(Replies.bytes(Replies.CHAT_CUT), 1 << 10);
        })) {
            Channel channel = client.get(server, reply.handlers());
            assertThat(reply.failure())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("before the response had ended");
            closeAndLookOnce(channel, reply);
        }
        assertThat(reply.events).isEqualTo(Replies.parsed(200, Replies.CHAT_CUT));
        assertThat(outcome(reply)).isEqualTo(Outcome.TRUNCATED);
    }

    @ParameterizedTest
    @EnumSource
    void aResponseThatNeverComesIsTruncated(Way way) throws Exception {
        Reception reply = new Reception(way);
        try (SocketServer server = SocketServer.answering(SocketServer.Connection::request)) {
            Channel channel = client.get(server, reply.handlers());
            assertThat(reply.failure()).isInstanceOf(IOException.class);
            closeAndLookOnce(channel, reply);
        }
        assertThat(outcome(reply)).isEqualTo(Outcome.TRUNCATED);
    }

    @ParameterizedTest
    @EnumSource
    void aResetIsTruncatedThenFails(Way way) throws Exception {
        Reception reply = new Reception(way);
        try (SocketServer server = SocketServer.answering(connection -> {
            connection.request();
            connection.head(200, STREAM, CHUNKED);
            connection.chunks(Replies.bytes(Replies.CHAT_BEGUN), 1 << 10);
            reply.await(StreamEvent.Content.class);
            connection.reset();
        })) {
            Channel channel = client.get(server, reply.handlers());
            assertThat(reply.failure()).isInstanceOf(IOException.class).hasMessageContaining("reset");
            closeAndLookOnce(channel, reply);
        }
        assertThat(reply.events).isEqualTo(Replies.parsed(200, Replies.CHAT_BEGUN));
        assertThat(outcome(reply)).isEqualTo(Outcome.TRUNCATED);
    }

    @ParameterizedTest
    @EnumSource
    void aReplyThatWasCompleteStaysSoWhenTheConnectionBreaks(Way way) throws Exception {
        Reception reply = new Reception(way);
        try (SocketServer server = SocketServer.answering(connection -> {
            connection.request();
            connection.head(200, STREAM, CHUNKED);
            connection.chunks(Replies.bytes(Replies.DASHSCOPE), 1 << 10);
        })) {
            Channel channel = client.get(server, reply.handlers());
            assertThat(reply.failure()).isInstanceOf(IOException.class);
            closeAndLookOnce(channel, reply);
        }
        assertThat(outcome(reply)).isEqualTo(Outcome.COMPLETED);
    }

    @ParameterizedTest
    @EnumSource
    void tlsThatIsCutIsTruncatedThenFails(Way way) throws Exception {
        Reception reply = new Reception(way);
        try (SocketServer server = SocketServer.overTls(tls.context, connection -> {
            connection.request();
            connection.head(200, STREAM, "connection: close"); // so that only TLS can tell
            connection.write(Replies.bytes(Replies.CHAT_BEGUN));
            connection.cut();
        })) {
            Channel channel = getOverTls(server, reply);
            assertThat(reply.failure()).isInstanceOf(IOException.class).hasMessageContaining("close_notify");
            closeAndLookOnce(channel, reply);
        }
        assertThat(reply.events).isEqualTo(Replies.parsed(200, Replies.CHAT_BEGUN));
        assertThat(outcome(reply)).isEqualTo(Outcome.TRUNCATED);
    }

    @ParameterizedTest
    @EnumSource
    void tlsThatIsClosedEndsIt(Way way) throws Exception {
        Reception reply = new Reception(way);
        try (SocketServer server = SocketServer.overTls(tls.context, connection -> {
            connection.request();
            connection.head(200, STREAM, "connection: close");
            connection.write(Replies.bytes(Replies.DASHSCOPE));
            connection.close();
        })) {
            Channel channel = getOverTls(server, reply);
            assertThat(reply.failure()).isNull();
            closeAndLookOnce(channel, reply);
        }
        assertThat(reply.events).isEqualTo(Replies.parsed(200, Replies.DASHSCOPE));
    }

    private Channel getOverTls(SocketServer server, Reception reply) throws Exception {
        SslContext context =
                SslContextBuilder.forClient().trustManager(tls.trust).build();
        Channel channel = client.connect(server.address(), () -> new ChannelHandler[] {});
        channel.eventLoop()
                .submit(() -> {
                    channel.pipeline()
                            .addLast(
                                    context.newHandler(
                                            channel.alloc(),
                                            "localhost",
                                            server.address().getPort()),
                                    new HttpClientCodec())
                            .addLast(reply.handlers());
                })
                .sync();
        Client.request(channel);
        return channel;
    }

    @ParameterizedTest
    @EnumSource
    void silenceFailsWhereAnIdleHandlerWatches(Way way) throws Exception {
        assertFailsInSilence(way, new IdleStateHandler(200, 0, 0, MILLISECONDS));
    }

    @ParameterizedTest
    @EnumSource
    void silenceFailsWhereAReadTimeoutHandlerWatches(Way way) throws Exception {
        assertFailsInSilence(way, new ReadTimeoutHandler(200, MILLISECONDS));
    }

    private void assertFailsInSilence(Way way, ChannelHandler watch) throws Exception {
        Reception reply = new Reception(way);
        try (SocketServer server = SocketServer.answering(connection -> {
            connection.request();
            connection.head(200, STREAM, CHUNKED);
            connection.chunks(Replies.bytes(Replies.CHAT_BEGUN), 1 << 10);
            connection.awaitClose();
        })) {
            Channel channel = client.get(server, reply.behind(watch));
            assertThat(reply.failure()).isInstanceOf(ReadTimeoutException.class);
            assertThat(server.clientGone.get(20, SECONDS)).isNotNull();
            closeAndLookOnce(channel, reply);
        }
        assertThat(reply.events).isEqualTo(Replies.parsed(200, Replies.CHAT_BEGUN));
    }

    @ParameterizedTest
    @EnumSource
    void theContentTypeDoesNotMatter(Way way) throws Exception {
        assertEnds(
                way,
                200,
                "content-type: application/octet-stream",
                Replies.bytes(Replies.DASHSCOPE),
                Outcome.COMPLETED);
    }

    @ParameterizedTest
    @EnumSource
    void anErrorStatusWithAJsonBodyFailsWithThatStatus(Way way) throws Exception {
        Reception reply =
                assertEnds(way, 401, "content-type: application/json", Replies.bytes(Replies.REFUSED), Outcome.FAILED);
        assertThat(failed(reply).error().code()).isEqualTo("InvalidApiKey");
        assertThat(failed(reply).error().httpStatus()).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource
    void anErrorStatusWithAnHtmlBodyIsNoStream(Way way) throws Exception {
        Reception reply = assertEnds(way, 502, "content-type: text/html", Replies.bytes(Replies.HTML), Outcome.FAILED);
        assertThat(failed(reply).error().kind()).isEqualTo(ErrorKind.NOT_A_STREAM);
    }

    @ParameterizedTest
    @EnumSource
    void anErrorStatusWithoutABodyIsTruncated(Way way) throws Exception {
        assertEnds(way, 503, "retry-after: 1", new byte[0], Outcome.TRUNCATED);
    }

    @ParameterizedTest
    @EnumSource
    void aStatusThatIsNoneIsNotTold(Way way) throws Exception {
        Reception reply = new Reception(way);
        try (SocketServer server = SocketServer.answering(connection -> {
            connection.request();
            connection.write(
                    "HTTP/1.1 1234 What\r\ncontent-length: " + Replies.REFUSED.length() + "\r\n\r\n" + Replies.REFUSED);
            connection.awaitClose();
        })) {
            Channel channel = client.get(server, reply.handlers());
            assertThat(reply.failure()).isNull();
            closeAndLookOnce(channel, reply);
        }
        assertThat(failed(reply).error().httpStatus()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNoHttpFails(Way way) throws Exception {
        Reception reply = new Reception(way);
        try (SocketServer server = SocketServer.answering(connection -> {
            connection.request();
            connection.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\nnonsense\r\n");
            connection.awaitClose();
        })) {
            Channel channel = client.get(server, reply.handlers());
            assertThat(reply.failure()).isNotNull();
            assertThat(server.clientGone.get(20, SECONDS)).isNotNull();
            closeAndLookOnce(channel, reply);
        }
        assertThat(outcome(reply)).isEqualTo(Outcome.TRUNCATED);
    }

    @ParameterizedTest
    @EnumSource
    void compressedBodiesAreReadBehindADecompressor(Way way) throws Exception {
        Reception reply = new Reception(way);
        try (SocketServer server = SocketServer.answering(ResponseEndsTest::serveCompressed)) {
            Channel channel = client.get(server, reply.behind(new HttpContentDecompressor(0)));
            assertThat(reply.failure()).isNull();
            closeAndLookOnce(channel, reply);
        }
        assertThat(reply.events).isEqualTo(Replies.parsed(200, Replies.DASHSCOPE));
    }

    @ParameterizedTest
    @EnumSource
    void compressedBodiesFailWhereNobodyDecompresses(Way way) throws Exception {
        Reception reply = new Reception(way);
        try (SocketServer server = SocketServer.answering(ResponseEndsTest::serveCompressed)) {
            Channel channel = client.get(server, reply.handlers());
            assertThat(reply.failure()).isInstanceOf(IOException.class).hasMessageContaining("Content-Encoding: gzip");
            closeAndLookOnce(channel, reply);
        }
        assertThat(outcome(reply)).isEqualTo(Outcome.TRUNCATED);
    }

    @ParameterizedTest
    @EnumSource
    void aBrokenCompressionFails(Way way) throws Exception {
        Reception reply = new Reception(way);
        try (SocketServer server = SocketServer.answering(connection -> {
            connection.request();
            connection.head(200, STREAM, CHUNKED, "content-encoding: gzip");
            byte[] packed = gzip(Replies.bytes(Replies.DASHSCOPE));
            Arrays.fill(packed, packed.length / 2, packed.length, (byte) 0xFF);
            connection.chunks(packed, 50);
            connection.lastChunk();
            connection.awaitClose();
        })) {
            Channel channel = client.get(server, reply.behind(new HttpContentDecompressor(0)));
            assertThat(reply.failure()).isNotNull();
            closeAndLookOnce(channel, reply);
        }
        assertThat(outcome(reply)).isEqualTo(Outcome.TRUNCATED);
    }

    private static void serveCompressed(SocketServer.Connection connection) throws Exception {
        connection.request();
        connection.head(200, STREAM, CHUNKED, "content-encoding: gzip");
        connection.chunks(gzip(Replies.bytes(Replies.DASHSCOPE)), 50);
        connection.lastChunk();
        connection.awaitClose();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    @ParameterizedTest
    @EnumSource
    void informationalResponsesArePassedOver(Way way) throws Exception {
        Reception reply = new Reception(way);
        try (SocketServer server = SocketServer.answering(connection -> {
            connection.request();
            connection.head(100);
            connection.head(103, "link: </x>");
            connection.head(200, STREAM, CHUNKED);
            connection.chunks(Replies.bytes(Replies.DASHSCOPE), 1 << 10);
            connection.lastChunk();
            connection.awaitClose();
        })) {
            Channel channel = client.get(server, reply.handlers());
            assertThat(reply.failure()).isNull();
            closeAndLookOnce(channel, reply);
        }
        assertThat(reply.events).isEqualTo(Replies.parsed(200, Replies.DASHSCOPE));
    }

    // What all of them have in common

    private Reception assertEnds(Way way, int status, String header, byte[] body, Outcome outcome) throws Exception {
        Reception reply = new Reception(way);
        try (SocketServer server = SocketServer.answering(connection -> {
            connection.request();
            connection.head(status, header, "content-length: " + body.length);
            connection.write(body);
            connection.awaitClose();
        })) {
            Channel channel = client.get(server, reply.handlers());
            assertThat(reply.failure()).isNull();
            closeAndLookOnce(channel, reply);
        }
        assertThat(reply.events).isEqualTo(Replies.parsed(status, body));
        assertThat(outcome(reply)).isEqualTo(outcome);
        return reply;
    }

    /** Nothing comes after the end, whatever becomes of the channel. */
    private static void closeAndLookOnce(Channel channel, Reception reply) throws Exception {
        channel.close().sync();
        channel.eventLoop().submit(() -> {}).sync();
        assertThat(reply.ends).hasValue(1);
        assertThat(reply.events).filteredOn(StreamEvent.Ended.class::isInstance).hasSize(1);
    }

    private static Outcome outcome(Reception reply) {
        return ((StreamEvent.Ended) reply.events.get(reply.events.size() - 1)).outcome();
    }

    private static StreamEvent.Failed failed(Reception reply) {
        return (StreamEvent.Failed) reply.events.stream()
                .filter(StreamEvent.Failed.class::isInstance)
                .findFirst()
                .orElseThrow();
    }
}
