package io.phaseline.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phaseline.event.StreamEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StreamEventsTest {

    @Nested
    class Read {
        /** Counts reads and closings; brings a few bytes a read. */
        private final class Counting extends InputStream {
            private final ByteArrayInputStream bytes;
            int reads;
            int closings;

            Counting(String reply) {
                bytes = new ByteArrayInputStream(Replies.bytes(reply));
            }

            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                assertThat(closings).isZero();
                reads++;
                return bytes.read(buffer, offset, Math.min(length, 60));
            }

            @Override
            public void close() {
                closings++;
            }
        }

        @Test
        void givesTheEventsOfAParserThatIsFedDirectly() {
            try (Stream<StreamEvent> events = StreamEvents.read(new Counting(Replies.DASHSCOPE))) {
                assertThat(events).isNotEmpty().isEqualTo(Replies.fedDirectly(Replies.DASHSCOPE));
            }
        }

        @Test
        void readsNothingBeforeItIsAsked() {
            Counting in = new Counting(Replies.DASHSCOPE);

            Stream<StreamEvent> events = StreamEvents.read(in).filter(StreamEvent.Content.class::isInstance);

            assertThat(in.reads).isZero();
            events.close();
        }

        @Test
        void readsNoFurtherThanItIsConsumed() {
            Counting in = new Counting(Replies.DASHSCOPE);
            try (Stream<StreamEvent> events = StreamEvents.read(in)) {
                assertThat(events.findFirst()).containsInstanceOf(StreamEvent.Started.class);
            }
            // The first frame is about 250 bytes, the whole reply is about 2,000.
            assertThat(in.reads).isBetween(3, 7);
        }

        @Test
        void closesTheInputWithItsLastByte() {
            Counting in = new Counting(Replies.DASHSCOPE);

            assertThat(StreamEvents.read(in).count()).isPositive();

            assertThat(in.closings).isEqualTo(1);
        }

        @Test
        void closesTheInputWhenItIsClosed() {
            Counting in = new Counting(Replies.DASHSCOPE);

            StreamEvents.read(in).close();

            assertThat(in.closings).isEqualTo(1);
        }

        @Test
        void anEndMarkerClosesTheInput() {
            Counting in = new Counting(Replies.CHAT + "data: {}\n\n".repeat(1_000));

            assertThat(StreamEvents.read(in).count()).isPositive();

            assertThat(in.closings).isEqualTo(1);
            assertThat(in.reads).isLessThan(20);
        }

        @Test
        void aBrokenInputThrowsAfterTheEventsThatWereRead() {
            InputStreamPumpTest.Broken broken = new InputStreamPumpTest.Broken();
            List<StreamEvent> events = new ArrayList<>();

            assertThatThrownBy(() -> StreamEvents.read(
                                    new SequenceInputStream(InputStreamPumpTest.of(Replies.CHAT_CUT), broken))
                            .forEach(events::add))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCause(broken.failure);

            assertThat(events).isNotEmpty().isEqualTo(Replies.fedDirectly(Replies.CHAT_CUT));
        }

        @Test
        void aBrokenInputThrowsEachTimeItIsAsked() {
            Iterator<StreamEvent> events =
                    StreamEvents.read(new InputStreamPumpTest.Broken()).iterator();
            while (events.next() instanceof StreamEvent.Ended == false) {
                // an input without a byte has few events
            }

            assertThatThrownBy(events::hasNext).isInstanceOf(UncheckedIOException.class);
            assertThatThrownBy(events::hasNext).isInstanceOf(UncheckedIOException.class);
        }

        @Test
        void parallelChangesNothing() {
            assertThat(StreamEvents.read(new Counting(Replies.DASHSCOPE))
                            .parallel()
                            .toList())
                    .isEqualTo(Replies.fedDirectly(Replies.DASHSCOPE));
        }
    }

    @Nested
    class Publish {
        @Test
        void givesTheEventsOfAParserThatIsFedDirectly() throws Exception {
            RecordingSubscriber subscriber = RecordingSubscriber.unbounded();

            StreamEvents.publish(ByteSource.of(Replies.items(Replies.DASHSCOPE, 7, 3)))
                    .subscribe(subscriber);

            assertThat(subscriber.failure()).isNull();
            assertThat(subscriber.events).isNotEmpty().isEqualTo(Replies.fedDirectly(Replies.DASHSCOPE));
        }

        @Test
        void asksTheSourceForNothingBeforeThereIsDemand() {
            ByteSource source = ByteSource.of(Replies.items(Replies.DASHSCOPE, 50, 2));

            StreamEvents.publish(source).subscribe(RecordingSubscriber.manual());

            assertThat(source.asked).hasValue(0);
        }

        @Test
        void asksTheSourceForOneItemOnlyWhenAllOfTheLastIsDelivered() {
            ByteSource source = ByteSource.of(Replies.items(Replies.DASHSCOPE, 10_000, 1));
            RecordingSubscriber subscriber = RecordingSubscriber.manual();
            StreamEvents.publish(source).subscribe(subscriber);

            for (int demand = 1; demand <= 5; demand++) {
                subscriber.request(1);
                assertThat(subscriber.events).hasSize(demand);
                assertThat(source.asked).hasValue(1);
            }
        }

        @Test
        void aRequestWithinOnNextMakesTheStackNoDeeper() throws Exception {
            String long_ = Replies.CHAT.lines().findFirst().orElseThrow() + "\n\n";
            ByteSource source = ByteSource.of(Replies.items(long_.repeat(5_000) + Replies.CHAT, 5_000, 1));
            RecordingSubscriber subscriber = new RecordingSubscriber(1, self -> self.request(1));

            StreamEvents.publish(source).subscribe(subscriber);

            assertThat(subscriber.failure()).isNull();
            assertThat(subscriber.events).hasSizeGreaterThan(5_000);
            assertThat(subscriber.overlapped).isFalse();
        }

        @Test
        void theEndNeedsNoDemandButEndedDoes() {
            RecordingSubscriber subscriber = RecordingSubscriber.manual();
            StreamEvents.publish(ByteSource.of(List.of())).subscribe(subscriber);
            assertThat(subscriber.end).isNotDone();

            int expected = Replies.fedDirectly("").size();
            subscriber.request(expected);

            assertThat(subscriber.end).isCompleted();
            assertThat(subscriber.events).hasSize(expected).last().isInstanceOf(StreamEvent.Ended.class);
        }

        @Test
        void demandOfNothingIsAnError() throws Exception {
            for (long n : new long[] {0, -1, Long.MIN_VALUE}) {
                ByteSource source = ByteSource.of(Replies.items(Replies.DASHSCOPE, 50, 2));
                RecordingSubscriber subscriber = RecordingSubscriber.manual();
                StreamEvents.publish(source).subscribe(subscriber);

                subscriber.request(n);
                subscriber.request(1);

                assertThat(subscriber.failure()).isInstanceOf(IllegalArgumentException.class);
                assertThat(source.cancelled).hasPositiveValue();
                assertThat(subscriber.events).isEmpty();
                assertThat(subscriber.terminalSignals).hasValue(1);
            }
        }

        @Test
        void demandAddsUpWithoutOverflow() throws Exception {
            RecordingSubscriber subscriber =
                    new RecordingSubscriber(Long.MAX_VALUE - 1, self -> self.request(Long.MAX_VALUE));

            StreamEvents.publish(ByteSource.of(Replies.items(Replies.DASHSCOPE, 50, 2)))
                    .subscribe(subscriber);

            assertThat(subscriber.failure()).isNull();
        }

        @Test
        void cancelWithinOnNextIsTheLastThingHeard() {
            ByteSource source = ByteSource.open(Replies.items(Replies.DASHSCOPE, 10_000, 1));
            RecordingSubscriber subscriber = new RecordingSubscriber(Long.MAX_VALUE, self -> {
                if (self.events.size() == 3) {
                    self.cancel();
                    self.cancel();
                }
            });

            StreamEvents.publish(source).subscribe(subscriber);
            subscriber.request(1);

            assertThat(source.cancelled).hasPositiveValue();
            assertThat(subscriber.events).hasSize(3);
            assertThat(subscriber.end).isNotDone();
        }

        @Test
        void aSourceThatFailsDeliversTheEventsThenTheEndThenTheError() throws Exception {
            IOException failure = new IOException("reset");
            RecordingSubscriber subscriber = new RecordingSubscriber(1, self -> self.request(1));

            StreamEvents.publish(ByteSource.failing(Replies.items(Replies.CHAT_CUT, 50, 2), failure))
                    .subscribe(subscriber);

            assertThat(subscriber.failure()).isSameAs(failure);
            assertThat(subscriber.events).isNotEmpty().isEqualTo(Replies.fedDirectly(Replies.CHAT_CUT));
        }

        @Test
        void aSubscriberThatThrowsLosesItsSubscriptionAndIsTold() throws Exception {
            RuntimeException thrown = new RuntimeException("full");
            ByteSource source = ByteSource.of(Replies.items(Replies.DASHSCOPE, 50, 2));
            RecordingSubscriber subscriber = new RecordingSubscriber(Long.MAX_VALUE, self -> {
                throw thrown;
            });

            StreamEvents.publish(source).subscribe(subscriber);

            assertThat(subscriber.failure()).isSameAs(thrown);
            assertThat(source.cancelled).hasPositiveValue();
            assertThat(subscriber.events).hasSize(1);
        }

        @Test
        void anEndMarkerCancelsTheSourceThatStaysOpenThoughEventsAreLeft() throws Exception {
            ByteSource source = ByteSource.open(Replies.items(Replies.CHAT, 10_000, 1));
            RecordingSubscriber subscriber = RecordingSubscriber.manual();
            StreamEvents.publish(source).subscribe(subscriber);

            subscriber.request(1);
            assertThat(source.cancelled).hasPositiveValue();
            assertThat(subscriber.end).isNotDone();

            subscriber.request(Long.MAX_VALUE);
            assertThat(subscriber.failure()).isNull();
            assertThat(subscriber.events).isEqualTo(Replies.fedDirectly(Replies.CHAT));
        }

        @Test
        void eachSubscriberHasAParserOfItsOwn() throws Exception {
            List<List<ByteBuffer>> items = Replies.items(Replies.CHAT, 50, 2);
            RecordingSubscriber first = RecordingSubscriber.unbounded();
            RecordingSubscriber second = RecordingSubscriber.unbounded();
            var events = StreamEvents.publish(
                    subscriber -> ByteSource.of(copies(items)).subscribe(subscriber));

            events.subscribe(first);
            events.subscribe(second);

            assertThat(first.failure()).isNull();
            assertThat(second.failure()).isNull();
            assertThat(second.events).isNotEmpty().isEqualTo(first.events);
        }

        private List<List<ByteBuffer>> copies(List<List<ByteBuffer>> items) {
            return items.stream()
                    .map(item -> item.stream().map(ByteBuffer::duplicate).toList())
                    .toList();
        }

        @Test
        void signalsOfSeveralThreadsNeverOverlap() throws Exception {
            var sourceThreads = Executors.newFixedThreadPool(2);
            var askingThreads = Executors.newFixedThreadPool(2);
            SubmissionPublisher<List<ByteBuffer>> source = new SubmissionPublisher<>(sourceThreads, 4);
            try {
                RecordingSubscriber subscriber =
                        new RecordingSubscriber(1, self -> askingThreads.execute(() -> self.request(1)));
                StreamEvents.publish(source).subscribe(subscriber);

                Replies.items(Replies.DASHSCOPE, 11, 2).forEach(source::submit);
                source.close();

                assertThat(subscriber.failure()).isNull();
                assertThat(subscriber.overlapped).isFalse();
                assertThat(subscriber.events).isNotEmpty().isEqualTo(Replies.fedDirectly(Replies.DASHSCOPE));
            } finally {
                sourceThreads.shutdown();
                assertThat(sourceThreads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
                askingThreads.shutdownNow();
            }
        }
    }
}
