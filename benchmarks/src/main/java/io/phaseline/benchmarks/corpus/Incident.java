package io.phaseline.benchmarks.corpus;

import io.phaseline.event.Dialect;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What a capture may hold besides conversations that go well. */
enum Incident {
    /** The body ends in the midst of a frame. */
    TORN_IN_FRAME,
    /** The body ends between two bytes of one character. */
    TORN_IN_CHARACTER,
    /** The model has a function called. */
    FUNCTION_CALL,
    /** The server's error, in the midst of the answer. */
    FAILED_LATE;

    /** The code of the error, in all dialects. */
    static final String ERROR_CODE = "internal_error";

    private static final int FIRST_BYTE_OF_CONTINUATIONS = 0b1000_0000;
    private static final int CONTINUATION_MASK = 0b1100_0000;

    /** One body, and how many of its bytes are whole frames. */
    static final class Body {
        private final byte[] bytes;
        private final int wholeBytes;

        Body(byte[] bytes, int wholeBytes) {
            this.bytes = bytes;
            this.wholeBytes = wholeBytes;
        }

        byte[] bytes() {
            return bytes;
        }

        boolean isTorn() {
            return wholeBytes < bytes.length;
        }

        Body withoutTornFrame() {
            return new Body(Arrays.copyOf(bytes, wholeBytes), wholeBytes);
        }
    }

    /** Writes it, always the same from the same dice; what is counted are whole frames. */
    Body write(Dialect dialect, Dice dice, Counting counting) {
        String id = dice.uuid();
        Script script = new Script(id, false, List.of(), List.of());
        Frames frames = new Frames(Shape.of(dialect), script, dice, counting);
        ShortReply reply = ShortReply.of(dialect, id, frames, counting);
        new Prose(dice, Language.MIXED).pieces(dice.between(10, 60)).forEach(reply::text);
        switch (this) {
            case FUNCTION_CALL -> {
                reply.call("get_weather", List.of("{\"city\":", "\"Hang", "zhou\"}"));
                counting.finishes.merge(reply.finish(true), 1L, Long::sum);
            }
            case FAILED_LATE -> reply.fail(ERROR_CODE);
            case TORN_IN_FRAME, TORN_IN_CHARACTER -> {}
        }
        counting.input += reply.input();
        counting.output += reply.output();
        byte[] whole = frames.text().getBytes(StandardCharsets.UTF_8);
        if (this == FUNCTION_CALL || this == FAILED_LATE) {
            return new Body(whole, whole.length);
        }
        reply.text("结果");
        counting.frames--;
        byte[] more = frames.text().getBytes(StandardCharsets.UTF_8);
        return new Body(Arrays.copyOf(more, cut(more, dice)), whole.length);
    }

    private int cut(byte[] bytes, Dice dice) {
        if (this == TORN_IN_FRAME) {
            return bytes.length - dice.between(4, 30); // in the JSON of the last frame
        }
        int at = bytes.length - 1;
        while ((bytes[at] & CONTINUATION_MASK) != FIRST_BYTE_OF_CONTINUATIONS) {
            at--;
        }
        return at;
    }
}
