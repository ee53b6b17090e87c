package io.phaseline.netty.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.phaseline.netty.server.Script.Ending;
import io.phaseline.netty.server.Script.Part;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends one script on a channel: each piece when it is due and the client has taken what went before.
 *
 * <p>What is queued in a channel is bounded by its write buffer's high-water mark (64 KiB by default) and one piece:
 * while the channel is not writable nothing is written. Belongs to the channel's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel, which is heard
final class ScriptPlayer {
    /** A channel that takes everything must not keep its event loop from the others. */
    private static final int MAX_WRITES_PER_TURN = 32;

    private static final Part ENDLESS = new Part(filler(), 0);

    private final Channel channel;
    private final Script script;
    private final int cutBytes;
    private final Consumer<Ending> onEnd;

    private final long startNanos = System.nanoTime();
    private int next;
    private int sentOfPart;
    private boolean over;
    private @Nullable Future<?> appointment;
    private @Nullable ChannelFuture lastWrite;

    /**
     * A player.
     *
     * @param cutBytes at most so many bytes in one write; 0 for parts as they are
     * @param onEnd hears that the last byte was written, and what is to follow
     */
    ScriptPlayer(Channel channel, Script script, int cutBytes, Consumer<Ending> onEnd) {
        this.channel = channel;
        this.script = script;
        this.cutBytes = cutBytes;
        this.onEnd = onEnd;
    }

    private static ByteBuffer filler() {
        byte[] filler = new byte[8 << 10];
        Arrays.fill(filler, (byte) 'x');
        return ByteBuffer.wrap(filler);
    }

    /** Sends what may be sent now; to be called at first, and when the channel has become writable. */
    void play() {
        if (appointment != null || over) {
            return;
        }
        for (int writes = 0; channel.isWritable(); writes++) {
            Part part = part();
            if (part == null) {
                end();
                return;
            }
            long early = part.atNanos() - (System.nanoTime() - startNanos);
            if (early > 0 || writes == MAX_WRITES_PER_TURN) {
                appointment =
                        channel.eventLoop().schedule(this::keepAppointment, Math.max(0, early), TimeUnit.NANOSECONDS);
                return;
            }
            write(part);
        }
    }

    private void keepAppointment() {
        appointment = null;
        play();
    }

    private @Nullable Part part() {
        if (next < script.parts().size()) {
            return script.parts().get(next);
        }
        return script.ending() == Ending.ENDLESS ? ENDLESS : null;
    }

    private void write(Part part) {
        int left = part.bytes().remaining() - sentOfPart;
        int length = cutBytes > 0 ? Math.min(cutBytes, left) : left;
        ByteBuf piece = Unpooled.wrappedBuffer(part.bytes()).slice(sentOfPart, length);
        sentOfPart += length;
        if (length == left) {
            sentOfPart = 0;
            next = Math.min(next + 1, script.parts().size()); // the filler has no end
        }
        lastWrite = channel.writeAndFlush(new DefaultHttpContent(piece));
    }

    private void end() {
        over = true;
        ChannelFuture last = lastWrite;
        if (last == null) {
            onEnd.accept(script.ending());
        } else {
            // A reset would overtake what is still on its way.
            last.addListener(written -> onEnd.accept(script.ending()));
        }
    }

    /** Sends nothing more. */
    void stop() {
        over = true;
        Future<?> appointed = appointment;
        if (appointed != null) {
            appointed.cancel(false);
        }
    }
}
