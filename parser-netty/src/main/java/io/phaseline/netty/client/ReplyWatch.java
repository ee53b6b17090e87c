package io.phaseline.netty.client;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.phaseline.netty.ResponseSignal;

/** Stands behind the handlers that read a response, and tells the gate when they are through. */
final class ReplyWatch extends ChannelInboundHandlerAdapter {
    private final ResponseGate gate;

    ReplyWatch(ResponseGate gate) {
        this.gate = gate;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ResponseSignal.ReplyOver) {
            gate.replyOver();
        } else if (event instanceof ResponseSignal.BodyOver) {
            gate.bodyOver();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var unused = context.channel().close(); // whoever had to hear of it has
    }
}
