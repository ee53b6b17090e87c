package io.phaseline.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import io.phaseline.reference.ReferenceUtf8;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever reads eight bytes at a time is judged by what reads one. */
class BytesPropertyTest {
    @Property
    void lineEndsAreFoundWhereTheyAre(@ForAll("lines") byte[] bytes, @ForAll("lengths") int skip) {
        int start = Math.min(skip, bytes.length);
        int expected = start;
        while (expected < bytes.length && bytes[expected] != '\n' && bytes[expected] != '\r') {
            expected++;
        }
        assertThat(LineEnds.find(bytes, start, bytes.length)).isEqualTo(expected);
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes);
        assertThat(LineEnds.find(direct, start, bytes.length)).isEqualTo(expected);
    }

    @Property
    void illFormedBytesAreReplacedAsTheStandardSays(@ForAll("nearlyUtf8") byte[] bytes) {
        String expected = ReferenceUtf8.decode(bytes, 0, bytes.length);
        assertThat(Utf8.decode(bytes, 0, bytes.length)).isEqualTo(expected);
        assertThat(new String(Utf8.repair(bytes, 0, bytes.length), StandardCharsets.UTF_8)).isEqualTo(expected);
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes);
        Slice inArray = new Slice().wrap(bytes, 0, bytes.length);
        Slice inBuffer = new Slice().wrap(direct, 0, bytes.length);
        assertThat(Utf8.isWellFormed(inBuffer)).isEqualTo(Utf8.isWellFormed(inArray));
        assertThat(inBuffer.toString()).isEqualTo(expected);
    }

    @Property
    void encodingReplacesLoneSurrogatesOnly(@ForAll String text) {
        String decoded = Slice.of(text).toString();
        assertThat(decoded.codePoints().toArray())
                .isEqualTo(text.codePoints()
                        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                        .toArray());
    }

    @Provide
    Arbitrary<byte[]> lines() {
        return Arbitraries.of((byte) 'a', (byte) '\n', (byte) '\r', (byte) 0x8A, (byte) 0x8D, (byte) 0x0B, (byte) 0xFF)
                .array(byte[].class)
                .ofMaxSize(40);
    }

    @Provide
    Arbitrary<Integer> lengths() {
        return Arbitraries.integers().between(0, 20);
    }

    @Provide
    Arbitrary<byte[]> nearlyUtf8() {
        int[] likely = {
            'a', 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE4, 0xED, 0xEF, 0xF0, 0xF1,
            0xF4, 0xF5, 0xFF
        };
        Byte[] bytes = new Byte[likely.length];
        for (int i = 0; i < likely.length; i++) {
            bytes[i] = (byte) likely[i];
        }
        return Arbitraries.of(bytes).array(byte[].class).ofMaxSize(24);
    }
}
