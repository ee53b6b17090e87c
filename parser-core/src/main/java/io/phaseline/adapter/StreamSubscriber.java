package io.phaseline.adapter;

import io.phaseline.StreamParser;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Feeds a parser from a publisher of byte buffers, one item after the other.
 *
 * <p>Follows the rules of {@link java.util.concurrent.Flow} (Reactive Streams 1.0). It asks for one item, and for the
 * next when the listener has heard all of the last: who listens slowly reads slowly. For one subscription; it may be
 * handed to its publisher on any thread, and the parser is fed on the publisher's.
 */
public final class StreamSubscriber implements Flow.Subscriber<List<ByteBuffer>> {
    private final Intake intake;
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

    /**
     * A subscriber that feeds a parser.
     *
     * @param parser a new parser, or one that was reset; must not be used by others until {@link #ended()} is complete
     */
    public StreamSubscriber(StreamParser parser) {
        intake = new Intake(Objects.requireNonNull(parser, "parser"), new ToFuture(ended));
        var unused = ended.whenComplete((nothing, failure) -> intake.cancel());
    }

    private record ToFuture(CompletableFuture<@Nullable Void> ended) implements Intake.Outlet {
        @Override
        public boolean passOn() {
            return true; // the listener heard it within feed
        }

        @Override
        public boolean wantsMore() {
            return true;
        }

        @Override
        public void end(@Nullable Throwable failure) {
            if (failure == null) {
                ended.complete(null);
            } else {
                ended.completeExceptionally(failure);
            }
        }

        @Override
        public void drop() {}
    }

    /**
     * The end of the input, and the handle to end it sooner.
     *
     * <p>Completes with null when the listener has heard the last event: the publisher is through, or the reply is known
     * to be over ({@link StreamParser#isDone()}), in which case the subscription is cancelled. Completes exceptionally
     * with the publisher's error after the listener has heard the stream end; with the listener's exception, whatever
     * it is, after which the subscription is cancelled and the listener hears nothing more.
     *
     * <p>Completing it from outside, by {@link CompletableFuture#cancel} or otherwise, cancels the subscription. The
     * items that were read are dropped, and except for what is being heard at that moment nothing follows, not even the
     * end.
     *
     * @return the same future each time; what depends on it runs on the publisher's thread
     */
    public CompletableFuture<@Nullable Void> ended() {
        return ended;
    }

    /**
     * Asks for the first item. A second subscription is cancelled at once.
     *
     * @param subscription the publisher's
     */
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        intake.onSubscribe(subscription);
    }

    /**
     * Feeds the parser, and asks for the next item. Does not throw what the listener throws; see {@link #ended()}.
     *
     * @param bytes the next bytes of the stream, cut anywhere; the buffers are read to their limits, and must not be
     *     written to meanwhile
     */
    @Override
    public void onNext(List<ByteBuffer> bytes) {
        intake.onNext(bytes);
    }

    /**
     * Finishes the parser, then completes {@link #ended()} with the error.
     *
     * @param throwable why the bytes end here
     */
    @Override
    public void onError(Throwable throwable) {
        intake.onError(throwable);
    }

    /** Finishes the parser, then completes {@link #ended()}. */
    @Override
    public void onComplete() {
        intake.onComplete();
    }
}
