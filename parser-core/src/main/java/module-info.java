/**
 * Reads the event streams of language models: bytes in, meaning out. The map of the rooms stands in
 * {@link io.phaseline}.
 */
@org.jspecify.annotations.NullMarked
module io.phaseline.parser.core {
    requires static org.jspecify;
    requires static java.net.http;
    requires com.fasterxml.jackson.core;

    exports io.phaseline;
    exports io.phaseline.adapter;
    exports io.phaseline.bytes;
    exports io.phaseline.event;
    exports io.phaseline.sse;
}
