package io.phaseline.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.phaseline.ParserOptions;
import io.phaseline.event.StreamEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A body read by the handlers of a channel. Which handlers, what brings it, how it is cut and in what buffers is drawn. */
public final class NettyReading {
    private static final int STATUS = 200;

    private final ParserOptions options;
    private final Random random;
    private final Transport transport;

    /**
     * A reading.
     *
     * @param options how to read
     * @param random whoever draws
     */
    public NettyReading(ParserOptions options, Random random) {
        this.options = options;
        this.random = random;
        this.transport = Transport.values()[random.nextInt(Transport.values().length)];
    }

    /**
     * What was heard.
     *
     * @param body what there was to hear: what follows the end of a reply is nobody's
     * @param status the response's HTTP status; 0 if none was told
     * @param events what was heard of it
     */
    public record Heard(byte[] body, int status, List<StreamEvent> events) {}

    /**
     * Reads a body. Every buffer must have been released, and the end told once, without a failure.
     *
     * @param body at least one byte
     * @return what was heard
     */
    public Heard events(byte[] body) {
        Reception.Way way = Reception.Way.values()[random.nextInt(Reception.Way.values().length)];
        Reception reception = new Reception(way, options);
        boolean autoRead = way == Reception.Way.LISTENER || random.nextBoolean();
        byte[] reply = Arrays.copyOf(body, Replies.end(body, options));
        List<Object> messages = new ArrayList<>(transport.messages(reply, random));
        if (transport == Transport.BARE) {
            messages.addAll(transport.messages(Arrays.copyOfRange(body, reply.length, body.length), random));
        }

        Delivery delivery = new Delivery(transport, autoRead, reception.handlers());
        if (autoRead || way == Reception.Way.PUBLISHER) {
            delivery.push(messages);
        } else {
            delivery.readOneByOne(messages, reception.events::size);
        }

        assertThat(reception.ends).as("ends").hasValue(1);
        assertThat(reception.ended()).as("end").isCompletedWithValue(null);
        delivery.assertAllReturned();
        return new Heard(reply, transport == Transport.BARE ? 0 : STATUS, List.copyOf(reception.events));
    }

    /**
     * Reads the raw frames of a body: joined they must be the body, and those up to the limit the frames that the
     * reference finds. Every buffer must have been released.
     *
     * @param body at least one byte
     */
    public void frames(byte[] body) {
        new RawFrames(body, options.limits().maxFrameBytes()).assertFiredBy(transport, random);
    }
}
