package io.phaseline.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a parser does grows with its input and no faster, whatever comes, however it is cut. In units of {@link Work}. */
class WorkTest {
    private static final int[] CUTS = {1, 7, 64, 16_384, Integer.MAX_VALUE};

    /** Pieces up to this are small, in bytes. */
    private static final int SMALL = 7;

    /** Enough to be more than what is learnt in the beginning; in small pieces less is enough, and takes longer. */
    private static final int BYTES = 1 << 16;

    private static final int BYTES_IN_SMALL_PIECES = 1 << 14;

    /** For each byte of the input. */
    private static final long UNITS_PER_BYTE = 40;

    /** For each call of {@code feed}. */
    private static final long UNITS_PER_INPUT = 100;

    /** How much more twice the input may take: frames that got longer may be read in another way. A square takes four times. */
    private static final double DOUBLE = 2.5;

    private static Consumer<Iterable<byte[]>> reading;

    @BeforeAll
    @SuppressWarnings("unchecked")
    static void load() throws ReflectiveOperationException {
        reading = (Consumer<Iterable<byte[]>>) new CountingLoader()
                .loadClass(CountedReading.class.getName())
                .getConstructor()
                .newInstance();
        reading.accept(List.of()); // loading classes is work, too
    }

    @ParameterizedTest
    @EnumSource(Endless.class)
    void workIsLinearInTheInput(Endless input) {
        for (int cut : CUTS) {
            int length = cut <= SMALL ? BYTES_IN_SMALL_PIECES : BYTES;
            byte[] twice = input.bytes(2 * length);
            long work = units(Arrays.copyOf(twice, length), cut);
            long doubled = units(twice, cut);
            assertThat((double) doubled)
                    .as("units of work for %s in pieces of %s bytes, twice the input of %s", input, cut, work)
                    .isLessThanOrEqualTo(DOUBLE * work);
        }
    }

    private static long units(byte[] bytes, int cut) {
        List<byte[]> inputs = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += Math.min(cut, bytes.length)) {
            inputs.add(Arrays.copyOfRange(bytes, at, (int) Math.min(bytes.length, (long) at + cut)));
        }
        long most = UNITS_PER_BYTE * bytes.length + UNITS_PER_INPUT * inputs.size();
        return Work.of(() -> reading.accept(inputs), most);
    }
}
