package io.phaseline.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.phaseline.reference.FrameTranscript;
import io.phaseline.reference.ReferenceParser;
import io.phaseline.sse.EventStreamReader;
import java.util.Arrays;
import org.junit.jupiter.params.provider.MethodSource;

/** Raw framing, in pieces: frames, comments and the rest are what the standard says. */
final class FramingFuzzer {
    @MethodSource("io.phaseline.fuzz.Seeds#streams")
    @FuzzTest
    void fuzz(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        byte[] stream = input.stream();
        int limit = input.options().limits().maxFrameBytes();
        FrameTranscript heard = new FrameTranscript();
        EventStreamReader reader = new EventStreamReader(heard, limit);
        for (byte[] piece : FuzzInput.cut(stream, input.feeding())) {
            reader.feed(piece, 0, piece.length);
            Arrays.fill(piece, (byte) '!');
        }
        reader.finish();
        Judge.same(FrameTranscript.of(ReferenceParser.frames(stream, limit)), heard.lines());
    }
}
