package io.phaseline.netty;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.phaseline.event.StreamEvent;
import io.phaseline.reference.LawSeeds;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** Signals come as they were asked for, one at a time, and the network is read when they need it. */
class StreamEventPublisherTest {
    private static final List<StreamEvent> CHAT = Replies.parsed(200, Replies.CHAT);

    /** A network that brings the next piece when it is read, not within the read but soon. */
    private static final class Network extends ChannelOutboundHandlerAdapter {
        private final Queue<byte[]> pieces = new ArrayDeque<>();
        private boolean asked;
        int reads;

        Network(String body, int bytesPerRead) {
            byte[] bytes = Replies.bytes(body);
            for (int at = 0; at < bytes.length; at += bytesPerRead) {
                pieces.add(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + bytesPerRead)));
            }
        }

        @Override
        public void read(ChannelHandlerContext context) {
            if (!asked) {
                asked = true;
                reads++;
                context.executor().execute(() -> bring(context));
            }
        }

        private void bring(ChannelHandlerContext context) {
            asked = false;
            byte[] piece = pieces.poll();
            if (piece != null) {
                context.fireChannelRead(BufferKind.POOLED_DIRECT.of(piece));
                context.fireChannelReadComplete();
            } else {
                context.close();
            }
        }
    }

    private static EmbeddedChannel channel(Network network, StreamEventPublisher publisher) {
        return Transport.BARE.channel(true, network, new StreamEventHandler(), publisher);
    }

    @Property(seed = LawSeeds.FIXED, tries = 200, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void asMuchIsGivenAsWasAskedFor(@ForAll Random random) {
        Network network = new Network(Replies.CHAT_CUT, 1 + random.nextInt(200));
        StreamEventPublisher publisher = new StreamEventPublisher();
        RecordingSubscriber subscriber = new RecordingSubscriber();
        publisher.subscribe(subscriber);
        EmbeddedChannel channel = channel(network, publisher);
        List<StreamEvent> expected = Replies.parsed(200, Replies.CHAT_CUT);
        int asked = 0;
        while (asked < expected.size()) {
            channel.runPendingTasks();
            assertThat(subscriber.events).isEqualTo(expected.subList(0, asked));
            int more = 1 + random.nextInt(4);
            asked = Math.min(asked + more, expected.size());
            subscriber.request(more);
        }
        channel.runPendingTasks();
        assertThat(subscriber.events).isEqualTo(expected);
        assertThat(subscriber.terminalSignals).hasValue(1);
        assertThat(subscriber.overlapped).isFalse();
    }

    @Test
    void nobodyReadsWhereNobodyAsks() {
        Network network = new Network(Replies.CHAT, 100);
        StreamEventPublisher publisher = new StreamEventPublisher();
        EmbeddedChannel channel = channel(network, publisher);
        publisher.subscribe(new RecordingSubscriber());
        channel.runPendingTasks();
        assertThat(network.reads).isZero();
        channel.close();
    }

    @Test
    void anEventOfTheReadBeforeIsGivenWithoutAnother() {
        Network network = new Network(Replies.CHAT_BEGUN, 1 << 20);
        StreamEventPublisher publisher = new StreamEventPublisher();
        RecordingSubscriber subscriber = new RecordingSubscriber();
        publisher.subscribe(subscriber);
        EmbeddedChannel channel = channel(network, publisher);
        for (int i = 1; i < Replies.parsed(200, Replies.CHAT_BEGUN).size(); i++) {
            subscriber.request(1);
            channel.runPendingTasks();
            assertThat(subscriber.events).hasSize(i);
        }
        assertThat(network.reads).isEqualTo(1);
        channel.close();
    }

    @Test
    void whatWasReadIsGivenAfterTheChannelIsGone() {
        Network network = new Network(Replies.CHAT_CUT, 1 << 20);
        StreamEventPublisher publisher = new StreamEventPublisher();
        RecordingSubscriber subscriber = new RecordingSubscriber();
        publisher.subscribe(subscriber);
        EmbeddedChannel channel = channel(network, publisher);
        subscriber.request(1);
        channel.runPendingTasks();
        Transport.closeByPeer(channel);
        assertThat(subscriber.events).hasSize(1);
        subscriber.request(Long.MAX_VALUE);
        assertThat(subscriber.events).isEqualTo(Replies.parsed(200, Replies.CHAT_CUT));
        assertThat(subscriber.terminalSignals).hasValue(1);
    }

    @Test
    void requestsFromOtherThreadsAreAnsweredOnTheEventLoop() throws Exception {
        Thread[] heardOn = new Thread[1];
        StreamEventPublisher publisher = new StreamEventPublisher();
        RecordingSubscriber subscriber = new RecordingSubscriber(self -> heardOn[0] = Thread.currentThread());
        publisher.subscribe(subscriber);
        try (Client client = new Client();
                SocketServer server = SocketServer.answering(connection -> {
                    connection.request();
                    connection.head(200, "transfer-encoding: chunked");
                    connection.chunks(Replies.bytes(Replies.CHAT), 30);
                    connection.lastChunk();
                    connection.awaitClose();
                })) {
            Channel channel = client.get(server, new StreamEventHandler(), publisher);
            for (int i = 1; i <= CHAT.size(); i++) {
                subscriber.request(1);
                subscriber.awaitEvents(i);
                assertThat(subscriber.events).hasSize(i);
            }
            assertThat(subscriber.failure()).isNull();
            assertThat(channel.eventLoop().inEventLoop(heardOn[0])).isTrue();
        }
        assertThat(subscriber.events).isEqualTo(CHAT);
        assertThat(subscriber.overlapped).isFalse();
    }

    @Test
    void askingForNothingEndsTheSubscription() throws Exception {
        StreamEventPublisher publisher = new StreamEventPublisher();
        RecordingSubscriber subscriber = new RecordingSubscriber();
        publisher.subscribe(subscriber);
        EmbeddedChannel channel = channel(new Network(Replies.CHAT, 100), publisher);
        subscriber.request(0);
        channel.runPendingTasks();
        assertThat(subscriber.failure()).isInstanceOf(IllegalArgumentException.class);
        assertThat(channel.isOpen()).isFalse();
        assertThat(subscriber.terminalSignals).hasValue(1);
    }

    @Test
    void aSecondSubscriberIsRefused() throws Exception {
        StreamEventPublisher publisher = new StreamEventPublisher();
        RecordingSubscriber first = new RecordingSubscriber();
        RecordingSubscriber second = new RecordingSubscriber();
        publisher.subscribe(first);
        publisher.subscribe(second);
        assertThat(second.failure()).isInstanceOf(IllegalStateException.class);
        EmbeddedChannel channel = channel(new Network(Replies.CHAT, 100), publisher);
        first.request(Long.MAX_VALUE);
        channel.runPendingTasks();
        assertThat(first.failure()).isNull();
        assertThat(first.events).isEqualTo(CHAT);
        channel.close();
    }

    @Test
    void whatASubscriberThrowsEndsItsSubscription() throws Exception {
        IllegalStateException thrown = new IllegalStateException("enough");
        StreamEventPublisher publisher = new StreamEventPublisher();
        RecordingSubscriber subscriber = new RecordingSubscriber(self -> {
            throw thrown;
        });
        publisher.subscribe(subscriber);
        EmbeddedChannel channel = channel(new Network(Replies.CHAT, 1 << 20), publisher);
        subscriber.request(10);
        channel.runPendingTasks();
        assertThat(subscriber.failure()).isSameAs(thrown);
        assertThat(subscriber.events).hasSize(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void cancellingFromWithinIsTheLastThatIsHeard() {
        StreamEventPublisher publisher = new StreamEventPublisher();
        RecordingSubscriber subscriber = new RecordingSubscriber(RecordingSubscriber::cancel);
        publisher.subscribe(subscriber);
        EmbeddedChannel channel = channel(new Network(Replies.CHAT, 1 << 20), publisher);
        subscriber.request(10);
        channel.runPendingTasks();
        subscriber.cancel();
        assertThat(subscriber.events).hasSize(1);
        assertThat(subscriber.terminalSignals).hasValue(0);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void cancellingBeforeTheHandlerIsAddedClosesTheChannel() {
        StreamEventPublisher publisher = new StreamEventPublisher();
        RecordingSubscriber subscriber = new RecordingSubscriber();
        publisher.subscribe(subscriber);
        subscriber.cancel();
        EmbeddedChannel channel = channel(new Network(Replies.CHAT, 100), publisher);
        channel.runPendingTasks();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void cancellingAfterTheEndLeavesTheChannel() {
        StreamEventPublisher publisher = new StreamEventPublisher();
        RecordingSubscriber subscriber = new RecordingSubscriber();
        publisher.subscribe(subscriber);
        EmbeddedChannel channel = channel(new Network("", 100), publisher);
        subscriber.request(Long.MAX_VALUE);
        channel.pipeline().fireChannelRead(Unpooled.copiedBuffer(Replies.bytes(Replies.CHAT)));
        assertThat(subscriber.terminalSignals).hasValue(1);
        subscriber.cancel();
        assertThat(channel.isOpen()).isTrue();
        channel.close();
    }

    @Test
    void closingTheChannelOneselfFailsTheSubscriber() throws Exception {
        StreamEventPublisher publisher = new StreamEventPublisher();
        RecordingSubscriber subscriber = new RecordingSubscriber();
        publisher.subscribe(subscriber);
        EmbeddedChannel channel = channel(new Network(Replies.CHAT, 10), publisher);
        subscriber.request(1);
        channel.runPendingTasks();
        channel.close();
        assertThat(subscriber.failure()).isInstanceOf(ClosedChannelException.class);
        assertThat(subscriber.terminalSignals).hasValue(1);
    }

    @Test
    void anEventLoopThatIsGoneFailsTheSubscriber() throws Exception {
        StreamEventPublisher publisher = new StreamEventPublisher();
        RecordingSubscriber subscriber = new RecordingSubscriber();
        publisher.subscribe(subscriber);
        try (SocketServer server = SocketServer.answering(connection -> {
            connection.request();
            connection.head(200, "transfer-encoding: chunked");
            connection.chunks(Replies.bytes(Replies.CHAT), 1 << 10);
            connection.awaitClose();
        })) {
            try (Client client = new Client()) {
                client.get(server, new StreamEventHandler(), publisher);
                subscriber.request(1);
                subscriber.awaitEvents(1);
            }
            subscriber.request(1);
            server.clientGone.get(20, SECONDS);
        }
        assertThat(subscriber.failure()).isNotNull();
        assertThat(subscriber.terminalSignals).hasValue(1);
    }
}
