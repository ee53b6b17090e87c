package io.phaseline.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phaseline.StreamParser;
import io.phaseline.bytes.Slice;
import io.phaseline.event.EventRecorder;
import io.phaseline.event.Outcome;
import io.phaseline.event.Place;
import io.phaseline.event.StreamEvent;
import io.phaseline.event.StreamListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StreamSubscriberTest {
    private final List<StreamEvent> events = new ArrayList<>();
    private final StreamSubscriber subscriber = new StreamSubscriber(new StreamParser(new EventRecorder(events::add)));

    @Test
    void hearsWhatAParserHearsThatIsFedDirectly() {
        ByteSource source = ByteSource.of(Replies.items(Replies.DASHSCOPE, 7, 3));

        source.subscribe(subscriber);

        assertThat(subscriber.ended()).isCompletedWithValue(null);
        assertThat(events).isNotEmpty().isEqualTo(Replies.fedDirectly(Replies.DASHSCOPE));
    }

    @Test
    void asksForOneItemAtATime() {
        ByteSource source = ByteSource.open(Replies.items(Replies.DASHSCOPE, 40, 1));
        int items = Replies.items(Replies.DASHSCOPE, 40, 1).size();

        source.subscribe(subscriber);

        assertThat(source.given).hasValue(items);
        assertThat(source.asked).hasValue(items + 1);
    }

    @Test
    void aSourceThatAnswersWithinTheRequestMakesTheStackNoDeeper() {
        ByteSource source = ByteSource.of(Replies.items(":" + "x".repeat(200_000) + "\n\n" + Replies.CHAT, 1, 1));

        source.subscribe(subscriber);

        assertThat(subscriber.ended()).isCompletedWithValue(null);
    }

    @Test
    void anEndMarkerCancelsTheSubscriptionThatStaysOpen() {
        ByteSource source = ByteSource.open(Replies.items(Replies.CHAT, 50, 2));

        source.subscribe(subscriber);

        assertThat(subscriber.ended()).isCompletedWithValue(null);
        assertThat(source.cancelled).hasPositiveValue();
        assertThat(events).isEqualTo(Replies.fedDirectly(Replies.CHAT));
    }

    @Test
    void whatComesBesideTheEndMarkerIsNoError() {
        ByteSource source = ByteSource.open(Replies.items(Replies.CHAT + "data: {\"id\":\"c1\",\"cho", 10_000, 1));

        source.subscribe(subscriber);

        assertThat(events)
                .noneMatch(StreamEvent.Failed.class::isInstance)
                .last()
                .matches(event -> ((StreamEvent.Ended) event).outcome() == Outcome.COMPLETED);
    }

    @Test
    void aSourceThatCompletesIsNotCancelled() {
        ByteSource source = ByteSource.of(Replies.items(Replies.DASHSCOPE, 50, 2));

        source.subscribe(subscriber);

        assertThat(source.cancelled).hasValue(0);
    }

    @Test
    void aSourceThatFailsEndsTheStreamAndThenTheFuture() {
        IOException failure = new IOException("reset");

        ByteSource.failing(Replies.items(Replies.CHAT_CUT, 50, 2), failure).subscribe(subscriber);

        assertThat(events).isNotEmpty().isEqualTo(Replies.fedDirectly(Replies.CHAT_CUT));
        assertThatThrownBy(subscriber.ended()::join)
                .isInstanceOf(CompletionException.class)
                .hasCause(failure);
    }

    @Test
    void whatTheListenerThrowsCancelsTheSubscriptionAndFailsTheFuture() {
        AssertionError thrown = new AssertionError("not even an Exception");
        AtomicInteger heardAfter = new AtomicInteger();
        StreamSubscriber throwing = new StreamSubscriber(new StreamParser(new StreamListener() {
            @Override
            public void onContent(Place at, int choice, Slice delta) {
                heardAfter.incrementAndGet();
                throw thrown;
            }
        }));
        ByteSource source = ByteSource.of(Replies.items(Replies.CHAT, 50, 2));

        source.subscribe(throwing);

        assertThat(source.cancelled).hasPositiveValue();
        assertThat(heardAfter).hasValue(1);
        assertThatThrownBy(throwing.ended()::join).hasCause(thrown);
    }

    @Test
    void cancellingTheFutureCancelsTheSubscriptionAndNothingFollows() {
        ByteSource source = ByteSource.open(Replies.items(Replies.CHAT_CUT, 50, 2));
        source.subscribe(subscriber);
        int heard = events.size();

        subscriber.ended().cancel(true);
        subscriber.onNext(Replies.items(Replies.CHAT, 1_000, 1).get(0));
        subscriber.onComplete();

        assertThat(source.cancelled).hasPositiveValue();
        assertThat(events).hasSize(heard);
    }

    @Test
    void cancellingBeforeTheSubscriptionCancelsItWhenItComes() {
        ByteSource source = ByteSource.of(Replies.items(Replies.CHAT, 50, 2));
        subscriber.ended().cancel(true);

        source.subscribe(subscriber);

        assertThat(source.given).hasValue(0);
        assertThat(source.cancelled).hasPositiveValue();
    }

    @Test
    void aSecondSubscriptionIsCancelled() {
        ByteSource first = ByteSource.open(List.of());
        ByteSource second = ByteSource.open(List.of());
        first.subscribe(subscriber);

        second.subscribe(subscriber);

        assertThat(first.cancelled).hasValue(0);
        assertThat(second.cancelled).hasValue(1);
    }

    @Test
    void nullsAreRefused() {
        Flow.Subscriber<?> any = subscriber;
        assertThatThrownBy(() -> any.onSubscribe(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> any.onNext(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> any.onError(null)).isInstanceOf(NullPointerException.class);
    }
}
