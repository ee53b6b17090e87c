package io.phaseline.fuzz;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Arrays;

/**
 * What code does, counted: {@link CountingLoader} has it call this. A unit is a method called, a loop gone round once
 * more, or a byte, character or element that the JDK copies, compares or fills. Between two of them no code does more
 * than it has instructions, so what it examines is at most a constant times as much.
 *
 * <p>The methods that bear a name of the JDK stand in for the JDK's own: same arguments, the receiver first. One thread.
 */
public final class Work {
    private static long units;
    private static long limit = Long.MAX_VALUE;

    private Work() {}

    /** More work than was allowed. */
    static final class Excess extends Error {
        private static final long serialVersionUID = 1;

        Excess() {
            super("more than " + limit + " units of work");
        }
    }

    /** The units of what runs; ended as soon as it takes more than {@code most}. */
    static long of(Runnable action, long most) {
        units = 0;
        limit = most;
        try {
            action.run();
            return units;
        } finally {
            limit = Long.MAX_VALUE;
        }
    }

    public static void step() {
        add(1);
    }

    public static void add(int more) {
        units += more;
        if (units > limit) {
            throw new Excess();
        }
    }

    /** What stands on the stack before text is made of bytes. */
    public static void text(int bytes, Charset charset) {
        add(bytes);
    }

    public static void arraycopy(Object from, int start, Object to, int target, int length) {
        add(length);
        System.arraycopy(from, start, to, target, length);
    }

    public static byte[] copyOf(byte[] bytes, int length) {
        add(length);
        return Arrays.copyOf(bytes, length);
    }

    public static char[] copyOf(char[] chars, int length) {
        add(length);
        return Arrays.copyOf(chars, length);
    }

    public static int[] copyOf(int[] ints, int length) {
        add(length);
        return Arrays.copyOf(ints, length);
    }

    public static long[] copyOf(long[] longs, int length) {
        add(length);
        return Arrays.copyOf(longs, length);
    }

    public static Object[] copyOf(Object[] objects, int length) {
        add(length);
        return Arrays.copyOf(objects, length);
    }

    public static byte[] copyOfRange(byte[] bytes, int start, int end) {
        add(end - start);
        return Arrays.copyOfRange(bytes, start, end);
    }

    public static char[] copyOfRange(char[] chars, int start, int end) {
        add(end - start);
        return Arrays.copyOfRange(chars, start, end);
    }

    public static void fill(byte[] bytes, int start, int end, byte value) {
        add(end - start);
        Arrays.fill(bytes, start, end, value);
    }

    public static void fill(int[] ints, int value) {
        add(ints.length);
        Arrays.fill(ints, value);
    }

    public static void fill(long[] longs, long value) {
        add(longs.length);
        Arrays.fill(longs, value);
    }

    public static void fill(Object[] objects, Object value) {
        add(objects.length);
        Arrays.fill(objects, value);
    }

    public static int hashCode(long[] longs) {
        add(longs.length);
        return Arrays.hashCode(longs);
    }

    public static int mismatch(byte[] a, int aStart, int aEnd, byte[] b, int bStart, int bEnd) {
        int found = Arrays.mismatch(a, aStart, aEnd, b, bStart, bEnd);
        add(found < 0 ? aEnd - aStart : found);
        return found;
    }

    public static boolean equals(byte[] a, int aStart, int aEnd, byte[] b, int bStart, int bEnd) {
        if (aEnd - aStart == bEnd - bStart) {
            mismatch(a, aStart, aEnd, b, bStart, bEnd);
        }
        return Arrays.equals(a, aStart, aEnd, b, bStart, bEnd);
    }

    public static int mismatch(ByteBuffer a, ByteBuffer b) {
        int found = a.mismatch(b);
        add(found < 0 ? a.remaining() : found);
        return found;
    }

    public static ByteBuffer get(ByteBuffer from, int index, byte[] to, int start, int length) {
        add(length);
        return from.get(index, to, start, length);
    }

    public static ByteBuffer put(ByteBuffer to, byte[] from, int start, int length) {
        add(length);
        return to.put(from, start, length);
    }

    public static boolean equals(String text, Object other) {
        add(text.length());
        return text.equals(other);
    }

    public static byte[] getBytes(String text, Charset charset) {
        add(text.length());
        return text.getBytes(charset);
    }

    public static void getChars(String text, int start, int end, char[] to, int target) {
        add(end - start);
        text.getChars(start, end, to, target);
    }

    public static StringBuilder append(StringBuilder builder, String text) {
        add(String.valueOf(text).length());
        return builder.append(text);
    }

    public static String toString(StringBuilder builder) {
        add(builder.length());
        return builder.toString();
    }
}
