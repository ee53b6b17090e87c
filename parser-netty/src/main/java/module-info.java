/** Reads the event streams of language models from Netty's channels. */
@org.jspecify.annotations.NullMarked
module io.phaseline.parser.netty {
    requires static org.jspecify;
    requires transitive io.phaseline.parser.core;
    requires transitive io.netty.buffer;
    requires transitive io.netty.transport;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.codec.http2;
    requires com.fasterxml.jackson.core;

    exports io.phaseline.netty;
    exports io.phaseline.netty.client;
    exports io.phaseline.netty.recording;
    exports io.phaseline.netty.server;
}
