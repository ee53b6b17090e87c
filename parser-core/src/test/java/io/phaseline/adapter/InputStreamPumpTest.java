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
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputStreamPumpTest {
    private final List<StreamEvent> events = new ArrayList<>();
    private final StreamListener recorder = new EventRecorder(events::add);

    /** Fails when it is read. */
    static final class Broken extends InputStream {
        final IOException failure = new IOException("reset");

        @Override
        public int read() throws IOException {
            throw failure;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            throw failure;
        }
    }

    static InputStream of(String reply) {
        return new ByteArrayInputStream(Replies.bytes(reply));
    }

    @Test
    void hearsWhatAParserHearsThatIsFedDirectly() throws IOException {
        InputStreamPump.pump(of(Replies.DASHSCOPE), recorder);

        assertThat(events).isNotEmpty().isEqualTo(Replies.fedDirectly(Replies.DASHSCOPE));
    }

    @Test
    void anInputWithoutABytePutsAnEndToTheStream() throws IOException {
        InputStreamPump.pump(of(""), recorder);

        assertThat(events).last().isInstanceOf(StreamEvent.Ended.class);
    }

    @Test
    void aBrokenInputEndsTruncatedAndThrowsItsException() {
        Broken broken = new Broken();

        assertThatThrownBy(() -> InputStreamPump.pump(new SequenceInputStream(of(Replies.CHAT_CUT), broken), recorder))
                .isSameAs(broken.failure);

        assertThat(events).isEqualTo(Replies.fedDirectly(Replies.CHAT_CUT));
        assertThat(((StreamEvent.Ended) events.get(events.size() - 1)).outcome())
                .isEqualTo(Outcome.TRUNCATED);
    }

    @Test
    void aListenerThatThrowsAtTheEndOfABrokenInputDoesNotHideWhyItBroke() {
        Broken broken = new Broken();
        RuntimeException thrown = new RuntimeException("full");
        StreamListener listener = new StreamListener() {
            @Override
            public void onEnded(Place at, Outcome outcome, long frames, long bytes) {
                throw thrown;
            }
        };

        assertThatThrownBy(() -> InputStreamPump.pump(broken, listener))
                .isSameAs(broken.failure)
                .hasSuppressedException(thrown);
    }

    @Test
    void anEndMarkerEndsItThoughTheConnectionStaysOpen() throws IOException {
        Broken mustNotBeRead = new Broken();

        InputStreamPump.pump(new SequenceInputStream(of(Replies.CHAT), mustNotBeRead), recorder);

        assertThat(events).isNotEmpty().isEqualTo(Replies.fedDirectly(Replies.CHAT));
    }

    @Test
    void theListenersExceptionComesOutAndNothingIsReadAfterIt() {
        Broken mustNotBeRead = new Broken();
        RuntimeException thrown = new RuntimeException("full");
        StreamListener listener = new StreamListener() {
            @Override
            public void onContent(Place at, int choice, Slice delta) {
                throw thrown;
            }
        };

        assertThatThrownBy(() ->
                        InputStreamPump.pump(new SequenceInputStream(of(Replies.CHAT_CUT), mustNotBeRead), listener))
                .isSameAs(thrown);
    }

    @Test
    void aParserOfOnesOwnKnowsTheStatus() throws IOException {
        StreamParser parser = new StreamParser(recorder);
        parser.httpStatus(401);

        InputStreamPump.pump(of(Replies.REFUSED), parser);

        assertThat(events)
                .filteredOn(StreamEvent.Failed.class::isInstance)
                .singleElement()
                .extracting(event -> ((StreamEvent.Failed) event).error().httpStatus())
                .isEqualTo(401);
    }
}
