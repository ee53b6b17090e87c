package io.phaseline.replay.flow;

import io.phaseline.event.StreamResult;
import io.phaseline.replay.stats.StreamRecord;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A stream as a worker found it: it knows neither how many streams stand before it nor where the fed bytes lie.
 *
 * @param record what was heard
 * @param source the name of what holds it, as it is printed
 * @param inSource where a byte lies in that, by where it lies in what was fed
 */
record Found(StreamRecord record, String source, LongUnaryOperator inSource) {
    /** About what one takes without texts. */
    private static final int RECORD_BYTES = 1_024;

    /** About how much memory it takes, in bytes. */
    long weight() {
        StreamResult result = record.result();
        long chars = result.toolCalls().stream()
                .mapToLong(call -> length(call.code()) + length(call.arguments()) + length(call.output()))
                .sum();
        chars += length(result.reasoning()) + length(result.content()) + length(result.refusal());
        return RECORD_BYTES + Character.BYTES * chars;
    }

    private static long length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
