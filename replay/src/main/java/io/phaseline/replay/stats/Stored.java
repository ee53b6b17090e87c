package io.phaseline.replay.stats;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How values are stored that {@link DataOutput} has no form of its own for. */
final class Stored {
    /** Longer texts and lists are not ours, in UTF-16 units or entries. */
    private static final int MAX_LENGTH = 1 << 24;

    private Stored() {}

    /** Writes one entry of a list. */
    interface Writer<T> {
        void write(DataOutput out, T value) throws IOException;
    }

    /** Reads one entry of a list. */
    interface Reader<T> {
        T read(DataInput in) throws IOException;
    }

    /** UTF-16 units: also what is no well-formed text, as names of files may be, comes back as it was. */
    static void text(DataOutput out, String text) throws IOException {
        out.writeInt(text.length());
        out.writeChars(text);
    }

    static String text(DataInput in) throws IOException {
        byte[] units = new byte[2 * count(in, MAX_LENGTH)];
        in.readFully(units);
        return ByteBuffer.wrap(units).asCharBuffer().toString();
    }

    static void textOrNull(DataOutput out, @Nullable String text) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            text(out, text);
        }
    }

    static @Nullable String textOrNull(DataInput in) throws IOException {
        return in.readBoolean() ? text(in) : null;
    }

    static void constant(DataOutput out, @Nullable Enum<?> constant) throws IOException {
        out.writeByte(constant == null ? -1 : constant.ordinal());
    }

    static <E extends Enum<E>> @Nullable E constantOrNull(DataInput in, Class<E> type) throws IOException {
        int ordinal = in.readByte();
        E[] constants = type.getEnumConstants();
        if (ordinal >= constants.length) {
            throw new IOException("not one of " + type.getSimpleName() + ": " + ordinal);
        }
        return ordinal < 0 ? null : constants[ordinal];
    }

    static <E extends Enum<E>> E constant(DataInput in, Class<E> type) throws IOException {
        E constant = constantOrNull(in, type);
        if (constant == null) {
            throw new IOException("no " + type.getSimpleName());
        }
        return constant;
    }

    static <T> void list(DataOutput out, List<T> list, Writer<T> writer) throws IOException {
        out.writeInt(list.size());
        for (T value : list) {
            writer.write(out, value);
        }
    }

    static <T> List<T> list(DataInput in, Reader<T> reader) throws IOException {
        int size = count(in, MAX_LENGTH);
        List<T> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(reader.read(in));
        }
        return List.copyOf(list);
    }

    static void bytes(DataOutput out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static byte[] bytes(DataInput in) throws IOException {
        byte[] bytes = new byte[count(in, MAX_LENGTH)];
        in.readFully(bytes);
        return bytes;
    }

    static void longs(DataOutput out, long[] values) throws IOException {
        for (long value : values) {
            out.writeLong(value);
        }
    }

    static void longs(DataInput in, long[] target) throws IOException {
        for (int i = 0; i < target.length; i++) {
            target[i] = in.readLong();
        }
    }

    static <E extends Enum<E>, P extends Part<P>> void map(DataOutput out, Map<E, P> map) throws IOException {
        out.writeInt(map.size());
        for (Map.Entry<E, P> entry : map.entrySet()) {
            constant(out, entry.getKey());
            entry.getValue().write(out);
        }
    }

    static <E extends Enum<E>, P extends Part<P>> void map(
            DataInput in, Map<E, P> target, Class<E> type, Supplier<P> empty) throws IOException {
        int size = count(in, type.getEnumConstants().length);
        for (int i = 0; i < size; i++) {
            E key = constant(in, type);
            P part = empty.get();
            part.read(in);
            target.put(key, part);
        }
    }

    static int count(DataInput in, int max) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > max) {
            throw new IOException("a count of " + count + " where at most " + max + " can stand");
        }
        return count;
    }
}
