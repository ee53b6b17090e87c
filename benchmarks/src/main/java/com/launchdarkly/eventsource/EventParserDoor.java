package com.launchdarkly.eventsource;

import com.launchdarkly.logging.LDLogger;
import java.io.InputStream;
import java.net.URI;

/** Opens LaunchDarkly's parser, which its package keeps to itself, so that it can be timed without a server. */
public final class EventParserDoor {
    /** What its {@code EventSource} reads at a time unless told otherwise. */
    private static final int READ_BUFFER_SIZE = 1_000;

    private final EventParser parser;

    /**
     * A parser over a stream.
     *
     * @param in the body
     */
    public EventParserDoor(InputStream in) {
        this.parser = new EventParser(
                in, URI.create("http://localhost/"), READ_BUFFER_SIZE, false, null, LDLogger.none(), null);
    }

    /**
     * Reads on.
     *
     * @return the next event's data, or null at the end
     * @throws StreamException if the stream breaks
     */
    public String nextData() throws StreamException {
        while (true) {
            StreamEvent event;
            try {
                event = parser.nextEvent();
            } catch (StreamClosedByServerException end) {
                return null;
            }
            if (event instanceof MessageEvent message) {
                return message.getData();
            }
        }
    }
}
