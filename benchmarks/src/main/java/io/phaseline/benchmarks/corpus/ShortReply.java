package io.phaseline.benchmarks.corpus;

import io.phaseline.event.Dialect;
import java.util.List;

/** A short reply as it is being written in some dialect: for what rarely happens, and has to be counted all the same. */
interface ShortReply {
    /** Begins a reply. */
    static ShortReply of(Dialect dialect, String id, Frames frames, Counting counting) {
        return switch (dialect) {
            case DASHSCOPE -> new ShortDashScope(id, frames);
            case CHAT -> new ShortChat(id, frames, counting);
            case RESPONSES -> new ShortResponses(id, frames);
        };
    }

    /** One frame with a piece of the answer. */
    void text(String piece);

    /** A call that the client is to run, its arguments in pieces. */
    void call(String name, List<String> arguments);

    /** The regular end, after a call or not. Gives the finish reason. */
    String finish(boolean called);

    /** The server's error, and nothing after it. */
    void fail(String code);

    /** Input tokens as they were last told. */
    long input();

    /** Output tokens as they were last told. */
    long output();
}
