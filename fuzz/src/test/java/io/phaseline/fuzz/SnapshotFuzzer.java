package io.phaseline.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.phaseline.ParserOptions;
import io.phaseline.StreamParser;
import io.phaseline.event.StreamListener;
import java.util.Arrays;
import org.junit.jupiter.params.provider.MethodSource;

/** Snapshots taken and restored where the fuzzer says change nothing; a damaged one is refused, or is another state. */
final class SnapshotFuzzer {
    @MethodSource("io.phaseline.fuzz.Seeds#streams")
    @FuzzTest
    void fuzz(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        byte[] stream = input.stream();
        ParserOptions options = input.options();
        Choices feeding = input.feeding();
        int often = 1 + feeding.below(8);
        int damagedAt = feeding.below(1 << 16);
        int damage = feeding.octet();
        Judge.agrees(stream, options, listener -> {
            StreamParser parser = new StreamParser(options, listener);
            int number = 0;
            for (byte[] piece : FuzzInput.cut(stream, feeding)) {
                parser.feed(piece);
                if (++number % often == 0) {
                    byte[] snapshot = parser.snapshot();
                    parser = StreamParser.restore(snapshot, listener);
                    Judge.same(Arrays.asList(boxed(snapshot)), Arrays.asList(boxed(parser.snapshot())));
                }
                if (number == often && damage != 0) {
                    restoreDamaged(parser.snapshot(), damagedAt, damage, piece);
                }
            }
            parser.finish();
        });
    }

    private static Byte[] boxed(byte[] bytes) {
        Byte[] boxed = new Byte[bytes.length];
        Arrays.setAll(boxed, i -> bytes[i]);
        return boxed;
    }

    private static void restoreDamaged(byte[] snapshot, int at, int damage, byte[] more) {
        snapshot[at % snapshot.length] ^= (byte) damage;
        StreamParser parser;
        try {
            parser = StreamParser.restore(snapshot, new StreamListener() {});
        } catch (IllegalArgumentException e) {
            return;
        }
        try {
            parser.feed(more);
        } catch (IllegalStateException e) {
            return; // it is that of a parser whose input is over
        }
        parser.finish();
    }
}
