package io.phaseline.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.phaseline.ParserOptions;
import io.phaseline.StreamParser;
import io.phaseline.event.EventRecorder;
import io.phaseline.event.StreamEvent;
import io.phaseline.reference.LawSeeds;
import io.phaseline.reference.Streams;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Whatever brings the bytes, in whatever buffers, cut anywhere: what is heard is what the parser says of them. */
class TransportPropertyTest {
    private static final int TRIES = 100;

    @Property(seed = LawSeeds.FIXED, tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void aListenerHearsWhatTheParserSays(@ForAll("seeds") long seed, @ForAll Transport transport) {
        Random random = new Random(seed);
        byte[] body = body(seed);
        List<StreamEvent> heard = new ArrayList<>();
        StreamParserHandler handler = new StreamParserHandler(new EventRecorder(heard::add));
        Inbound inbound = new Inbound();
        Delivery delivery = new Delivery(transport, true, handler, inbound);

        delivery.push(transport.messages(body, random));

        assertThat(heard).as("%s, seed %d", transport, seed).isEqualTo(parse(body, transport));
        assertThat(handler.ended()).isCompletedWithValue(null);
        assertThat(inbound.messages).isEmpty();
        inbound.assertEndedWell();
        delivery.assertAllReturned();
    }

    @Property(seed = LawSeeds.FIXED, tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void eventsAreFiredAsTheParserSays(@ForAll("seeds") long seed, @ForAll Transport transport) {
        byte[] body = body(seed);
        Inbound inbound = new Inbound();
        Delivery delivery = new Delivery(transport, true, new StreamEventHandler(), inbound);

        delivery.push(transport.messages(body, new Random(seed)));

        assertThat(inbound.messages).as("%s, seed %d", transport, seed).isEqualTo(parse(body, transport));
        inbound.assertEndedWell();
        delivery.assertAllReturned();
    }

    @Property(seed = LawSeeds.FIXED, tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void eventsReadOneByOneAreAsTheParserSays(@ForAll("seeds") long seed, @ForAll Transport transport) {
        byte[] body = body(seed);
        Inbound inbound = new Inbound();
        Delivery delivery = new Delivery(transport, false, new StreamEventHandler(), inbound);

        delivery.readOneByOne(transport.messages(body, new Random(seed)), inbound.messages::size);

        assertThat(inbound.messages).as("%s, seed %d", transport, seed).isEqualTo(parse(body, transport));
        inbound.assertEndedWell();
        delivery.assertAllReturned();
    }

    @Property(seed = LawSeeds.FIXED, tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void framesJoinedAreTheBody(@ForAll("seeds") long seed, @ForAll Transport transport) {
        Random random = new Random(seed);
        byte[] body = anyBody(seed);
        int limit = random.nextBoolean() ? 1 << 20 : 1 + random.nextInt(1_000);
        new RawFrames(body, limit).assertFiredBy(transport, random);
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
        body = Arrays.copyOf(body, Replies.end(body, ParserOptions.DEFAULT));
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

    @Provide
    Arbitrary<Long> seeds() {
        return LawSeeds.any();
    }
}
