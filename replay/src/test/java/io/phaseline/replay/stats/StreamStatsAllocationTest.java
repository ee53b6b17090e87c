package io.phaseline.replay.stats;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.phaseline.ParserOptions;
import io.phaseline.StreamParser;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What is counted costs memory for each stream, not for each frame. */
class StreamStatsAllocationTest {
    private static final int FRAMES = 5_000;

    /** A stream costs some kilobytes whatever its length; a list or a Java stream for each frame would be hundreds. */
    private static final long MAX_BYTES_PER_FRAME = 16;

    private static byte[] stream() {
        StringBuilder text = new StringBuilder();
        for (int frame = 1; frame <= FRAMES; frame++) {
            boolean thinks = frame < FRAMES / 2;
            text.append("""
                    id:%d
                    event:result
                    data:{"output":{"choices":[{"message":{"content":"%s","reasoning_content":"%s","role":"assistant"},\
                    "finish_reason":"null"}]},"usage":{"total_tokens":%d,"output_tokens":%d,"input_tokens":30,\
                    "output_tokens_details":{"reasoning_tokens":%d}},"request_id":"r"}

                    """.formatted(
                    frame, thinks ? "" : "x", thinks ? "x" : "", 30 + frame, frame, Math.min(frame, FRAMES / 2)));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void countersInEveryFrameCostNoMemory() {
        StreamParser parser = new StreamParser(
                ParserOptions.DEFAULT.withManyStreams(true),
                new StreamStats(StreamLimits.NO_TEXTS, ArrivalClock.NONE, record -> {}));
        byte[] stream = stream();
        parser.feed(stream); // what is learnt and what grows is there afterwards
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);

        parser.feed(stream);

        long allocated = threads.getThreadAllocatedBytes(thread) - before;
        assertThat(allocated / FRAMES).as("bytes per frame").isLessThan(MAX_BYTES_PER_FRAME);
    }
}
