package io.phaseline.netty.client;

import io.netty.channel.ChannelPipeline;
import io.phaseline.ParserOptions;
import io.phaseline.event.StreamListener;
import io.phaseline.netty.StreamParserHandler;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A listener hears the response. */
final class ListenerReply implements Reply {
    private final ParserOptions options;
    private final StreamListener listener;
    private final CompletableFuture<@Nullable Void> ended;
    private final boolean waitsForBody;
    private @Nullable StreamParserHandler handler;
    private volatile boolean told;

    /**
     * A reply.
     *
     * @param ended is completed when the listener has heard the end
     * @param waitsForBody whether that is to wait for the last byte of the body, also where the reply is over before
     */
    ListenerReply(
            ParserOptions options,
            StreamListener listener,
            CompletableFuture<@Nullable Void> ended,
            boolean waitsForBody) {
        this.options = options;
        this.listener = listener;
        this.ended = ended;
        this.waitsForBody = waitsForBody;
    }

    @Override
    public void begin(ChannelPipeline pipeline) {
        StreamParserHandler added = new StreamParserHandler(options, listener);
        handler = added;
        pipeline.addLast(added);
        if (!waitsForBody) {
            complete(added);
        }
    }

    @Override
    public void bodyOver() {
        if (handler != null) {
            complete(handler);
        }
    }

    private void complete(StreamParserHandler heard) {
        var unused = heard.ended().whenComplete((nothing, failure) -> {
            told = true;
            if (failure == null) {
                ended.complete(null);
            } else {
                ended.completeExceptionally(failure);
            }
        });
    }

    /** Whether the end came from here, and not from a caller who gave up. */
    boolean isTold() {
        return told;
    }

    @Override
    public void fail(Throwable why) {
        told = true;
        ended.completeExceptionally(why);
    }
}
