package io.phaseline.netty;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContentDecompressor;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.ReadTimeoutException;
import io.netty.util.ReferenceCountUtil;
import io.phaseline.ParserOptions;
import io.phaseline.event.EventRecorder;
import io.phaseline.event.StreamEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With auto-read off: who asks for one thing gets one, and the network is read no further than that takes. */
@Timeout(60)
class FlowControlTest {
    private final Client client = new Client().withoutAutoRead();

    @AfterEach
    void close() {
        client.close();
    }

    /** Counts what the network brings. */
    private static final class NetworkReads extends ChannelInboundHandlerAdapter {
        final AtomicLong bytes = new AtomicLong();
        final AtomicLong reads = new AtomicLong();

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            bytes.addAndGet(((ByteBuf) message).readableBytes());
            reads.incrementAndGet();
            context.fireChannelRead(message);
        }
    }

    /** Asks for a message when told to, by itself for nothing. */
    private static final class OnDemand extends ChannelInboundHandlerAdapter {
        final List<Object> messages = new ArrayList<>();
        private CompletableFuture<Object> next = CompletableFuture.completedFuture(null);
        private ChannelHandlerContext context;
        private int unasked;

        @Override
        public void handlerAdded(ChannelHandlerContext added) {
            context = added;
        }

        /** Asks for one and waits for it. */
        Object next() throws Exception {
            CompletableFuture<Object> asked = new CompletableFuture<>();
            context.executor().execute(() -> {
                next = asked;
                context.read();
            });
            Object message = asked.get(20, SECONDS);
            assertThat(unasked).as("messages that were not asked for").isZero();
            return message;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            messages.add(message);
            if (!next.complete(message) && context.channel().isActive()) {
                unasked++;
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof ResponseSignal.ReplyOver) {
                next.complete(event);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 10_000})
    void eventsComeOneByOneHoweverTheyAreCut(int bytesPerChunk) throws Exception {
        OnDemand consumer = new OnDemand();
        try (SocketServer server = SocketServer.answering(connection -> {
            connection.request();
            connection.head(200, "transfer-encoding: chunked");
            connection.chunks(Replies.bytes(Replies.CHAT), bytesPerChunk);
            connection.lastChunk();
            connection.awaitClose();
        })) {
            client.get(server, new StreamEventHandler(), consumer);
            while (!(consumer.next() instanceof StreamEvent.Ended)) {
                // it asserts by itself
            }
        }
        assertThat(consumer.messages).isEqualTo(Replies.parsed(200, Replies.CHAT));
    }

    @Test
    void readsThatBringNoEventAreRepeated() throws Exception {
        OnDemand consumer = new OnDemand();
        try (SocketServer server = SocketServer.answering(connection -> {
            connection.request();
            connection.head(200, "transfer-encoding: chunked");
            for (int i = 0; i < 200; i++) {
                connection.chunks(Replies.bytes(": still thinking\n\n"), 1 << 10);
            }
            connection.chunks(Replies.bytes(Replies.CHAT), 1 << 10);
            connection.awaitClose();
        })) {
            client.get(server, new StreamEventHandler(), consumer);
            assertThat(consumer.next()).isInstanceOf(StreamEvent.Started.class);
        }
    }

    @Test
    void aListenersReadIsRepeatedUntilItHears() throws Exception {
        List<StreamEvent> events = new ArrayList<>();
        CompletableFuture<Void> heard = new CompletableFuture<>();
        StreamParserHandler handler = new StreamParserHandler(new EventRecorder(event -> {
            events.add(event);
            heard.complete(null);
        }));
        try (SocketServer server = SocketServer.answering(connection -> {
            connection.request();
            connection.head(200, "transfer-encoding: chunked");
            connection.chunks(Replies.bytes(": still thinking\n\n".repeat(500)), 10);
            connection.chunks(Replies.bytes(Replies.CHAT), 1 << 10);
            connection.awaitClose();
        })) {
            Channel channel = client.get(server, handler);
            channel.read();
            heard.get(20, SECONDS);
            channel.close().sync();
        }
        assertThat(events).isNotEmpty();
    }

    @Test
    void aListenerMayReadFromWithin() throws Exception {
        List<StreamEvent> events = new ArrayList<>();
        CompletableFuture<Channel> own = new CompletableFuture<>();
        StreamParserHandler handler = new StreamParserHandler(new EventRecorder(event -> {
            events.add(event);
            own.join().read();
        }));
        try (SocketServer server = SocketServer.answering(connection -> {
            connection.request();
            connection.head(200, "transfer-encoding: chunked");
            connection.chunks(Replies.bytes(Replies.CHAT.replace("\n\n", "\n\n" + ": ping\n\n".repeat(300))), 10);
            connection.awaitClose();
        })) {
            Channel channel = client.get(server, handler);
            own.complete(channel);
            channel.read();
            assertThat(Reception.causeOf(handler.ended())).isNull();
            channel.close().sync();
        }
        assertThat(events).last().isInstanceOf(StreamEvent.Ended.class);
    }

    @Test
    void aListenerMayReadWhereReadsBringBytesAtOnce() {
        List<StreamEvent> events = new ArrayList<>();
        Channel[] own = new Channel[1];
        StreamParserHandler handler = new StreamParserHandler(new EventRecorder(event -> {
            events.add(event);
            own[0].read();
        }));
        ByteBuf[] network = {
            Unpooled.copiedBuffer(Replies.bytes(Replies.CHAT_BEGUN)),
            Unpooled.copiedBuffer(Replies.bytes(Replies.CHAT.substring(Replies.CHAT_BEGUN.length())))
        };
        EmbeddedChannel channel = Transport.BARE.channel(
                false,
                new ChannelOutboundHandlerAdapter() {
                    private int next;

                    @Override
                    public void read(ChannelHandlerContext context) {
                        if (next < network.length) {
                            context.fireChannelRead(network[next++]);
                            context.fireChannelReadComplete();
                        }
                    }
                },
                handler);
        own[0] = channel;
        channel.read();
        assertThat(handler.ended()).isCompletedWithValue(null);
        assertThat(events).isEqualTo(Replies.parsed(200, Replies.CHAT));
        channel.close();
    }

    @Test
    void aServerThatFloodsFindsNobodyReading() throws Exception {
        NetworkReads network = new NetworkReads();
        OnDemand consumer = new OnDemand();
        CompletableFuture<Void> written = new CompletableFuture<>();
        try (SocketServer server = SocketServer.answering(connection -> {
            connection.request();
            connection.head(200, "transfer-encoding: chunked");
            byte[] frame = Replies.bytes(Replies.chat("\"content\":\"" + "x".repeat(100) + "\"", "null"));
            for (int i = 0; i < 200_000; i++) {
                connection.chunks(frame, frame.length);
            }
            written.complete(null);
        })) {
            Channel channel = client.connect(server.address(), () ->
                    new ChannelHandler[] {network, new HttpClientCodec(), new StreamEventHandler(), consumer});
            Client.request(channel);
            for (int i = 0; i < 100; i++) {
                long reads = network.reads.get();
                consumer.next();
                assertThat(network.reads.get() - reads).isLessThanOrEqualTo(i == 0 ? 3 : 1);
            }
            // One read of the network brings 64 KiB at most, and a hundred events are far less.
            assertThat(network.bytes.get()).isLessThan(256 << 10);
            assertThat(written).isNotDone();
            channel.close().sync();
        }
    }

    @Test
    void whatADecompressorMakesOfAReadIsBounded() throws Exception {
        int limit = 100_000;
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            byte[] frame = Replies.bytes(Replies.chat("\"content\":\"" + "x".repeat(100) + "\"", "null"));
            for (int i = 0; i < 20_000; i++) {
                out.write(frame);
            }
        }
        OnDemand consumer = new OnDemand();
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        try (SocketServer server = SocketServer.answering(connection -> {
            connection.request();
            connection.head(200, "content-encoding: gzip", "content-length: " + packed.size());
            connection.write(packed.toByteArray());
            connection.awaitClose();
        })) {
            Channel channel = client.get(
                    server,
                    new HttpContentDecompressor(0),
                    new StreamEventHandler(ParserOptions.DEFAULT, limit),
                    new ChannelInboundHandlerAdapter() {
                        @Override
                        public void userEventTriggered(ChannelHandlerContext context, Object event) {
                            if (event instanceof ResponseSignal.ReplyOver over) {
                                failure.complete(over.failure());
                            }
                            context.fireUserEventTriggered(event);
                        }
                    },
                    consumer);
            while (!(consumer.next() instanceof StreamEvent.Ended)) {
                // what was kept comes first
            }
            assertThat(failure.get(20, SECONDS)).isInstanceOf(IOException.class).hasMessageContaining("100000 bytes");
            assertThat(server.clientGone.get(20, SECONDS)).isNotNull();
            channel.closeFuture().sync();
        }
        assertThat(consumer.messages).hasSizeLessThan(2_000);
    }

    @Test
    void timeThatNobodyWaitsForIsNotIdle() {
        Inbound inbound = new Inbound();
        EmbeddedChannel channel = Transport.BARE.channel(false, new StreamEventHandler(), inbound);
        channel.read();
        channel.writeInbound(Unpooled.copiedBuffer(Replies.bytes(Replies.CHAT_BEGUN)));
        assertThat(inbound.messages).hasSize(1);

        channel.pipeline().fireUserEventTriggered(IdleStateEvent.FIRST_READER_IDLE_STATE_EVENT);
        assertThat(inbound.signals).isEmpty();
        for (int i = 0; i < 20; i++) {
            channel.read();
        }
        channel.pipeline().fireUserEventTriggered(IdleStateEvent.FIRST_READER_IDLE_STATE_EVENT);
        assertThat(inbound.signals).containsExactly(new ResponseSignal.ReplyOver(ReadTimeoutException.INSTANCE));
        assertThat(inbound.messages).isEqualTo(Replies.parsed(200, Replies.CHAT_BEGUN));
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void readsThatFollowEachOtherFromWithinMakeTheStackNoDeeper() {
        String body = Replies.chat("\"content\":\"x\"", "null").repeat(20_000);
        AtomicLong events = new AtomicLong();
        EmbeddedChannel channel =
                Transport.BARE.channel(false, new StreamEventHandler(), new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext context, Object message) {
                        events.incrementAndGet();
                        context.read();
                    }

                    @Override
                    public void channelReadComplete(ChannelHandlerContext context) {
                        context.read();
                    }
                });
        channel.read();
        channel.writeInbound(Unpooled.copiedBuffer(Replies.bytes(body)));
        assertThat(events.get()).isEqualTo(20_002);
        channel.close();
    }

    @Test
    void aReadIsPassedOnOnlyWhenNothingIsLeft() {
        AtomicLong networkReads = new AtomicLong();
        Inbound inbound = new Inbound();
        EmbeddedChannel channel = Transport.BARE.channel(
                false,
                new ChannelOutboundHandlerAdapter() {
                    @Override
                    public void read(ChannelHandlerContext context) {
                        networkReads.incrementAndGet();
                    }
                },
                new StreamEventHandler(),
                inbound);
        channel.read();
        channel.writeInbound(Unpooled.copiedBuffer(Replies.bytes(Replies.CHAT_BEGUN)));
        assertThat(networkReads).hasValue(1);
        int kept = Replies.parsed(200, Replies.CHAT_BEGUN).size() - 2; // without the first one, and the end
        for (int i = 0; i < kept; i++) {
            channel.read();
        }
        assertThat(networkReads).hasValue(1);
        assertThat(inbound.messages).hasSize(1 + kept);
        channel.read();
        assertThat(networkReads).hasValue(2);
        channel.close();
    }

    @Test
    void turningAutoReadOnLetsEverythingOut() {
        Inbound inbound = new Inbound();
        EmbeddedChannel channel = Transport.BARE.channel(false, new StreamEventHandler(), inbound);
        channel.writeInbound(Unpooled.copiedBuffer(Replies.bytes(Replies.CHAT)));
        assertThat(inbound.messages).isEmpty();
        channel.config().setAutoRead(true);
        channel.read(); // a real channel does it by itself
        assertThat(inbound.messages).isEqualTo(Replies.parsed(200, Replies.CHAT));
        channel.close();
    }

    // Letting go

    @Test
    void closingReleasesWhatWaitsAndTellsNothingMore() {
        for (ChannelHandler handler : List.of(new StreamEventHandler(), new EventStreamFrameHandler())) {
            Inbound inbound = new Inbound();
            EmbeddedChannel channel = Transport.BARE.channel(false, handler, inbound);
            ByteBuf first = Unpooled.copiedBuffer(Replies.bytes(Replies.CHAT_CUT));
            ByteBuf second = Unpooled.copiedBuffer(Replies.bytes(Replies.CHAT));
            channel.writeInbound(first, second);
            channel.read();
            channel.close();
            inbound.messages.forEach(ReferenceCountUtil::release);
            assertThat(first.refCnt()).isZero();
            assertThat(second.refCnt()).isZero();
            assertThat(inbound.messages).hasSize(1);
            assertThat(inbound.signals).isEmpty();
        }
    }

    @Test
    void takingTheHandlerOutReleasesWhatWaits() {
        Inbound inbound = new Inbound();
        StreamEventHandler handler = new StreamEventHandler();
        EmbeddedChannel channel = Transport.BARE.channel(false, handler, inbound);
        ByteBuf bytes = Unpooled.copiedBuffer(Replies.bytes(Replies.CHAT));
        channel.writeInbound(Unpooled.copiedBuffer(Replies.bytes(Replies.CHAT_BEGUN)), bytes);
        channel.pipeline().remove(handler);
        assertThat(bytes.refCnt()).isZero();
        assertThat(inbound.messages).isEmpty();
        channel.close();
    }

    @Test
    void closingFromWithinTheListenerIsTheLastItHears() throws Exception {
        List<StreamEvent> events = new ArrayList<>();
        Channel[] own = new Channel[1];
        StreamParserHandler handler = new StreamParserHandler(new EventRecorder(event -> {
            events.add(event);
            own[0].close();
        }));
        EmbeddedChannel channel = Transport.BARE.channel(true, handler);
        own[0] = channel;
        channel.writeInbound(Unpooled.copiedBuffer(Replies.bytes(Replies.CHAT)));
        assertThat(events).hasSize(1);
        assertThat(handler.ended()).isCancelled();
    }

    @Test
    void cancellingTheFutureClosesTheChannel() throws Exception {
        CompletableFuture<Void> heard = new CompletableFuture<>();
        List<StreamEvent> events = new ArrayList<>();
        StreamParserHandler handler = new StreamParserHandler(new EventRecorder(event -> {
            events.add(event);
            heard.complete(null);
        }));
        try (SocketServer server = SocketServer.answering(connection -> {
            connection.request();
            connection.head(200, "transfer-encoding: chunked");
            connection.chunks(Replies.bytes(Replies.CHAT_BEGUN), 1 << 10);
            connection.awaitClose();
        })) {
            Channel channel = client.get(server, handler);
            channel.config().setAutoRead(true);
            heard.get(20, SECONDS);
            handler.ended().cancel(true);
            assertThat(server.clientGone.get(20, SECONDS)).isNotNull();
            channel.closeFuture().sync();
        }
        assertThat(events).noneMatch(StreamEvent.Ended.class::isInstance);
    }

    @Test
    void whatAListenerThrowsEndsItAndClosesTheChannel() throws Exception {
        IllegalStateException thrown = new IllegalStateException("enough");
        List<StreamEvent> events = new ArrayList<>();
        StreamParserHandler handler = new StreamParserHandler(new EventRecorder(event -> {
            events.add(event);
            throw thrown;
        }));
        try (SocketServer server = SocketServer.answering(connection -> {
            connection.request();
            connection.head(200, "transfer-encoding: chunked");
            connection.chunks(Replies.bytes(Replies.CHAT), 10);
            connection.awaitClose();
        })) {
            Channel channel = client.get(server, handler);
            channel.config().setAutoRead(true);
            assertThat(Reception.causeOf(handler.ended())).isSameAs(thrown);
            assertThat(server.clientGone.get(20, SECONDS)).isNotNull();
        }
        assertThat(events).hasSize(1);
    }

    @Test
    void whatAListenerThrowsAtTheEndIsTold() {
        IllegalStateException thrown = new IllegalStateException("enough");
        StreamParserHandler handler = new StreamParserHandler(new EventRecorder(event -> {
            if (event instanceof StreamEvent.Ended) {
                throw thrown;
            }
        }));
        EmbeddedChannel channel = Transport.BARE.channel(true, handler);
        channel.writeInbound(Unpooled.copiedBuffer(Replies.bytes(Replies.CHAT_CUT)));
        Transport.closeByPeer(channel);
        assertThat(handler.ended()).isCompletedExceptionally();
        assertThat(handler.ended().handle((nothing, failure) -> failure).join()).isSameAs(thrown);
    }

    @Test
    void aConnectionThatIsNeverMadeFails() throws Exception {
        Reception reply = new Reception(Reception.Way.LISTENER);
        int port;
        try (SocketServer gone = SocketServer.answering(connection -> {})) {
            port = gone.address().getPort();
        }
        try {
            client.connect(new InetSocketAddress("127.0.0.1", port), reply::handlers);
        } catch (IOException refused) {
            assertThat(reply.failure()).isInstanceOf(IOException.class);
            return;
        }
        throw new AssertionError("somebody listens at a port that was closed");
    }

    @Test
    void whatIsNotOfTheResponseIsPassedOn() {
        Inbound inbound = new Inbound();
        EmbeddedChannel channel = Transport.HTTP1_LENGTH.channel(true, new StreamEventHandler(), inbound);
        String response = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
        channel.writeInbound(Unpooled.copiedBuffer(Replies.bytes(response)));
        int events = inbound.messages.size();
        channel.writeInbound("something else");
        channel.writeInbound(Unpooled.copiedBuffer(Replies.bytes(response)));
        assertThat(inbound.messages.subList(0, events)).allMatch(StreamEvent.class::isInstance);
        assertThat(inbound.messages.get(events)).isEqualTo("something else");
        assertThat(inbound.messages.get(events + 1)).isInstanceOf(HttpResponse.class);
        assertThat(inbound.signals).hasSize(2);
        inbound.messages.forEach(ReferenceCountUtil::release);
        channel.close();
    }
}
