package io.phaseline.netty.client;

import io.phaseline.ParserOptions;
import io.phaseline.StreamParser;
import io.phaseline.event.EventRecorder;
import io.phaseline.event.ResultAccumulator;
import io.phaseline.event.StreamEvent;
import io.phaseline.event.StreamResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** What parser-core makes of the same bytes: the judge of every transport. */
final class Replies {
    private Replies() {}

    static List<StreamEvent> events(byte[] body) {
        List<StreamEvent> events = new ArrayList<>();
        StreamParser parser = new StreamParser(ParserOptions.DEFAULT, new EventRecorder(events::add));
        parser.httpStatus(200);
        parser.feed(body);
        parser.finish();
        return events;
    }

    static StreamResult result(byte[] body) {
        return result(events(body));
    }

    static StreamResult result(List<StreamEvent> events) {
        AtomicReference<StreamResult> result = new AtomicReference<>();
        ResultAccumulator accumulator = new ResultAccumulator(result::set);
        events.forEach(event -> event.deliverTo(accumulator));
        return result.get();
    }
}
