package io.phaseline.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayList;
import java.util.List;

/** Keeps what comes to the end of a pipeline. */
final class Inbound extends ChannelInboundHandlerAdapter {
    final List<Object> messages = new ArrayList<>();
    final List<ResponseSignal> signals = new ArrayList<>();
    final List<Throwable> failures = new ArrayList<>();

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        messages.add(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ResponseSignal signal) {
            signals.add(signal);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        failures.add(cause);
    }

    void assertEndedWell() {
        assertThat(failures).as("failures").isEmpty();
        assertThat(signals).containsExactly(new ResponseSignal.ReplyOver(null), new ResponseSignal.BodyOver());
    }
}
