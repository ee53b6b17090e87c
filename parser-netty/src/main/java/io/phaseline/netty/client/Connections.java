package io.phaseline.netty.client;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;

/** Where requests get a channel. Safe for use by many threads. */
interface Connections {
    /** A channel that takes one request as HTTP objects and brings its response; to be released. */
    Future<Channel> acquire();

    /**
     * Gives a channel back.
     *
     * @param channel what was acquired, with the handlers it had then
     * @param reusable whether it may take another request; else it is closed
     */
    void release(Channel channel, boolean reusable);
}
