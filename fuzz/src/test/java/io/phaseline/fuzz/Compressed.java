package io.phaseline.fuzz;

import io.phaseline.ParserOptions;
import io.phaseline.Parsers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * What the doors of the two compressions have in common. The body is compressed in members that the fuzzer cuts, may be
 * damaged where it says, and is read in pieces of its choice.
 */
final class Compressed {
    private static final int MAX_BYTES = 1 << 18;
    private static final int MAX_MEMBERS = 20;

    /** Opens a compressor. */
    interface Packer {
        OutputStream open(OutputStream target) throws IOException;
    }

    /** Opens what is slow and known to be right. */
    interface Unpacker {
        InputStream open(InputStream source) throws IOException;
    }

    private Compressed() {}

    /**
     * Judges one input.
     *
     * @param magic the bytes every member begins with
     */
    static void judge(FuzzInput input, Packer packer, Unpacker unpacker, byte[] magic) {
        Choices feeding = input.feeding();
        int readBytes = 1 + feeding.below(600);
        int giveBytes = 1 + feeding.below(600);
        byte[] stream = input.stream();
        int damages = feeding.below(3);
        byte[] packed = packed(FuzzInput.cut(stream, feeding), packer);
        if (damages == 0) {
            byte[] read = readWhole(packed, readBytes, giveBytes);
            Judge.same(List.of(hex(stream)), List.of(hex(read)));
            ParserOptions options = input.options();
            Judge.agrees(stream, options, listener -> Parsers.read(read, options, listener));
        } else {
            for (int i = 0; i < damages; i++) {
                int at = feeding.below(Math.max(1, packed.length));
                packed = i == 0 ? flipped(packed, at, feeding.octet()) : Arrays.copyOf(packed, at);
            }
            judgeDamaged(packed, readBytes, giveBytes, unpacker, magic);
        }
    }

    /** Damage is told, and what came out before it is what the slow reader gives, too. */
    private static void judgeDamaged(byte[] packed, int readBytes, int giveBytes, Unpacker unpacker, byte[] magic) {
        Decompression.Read read = Decompression.read(packed, readBytes, giveBytes, MAX_BYTES);
        if (!startsWith(packed, magic)) {
            return;
        }
        ByteArrayOutputStream slow = new ByteArrayOutputStream();
        boolean isDamaged = false;
        try (InputStream in = unpacker.open(new ByteArrayInputStream(packed))) {
            for (int b = in.read(); b >= 0 && slow.size() < MAX_BYTES; b = in.read()) {
                slow.write(b);
            }
        } catch (IOException e) {
            isDamaged = true;
        }
        byte[] expected = slow.toByteArray();
        int common = Math.min(expected.length, read.bytes().length);
        Judge.same(List.of(hex(Arrays.copyOf(expected, common))), List.of(hex(Arrays.copyOf(read.bytes(), common))));
        if (isDamaged && !read.isDamaged()) {
            throw new Judge.Difference("damage went unnoticed");
        }
        if (!isDamaged && !read.isDamaged() && expected.length != read.bytes().length) {
            throw new Judge.Difference("expected " + expected.length + " bytes, read " + read.bytes().length);
        }
    }

    /** A member for each piece; the last one has all that is left. */
    private static byte[] packed(List<byte[]> pieces, Packer packer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int first = Math.min(pieces.size(), MAX_MEMBERS - 1);
        try {
            for (byte[] piece : pieces.subList(0, first)) {
                out.writeBytes(member(List.of(piece), packer));
            }
            out.writeBytes(member(pieces.subList(first, pieces.size()), packer));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] member(List<byte[]> pieces, Packer packer) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream packing = packer.open(out)) {
            for (byte[] piece : pieces) {
                packing.write(piece);
            }
        }
        return out.toByteArray();
    }

    private static byte[] readWhole(byte[] packed, int readBytes, int giveBytes) {
        Decompression.Read read = Decompression.read(packed, readBytes, giveBytes, Integer.MAX_VALUE);
        if (read.isDamaged()) {
            throw new Judge.Difference("damage in " + hex(packed));
        }
        return read.bytes();
    }

    private static byte[] flipped(byte[] bytes, int at, int bits) {
        byte[] flipped = bytes.clone();
        flipped[at] ^= (byte) bits;
        return flipped;
    }

    private static boolean startsWith(byte[] bytes, byte[] magic) {
        return bytes.length >= magic.length && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
