package io.phaseline.netty.wire;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;

/** Makes event loops. */
public final class EventLoops {
    private EventLoops() {}

    /**
     * An event loop group over NIO.
     *
     * @param name what its threads are called
     * @param threads how many
     * @return a group of daemon threads, to be shut down
     */
    @SuppressWarnings("deprecation") // what Netty 4.2 names in its place is not in 4.1
    public static EventLoopGroup nio(String name, int threads) {
        return new NioEventLoopGroup(threads, new DefaultThreadFactory(name, true));
    }
}
