package io.phaseline.replay.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.phaseline.replay.Captures;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class GzipMembersPropertyTest {
    /** What came out before the end or the damage, and whether there was damage. */
    private record Unpacked(byte[] bytes, boolean damaged) {}

    private static Unpacked unpack(byte[] packed, int readSize) {
        ByteArrayOutputStream unpacked = new ByteArrayOutputStream();
        // A pipe: never tells what is available, and gives what it likes.
        ByteArrayInputStream pipe = new ByteArrayInputStream(packed) {
            @Override
            public synchronized int available() {
                return 0;
            }
        };
        try (GzipMembers in = new GzipMembers(pipe)) {
            byte[] buffer = new byte[readSize];
            int read;
            while ((read = in.read(buffer, 0, readSize)) >= 0) {
                assertThat(read).isPositive();
                unpacked.write(buffer, 0, read);
            }
            return new Unpacked(unpacked.toByteArray(), false);
        } catch (IOException e) {
            return new Unpacked(unpacked.toByteArray(), true);
        }
    }

    private static byte[] pack(List<byte[]> members) {
        return Captures.join(members.stream().map(Captures::gzip).toArray(byte[][]::new));
    }

    @Property(seed = "20261121", tries = 200)
    void membersAreReadOneAfterTheOther(
            @ForAll @Size(min = 1, max = 4) List<byte[]> members, @ForAll @IntRange(min = 1, max = 300) int readSize) {
        Unpacked unpacked = unpack(pack(members), readSize);

        assertThat(unpacked.damaged()).isFalse();
        assertThat(unpacked.bytes()).isEqualTo(Captures.join(members.toArray(byte[][]::new)));
    }

    @Property(seed = "20261121", tries = 200)
    void zerosAfterTheLastMemberArePadding(@ForAll byte[] bytes, @ForAll @IntRange(max = 600) int zeros) {
        Unpacked unpacked = unpack(Captures.join(Captures.gzip(bytes), new byte[zeros]), 64);

        assertThat(unpacked.damaged()).isFalse();
        assertThat(unpacked.bytes()).isEqualTo(bytes);
    }

    @Property(seed = "20261121", tries = 300)
    void aCutGivesABeginningAndDamage(
            @ForAll @Size(min = 1, max = 3) List<byte[]> members, @ForAll @IntRange(min = 1, max = 10_000) int where) {
        byte[] packed = pack(members);
        int length = where % packed.length;
        Unpacked unpacked = unpack(Arrays.copyOf(packed, length), 64);

        byte[] whole = Captures.join(members.toArray(byte[][]::new));
        assertThat(unpacked.bytes()).isEqualTo(Arrays.copyOf(whole, unpacked.bytes().length));
        assertThat(unpacked.damaged()).isEqualTo(!endsAMember(members, length));
    }

    private static boolean endsAMember(List<byte[]> members, int length) {
        int end = 0;
        for (byte[] member : members) {
            if (end == length) {
                return true;
            }
            end += Captures.gzip(member).length;
        }
        return end == length;
    }

    @Property(seed = "20261121", tries = 300)
    void aWrongByteNeverGoesUnnoticedInTheChecksum(
            @ForAll @Size(min = 20, max = 200) byte[] bytes, @ForAll @IntRange(min = 0, max = 3) int which) {
        byte[] packed = Captures.gzip(bytes);
        packed[packed.length - 8 + which] ^= 0x55;
        Unpacked unpacked = unpack(packed, 64);

        assertThat(unpacked.damaged()).isTrue();
        assertThat(unpacked.bytes()).isEqualTo(bytes);
    }
}
