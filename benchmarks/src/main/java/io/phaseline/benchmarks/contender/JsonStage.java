package io.phaseline.benchmarks.contender;

import java.io.IOException;

/** Takes payloads apart and tells a {@link Tally} what they say. */
abstract class JsonStage {
    final Tally tally;

    JsonStage(Tally tally) {
        this.tally = tally;
    }

    /** One payload as UTF-8 bytes, which may change once this method has returned. */
    final void payload(byte[] bytes, int offset, int length) throws IOException {
        // [DONE] ends a chat; no chunk is a list.
        if (length > 0 && bytes[offset] != '[') {
            tally.frame();
            chunk(bytes, offset, length);
        }
    }

    /** One payload of a framing that makes strings. */
    final void payload(String text) throws IOException {
        if (!text.isEmpty() && text.charAt(0) != '[') {
            tally.frame();
            chunk(text);
        }
    }

    abstract void chunk(byte[] bytes, int offset, int length) throws IOException;

    abstract void chunk(String text) throws IOException;
}
