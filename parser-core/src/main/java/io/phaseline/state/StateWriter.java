package io.phaseline.state;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes state: numbers as variable-length integers (seven bits a byte, low first), texts as length and bytes. */
public final class StateWriter {
    private byte[] bytes = new byte[256];
    private int length;

    /** Nothing written yet. */
    public StateWriter() {}

    private void need(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }

    /** Writes a number; small ones, also negative, take one byte. */
    public void number(long value) {
        need(10);
        long rest = value << 1 ^ value >> 63;
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) (rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    /** Writes eight bytes as they are: for hashes. */
    public void word(long value) {
        need(Long.BYTES);
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[length++] = (byte) (value >>> 8 * i);
        }
    }

    /** Writes a truth value. */
    public void flag(boolean value) {
        number(value ? 1 : 0);
    }

    /** Writes a run of bytes with its length. */
    public void bytes(byte[] source, int offset, int count) {
        number(count);
        need(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    /** Writes a text or its absence. */
    public void text(@Nullable String text) {
        flag(text != null);
        if (text != null) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            bytes(utf8, 0, utf8.length);
        }
    }

    /** Writes a constant of an enum, or its absence. */
    public void constant(@Nullable Enum<?> constant) {
        number(constant == null ? -1 : constant.ordinal());
    }

    /** What was written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }
}
