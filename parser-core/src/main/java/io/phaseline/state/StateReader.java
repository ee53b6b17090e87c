package io.phaseline.state;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a {@link StateWriter} wrote. Bytes that are no state are refused by {@link IllegalArgumentException}; no
 * length in them is believed beyond the bytes that are there.
 */
public final class StateReader {
    private final byte[] bytes;
    private int position;

    /** Begins at the first byte. */
    public StateReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The exception for bytes that are no state. */
    public static IllegalArgumentException damaged() {
        return new IllegalArgumentException("not a snapshot of this version of Phaseline, or a damaged one");
    }

    /** Reads a number. */
    public long number() {
        long rest = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (position == bytes.length) {
                throw damaged();
            }
            byte b = bytes[position++];
            rest |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return rest >>> 1 ^ -(rest & 1);
            }
        }
        throw damaged();
    }

    /** Reads a number that lies in a range. */
    public int number(int least, int most) {
        long value = number();
        if (value < least || value > most) {
            throw damaged();
        }
        return (int) value;
    }

    /** Reads how many things follow, each of which takes at least one byte. */
    public int count() {
        int count = number(0, Integer.MAX_VALUE);
        if (count > bytes.length - position) {
            throw damaged();
        }
        return count;
    }

    /** Reads eight bytes as they are. */
    public long word() {
        if (bytes.length - position < Long.BYTES) {
            throw damaged();
        }
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value |= (bytes[position++] & 0xFFL) << 8 * i;
        }
        return value;
    }

    /** Reads a truth value. */
    public boolean flag() {
        return number(0, 1) == 1;
    }

    /** Reads a run of bytes. */
    public byte[] bytes() {
        int count = count();
        position += count;
        return Arrays.copyOfRange(bytes, position - count, position);
    }

    /** Reads a text or its absence. */
    public @Nullable String text() {
        return flag() ? new String(bytes(), StandardCharsets.UTF_8) : null;
    }

    /** Reads a text that must be there. */
    public String requiredText() {
        String text = text();
        if (text == null) {
            throw damaged();
        }
        return text;
    }

    /** Reads a constant of an enum, or its absence. */
    public <E extends Enum<E>> @Nullable E constant(Class<E> type) {
        E[] constants = type.getEnumConstants();
        int ordinal = number(-1, constants.length - 1);
        return ordinal < 0 ? null : constants[ordinal];
    }

    /** Checks that nothing is left. */
    public void end() {
        if (position != bytes.length) {
            throw damaged();
        }
    }
}
