package io.phaseline.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.phaseline.ParserOptions;
import io.phaseline.Parsers;
import io.phaseline.event.EventRecorder;
import io.phaseline.event.StreamEvent;
import java.io.ByteArrayOutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Whoever reads frames by remembering earlier ones must be right when the next one differs in one byte, at any place:
 * each byte of each frame of each golden is replaced among frames that are otherwise the same.
 */
class OneByteTest {
    /** What stands where another byte stood: each place gets one of them in turn, so that all come about. */
    private static final byte[] ODD = "\"\\01-x \n\r,:{}[]tn\0\u0080\u00E5".getBytes(ISO_8859_1);

    private static final int A_PLACE = 1;
    private static final int LONGEST_FRAME = 1_200;

    @TestFactory
    Stream<DynamicTest> everyFrameOfEveryGolden() {
        Set<String> seen = new HashSet<>();
        return Golden.all().stream()
                .map(golden -> DynamicTest.dynamicTest(golden.name(), () -> {
                    for (byte[] frame : FrameVariations.split(golden.bytes())) {
                        if (frame.length <= LONGEST_FRAME && seen.add(form(frame))) {
                            changeEachByte(frame, golden.options());
                        }
                    }
                }));
    }

    /** Frames that differ in digits alone are one form. */
    private static String form(byte[] frame) {
        return new String(frame, ISO_8859_1).replaceAll("[0-9]+", "0");
    }

    private static void changeEachByte(byte[] frame, ParserOptions options) {
        for (int at = 0; at < frame.length; at++) {
            for (int i = 0; i < A_PLACE; i++) {
                byte[] changed = frame.clone();
                changed[at] = ODD[(at * A_PLACE + i) % ODD.length];
                byte[] stream = join(frame, frame, frame, changed, frame, changed, frame);
                Judge.same(hear(stream, options, false), hear(stream, options, true));
            }
        }
    }

    private static List<StreamEvent> hear(byte[] stream, ParserOptions options, boolean learns) {
        return EventRecorder.record(listener -> {
            if (learns) {
                Parsers.read(stream.clone(), options, listener);
            } else {
                Parsers.readEachByItself(stream.clone(), options, listener);
            }
        });
    }

    private static byte[] join(byte[]... frames) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] frame : frames) {
            out.writeBytes(frame);
        }
        return out.toByteArray();
    }
}
