package io.phaseline.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.phaseline.ParserOptions;
import io.phaseline.event.ErrorKind;
import io.phaseline.event.ErrorReport;
import io.phaseline.event.StreamEvent;
import io.phaseline.netty.NettyReading;
import io.phaseline.reference.ReferenceParser;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A body on a channel, behind HTTP/1.1 or HTTP/2 or bare, in any kind of buffer, composite ones included, spoilt as soon
 * as it comes back.
 */
final class NettyFuzzer {
    private static final int RAW_FRAMES_ONE_IN = 4;

    @MethodSource("io.phaseline.fuzz.Seeds#streams")
    @FuzzTest
    void fuzz(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        byte[] body = input.stream();
        if (body.length == 0) {
            return; // on a bare connection that is a failure
        }
        Choices feeding = input.feeding();
        boolean readsRawFrames = feeding.oneIn(RAW_FRAMES_ONE_IN);
        NettyReading reading = new NettyReading(input.options(), new ChosenRandom(feeding));
        if (readsRawFrames) {
            reading.frames(body);
        } else {
            judge(reading, body, input.options());
        }
    }

    private static void judge(NettyReading reading, byte[] body, ParserOptions options) {
        NettyReading.Heard heard = reading.events(body);
        List<StreamEvent> expected = ReferenceParser.normalize(ReferenceParser.parse(heard.body(), options));
        Judge.same(
                heard.status() == 0
                        ? expected
                        : expected.stream()
                                .map(event -> withStatus(event, heard.status()))
                                .toList(),
                ReferenceParser.normalize(heard.events()));
    }

    /** An error has the response's status if neither its frame nor its payload tells one. */
    private static StreamEvent withStatus(StreamEvent event, int status) {
        if (!(event instanceof StreamEvent.Failed failed) || failed.error().httpStatus() != null) {
            return event;
        }
        ErrorReport error = failed.error();
        boolean isServers =
                error.kind() == ErrorKind.SERVER || error.kind() == ErrorKind.NOT_A_STREAM && error.code() != null;
        return isServers
                ? new StreamEvent.Failed(
                        failed.at(), new ErrorReport(error.kind(), error.code(), error.message(), status))
                : event;
    }
}
