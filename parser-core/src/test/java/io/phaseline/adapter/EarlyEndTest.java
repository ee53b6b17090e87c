package io.phaseline.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.phaseline.ParserOptions;
import io.phaseline.event.EventRecorder;
import io.phaseline.event.Outcome;
import io.phaseline.event.StreamEvent;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the parser has to say of the end, so that who reads may stop there. */
class EarlyEndTest {
    private static final String RESPONSES = """
            event: response.created
            data: {"type":"response.created","sequence_number":0,"response":{"id":"resp_1","model":"m","status":"in_progress","output":[]}}

            event: response.output_text.delta
            data: {"type":"response.output_text.delta","sequence_number":1,"item_id":"msg_1","output_index":0,"content_index":0,"delta":"Hi"}

            event: response.completed
            data: {"type":"response.completed","sequence_number":2,"response":{"id":"resp_1","model":"m","status":"completed","output":[]}}

            """;

    private final List<StreamEvent> events = new ArrayList<>();

    @Test
    void whereManyStreamsMayFollowAnEndMarkerEndsOneOnly() throws IOException {
        String second = Replies.CHAT.replace("\"c1\"", "\"c2\"");

        InputStreamPump.pump(
                new SequenceInputStream(InputStreamPumpTest.of(Replies.CHAT), InputStreamPumpTest.of(second)),
                ParserOptions.DEFAULT.withManyStreams(true),
                new EventRecorder(events::add));

        assertThat(events).filteredOn(StreamEvent.Ended.class::isInstance).hasSize(2);
    }

    @Test
    void aFrameCutOffAfterTheTerminalEventIsNoError() throws IOException {
        InputStreamPump.pump(InputStreamPumpTest.of(RESPONSES + "data: {\"typ"), new EventRecorder(events::add));

        assertThat(events)
                .noneMatch(StreamEvent.Failed.class::isInstance)
                .last()
                .matches(event -> ((StreamEvent.Ended) event).outcome() == Outcome.COMPLETED);
    }
}
