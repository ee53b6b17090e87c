package io.phaseline.benchmarks.contender;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.string.StringDecoder;
import io.phaseline.benchmarks.corpus.Corpus;
import io.phaseline.benchmarks.corpus.Cuts;
import io.phaseline.event.Dialect;
import io.phaseline.event.StreamEvent;
import io.phaseline.netty.StreamEventHandler;
import io.phaseline.netty.StreamParserHandler;
import java.util.IdentityHashMap;
import java.util.function.Supplier;

/** A channel behind an HTTP codec: direct buffers in, new handlers for each response, one channel for all. */
final class EventLoop implements Contender {
    private final Tally tally;
    private final Supplier<ChannelHandler[]> handlers;
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final IdentityHashMap<byte[], ByteBuf> buffers = new IdentityHashMap<>();

    private EventLoop(Tally tally, Supplier<ChannelHandler[]> handlers) {
        this.tally = tally;
        this.handlers = handlers;
    }

    /** Counts the bytes, and that is all. */
    static EventLoop bytes(Tally tally) {
        return new EventLoop(tally, () -> new ChannelHandler[] {new Counter(tally)});
    }

    /** Our handler, telling views to a listener. */
    static EventLoop listener(Tally tally) {
        ViewListener listener = new ViewListener(tally, false);
        return new EventLoop(tally, () -> new ChannelHandler[] {new StreamParserHandler(listener)});
    }

    /** Our handler, firing records at the next one. */
    static EventLoop events(Tally tally) {
        ViewListener listener = new ViewListener(tally, false);
        return new EventLoop(tally, () -> new ChannelHandler[] {new StreamEventHandler(), new Deliver(listener)});
    }

    /** The way it is usually done: lines, a string for each, a tree for each of those that hold data. */
    static EventLoop tree(Dialect dialect, Tally tally) {
        Trees trees = new Trees(dialect, tally);
        return new EventLoop(tally, () -> new ChannelHandler[] {
            new Contents(), new LineBasedFrameDecoder(1 << 26), new StringDecoder(), new Lines(trees)
        });
    }

    @Override
    public void prepare(Corpus corpus) {
        for (byte[] body : corpus.bodies()) {
            buffers.put(body, Unpooled.directBuffer(body.length).writeBytes(body));
        }
    }

    @Override
    public void read(Cuts body) {
        tally.begin();
        ChannelHandler[] response = handlers.get();
        channel.pipeline().addLast(response);
        channel.writeInbound(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
        ByteBuf bytes = buffers.computeIfAbsent(body.bytes(), Unpooled::copiedBuffer);
        int start = 0;
        for (int end : body.ends()) {
            channel.writeInbound(new DefaultHttpContent(bytes.retainedSlice(start, end - start)));
            start = end;
        }
        channel.writeInbound(LastHttpContent.EMPTY_LAST_CONTENT);
        for (ChannelHandler handler : response) {
            channel.pipeline().remove(handler);
        }
        channel.releaseInbound();
        tally.end();
    }

    @Override
    public Tally tally() {
        return tally;
    }

    private static final class Counter extends SimpleChannelInboundHandler<HttpContent> {
        private final Tally tally;

        Counter(Tally tally) {
            this.tally = tally;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpContent content) {
            tally.payload(content.content().readableBytes(), 0);
        }
    }

    private static final class Deliver extends SimpleChannelInboundHandler<StreamEvent> {
        private final ViewListener listener;

        Deliver(ViewListener listener) {
            this.listener = listener;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, StreamEvent event) {
            event.deliverTo(listener);
        }
    }

    private static final class Contents extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpContent content) {
                context.fireChannelRead(content.content());
            }
        }
    }

    private static final class Lines extends SimpleChannelInboundHandler<String> {
        private final Trees trees;

        Lines(Trees trees) {
            this.trees = trees;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, String line) throws Exception {
            if (line.startsWith("data:")) {
                trees.read(line.substring("data:".length()).strip());
            }
        }
    }
}
