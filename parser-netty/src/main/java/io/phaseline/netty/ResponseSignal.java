package io.phaseline.netty;

import org.jspecify.annotations.Nullable;

/** What the handlers of this package tell the next ones as user events, each at most once for a response. */
public sealed interface ResponseSignal {
    /**
     * The reply is over, well or not: nothing more of it will be heard. Not told when this side closed the channel.
     *
     * @param failure what broke the response; null where it came to its end
     */
    record ReplyOver(@Nullable Throwable failure) implements ResponseSignal {}

    /**
     * The last byte of the response's body was read, and nothing broke: what the channel brings next is not of this
     * response. Comes after {@link ReplyOver}.
     */
    record BodyOver() implements ResponseSignal {}
}
