package io.phaseline.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import io.phaseline.ParserOptions;
import io.phaseline.StreamParser;
import io.phaseline.event.EventRecorder;
import io.phaseline.event.StreamEvent;
import io.phaseline.event.StreamListener;
import io.phaseline.reference.Streams;
import io.phaseline.sse.EventStreamReader;
import io.phaseline.sse.Frame;
import io.phaseline.sse.FrameListener;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.ShrinkingMode;

/** Whatever brings the bytes, in whatever buffers, cut anywhere: what is heard is what the parser says of them. */
class TransportPropertyTest {
    private static final int TRIES = 100;

    /** Fixed, so that a build does not depend on chance; to hunt, run with another {@code -Dphaseline.seed=N}. */
    private static final String SEED = "20261121";

    private static final long HUNT = Long.getLong("phaseline.seed", 0) * 0x9E3779B97F4A7C15L >>> 1;

    @Property(seed = SEED, tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void aListenerHearsWhatTheParserSays(@ForAll("seeds") long seed, @ForAll Transport transport) {
        Random random = new Random(seed);
        byte[] body = body(seed);
        List<StreamEvent> heard = new ArrayList<>();
        StreamParserHandler handler = new StreamParserHandler(new EventRecorder(heard::add));
        Inbound inbound = new Inbound();
        EmbeddedChannel channel = transport.channel(true, handler, inbound);

        transport.messages(body, random).forEach(channel::writeInbound);
        Transport.closeByPeer(channel);

        assertThat(heard).as("%s, seed %d", transport, seed).isEqualTo(parse(body, transport));
        assertThat(handler.ended()).isCompletedWithValue(null);
        assertThat(inbound.messages).isEmpty();
        assertEndedWell(inbound);
    }

    @Property(seed = SEED, tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void eventsAreFiredAsTheParserSays(@ForAll("seeds") long seed, @ForAll Transport transport) {
        byte[] body = body(seed);
        Inbound inbound = fire(new StreamEventHandler(), transport, body, new Random(seed));
        assertThat(inbound.messages).as("%s, seed %d", transport, seed).isEqualTo(parse(body, transport));
        assertEndedWell(inbound);
    }

    @Property(seed = SEED, tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void eventsReadOneByOneAreAsTheParserSays(@ForAll("seeds") long seed, @ForAll Transport transport) {
        byte[] body = body(seed);
        Inbound inbound = readOneByOne(new StreamEventHandler(), transport, body, new Random(seed));
        assertThat(inbound.messages).as("%s, seed %d", transport, seed).isEqualTo(parse(body, transport));
        assertEndedWell(inbound);
    }

    @Property(seed = SEED, tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void framesJoinedAreTheBody(@ForAll("seeds") long seed, @ForAll Transport transport) {
        Random random = new Random(seed);
        byte[] body = anyBody(seed);
        int maxFrameBytes = random.nextBoolean() ? 1 << 20 : 1 + random.nextInt(1_000);
        EventStreamFrameHandler handler = new EventStreamFrameHandler(maxFrameBytes, 1 << 20);
        Inbound inbound = random.nextBoolean()
                ? fire(handler, transport, body, random)
                : readOneByOne(handler, transport, body, random);

        ByteBuf joined = Unpooled.buffer();
        for (Object message : inbound.messages) {
            if (message instanceof RawFrame frame) {
                assertThat(frame.offset()).isEqualTo(joined.readableBytes());
                joined.writeBytes(frame.content().duplicate());
            }
        }
        assertThat(bytes(joined)).as("%s, seed %d", transport, seed).isEqualTo(body);
        assertThat(wholeFrames(inbound))
                .as("%s, seed %d", transport, seed)
                .isEqualTo(expectedFrames(body, maxFrameBytes));
        assertEndedWell(inbound);
        inbound.messages.forEach(ReferenceCountUtil::release);
    }

    /** Frames up to the limit are whole, and read by themselves they say what they say in their stream. */
    private static List<String> wholeFrames(Inbound inbound) {
        List<String> frames = new ArrayList<>();
        for (Object message : inbound.messages) {
            if (message instanceof RawFrame frame && frame.isWhole()) {
                int before = frames.size();
                read(bytes(frame.content()), frames);
                assertThat(frames.size() - before).isLessThanOrEqualTo(1);
            }
        }
        return frames;
    }

    /** What the frames of a body say that are not longer than a limit: looked for byte by byte. */
    private static List<String> expectedFrames(byte[] body, int maxFrameBytes) {
        List<String> frames = new ArrayList<>();
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
                if (lineStart - start <= maxFrameBytes) {
                    read(Arrays.copyOfRange(body, start, lineStart), frames);
                }
                start = lineStart;
                begun = false;
            } else {
                begun |= !blank;
            }
        }
        return frames;
    }

    private static void read(byte[] bytes, List<String> frames) {
        EventStreamReader reader = new EventStreamReader(
                new FrameListener() {
                    @Override
                    public void onFrame(Frame frame) {
                        frames.add(frame.event() + "|" + frame.id() + "|" + frame.data());
                    }
                },
                1 << 20);
        reader.feed(bytes, 0, bytes.length);
        reader.finish();
    }

    // How it is sent

    private static Inbound fire(ChannelHandler handler, Transport transport, byte[] body, Random random) {
        Inbound inbound = new Inbound();
        EmbeddedChannel channel = transport.channel(true, handler, inbound);
        transport.messages(body, random).forEach(channel::writeInbound);
        Transport.closeByPeer(channel);
        return inbound;
    }

    /** A consumer that asks for one message when it has had one; each network read comes when it waits for one. */
    private static Inbound readOneByOne(ChannelHandler handler, Transport transport, byte[] body, Random random) {
        Inbound inbound = new Inbound();
        EmbeddedChannel channel = transport.channel(false, handler, inbound);
        channel.read();
        for (Object message : transport.messages(body, random)) {
            channel.writeInbound(message);
            int had = -1;
            while (had < inbound.messages.size()) {
                had = inbound.messages.size();
                channel.read();
                assertThat(inbound.messages.size() - had).isLessThanOrEqualTo(1);
            }
        }
        Transport.closeByPeer(channel);
        return inbound;
    }

    private static void assertEndedWell(Inbound inbound) {
        assertThat(inbound.failures).isEmpty();
        assertThat(inbound.signals).containsExactly(new ResponseSignal.ReplyOver(null), new ResponseSignal.BodyOver());
    }

    // What is sent

    private static byte[] anyBody(long seed) {
        Streams streams = new Streams(seed);
        return switch ((int) (seed & 3)) {
            case 0 -> streams.damagedStream();
            case 1 -> streams.lines();
            default -> streams.oneStream();
        };
    }

    /** A body that is over when the reply is: what follows is read or not, depending on how it is cut. */
    private static byte[] body(long seed) {
        byte[] body = anyBody(seed);
        StreamParser parser = new StreamParser(new StreamListener() {});
        for (int i = 0; i < body.length; i++) {
            parser.feed(body, i, 1);
            if (parser.isDone()) {
                return Arrays.copyOf(body, i + 1);
            }
        }
        return body.length == 0 ? "\n".getBytes(StandardCharsets.US_ASCII) : body;
    }

    private static List<StreamEvent> parse(byte[] body, Transport transport) {
        return EventRecorder.record(listener -> {
            StreamParser parser = new StreamParser(ParserOptions.DEFAULT, listener);
            if (transport != Transport.BARE) {
                parser.httpStatus(200);
            }
            parser.feed(body);
            parser.finish();
        });
    }

    private static byte[] bytes(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.getBytes(buffer.readerIndex(), bytes);
        return bytes;
    }

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.longs()
                .between(0, Long.MAX_VALUE)
                .withDistribution(RandomDistribution.uniform())
                .map(seed -> seed ^ HUNT);
    }
}
