package io.phaseline.netty.client;

import io.netty.channel.ChannelPipeline;

/** Who gets the response of an exchange. */
interface Reply {
    /**
     * The first byte of the body has come. On the event loop; called at most once.
     *
     * @param pipeline handlers added last get the response from its head on, which is about to be read
     */
    void begin(ChannelPipeline pipeline);

    /**
     * The body is over, or broke off, and whoever was added has heard it. On the event loop; called at most once, after
     * {@link #begin}.
     */
    void bodyOver();

    /** There is no response, and will be none. On any thread; called at most once, and never after {@link #begin}. */
    void fail(Throwable why);
}
