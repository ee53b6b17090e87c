package io.phaseline.bytes;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Compares runs of bytes: short ones by words, long ones by the JDK's vector code. */
public final class Runs {
    /** Below this many bytes a call of the JDK's costs more than it saves. */
    private static final int SHORT = 64;

    /** How many bytes {@link #copySmall} copies. */
    public static final int SMALL_COPY = 16;

    private Runs() {}

    /**
     * Copies {@link #SMALL_COPY} bytes, without a loop.
     *
     * @param from the array
     * @param i the first of them
     * @param to where to
     * @param j the first byte written
     */
    public static void copySmall(byte[] from, int i, byte[] to, int j) {
        Swar.put(to, j, Swar.longAt(from, i));
        Swar.put(to, j + Long.BYTES, Swar.longAt(from, i + Long.BYTES));
    }

    /**
     * Finds the first difference of two runs.
     *
     * @param a the first array
     * @param i where its run begins
     * @param b the second array
     * @param j where its run begins
     * @param length how long the runs are, within both arrays
     * @return how many bytes at the start are the same; {@code length} if all are
     */
    public static int same(byte[] a, int i, byte[] b, int j, int length) {
        if (length >= SHORT) {
            int found = Arrays.mismatch(a, i, i + length, b, j, j + length);
            return found < 0 ? length : found;
        }
        int k = 0;
        int lastWord = length - Long.BYTES;
        for (; k <= lastWord; k += Long.BYTES) {
            long difference = Swar.longAt(a, i + k) ^ Swar.longAt(b, j + k);
            if (difference != 0) {
                return k + (Long.numberOfTrailingZeros(difference) >>> 3);
            }
        }
        if (k < length && length >= Long.BYTES) {
            // The last word once more, up to the end of the run: the bytes before k are known to be the same.
            k = lastWord;
            long difference = Swar.longAt(a, i + k) ^ Swar.longAt(b, j + k);
            return difference == 0 ? length : k + (Long.numberOfTrailingZeros(difference) >>> 3);
        }
        while (k < length && a[i + k] == b[j + k]) {
            k++;
        }
        return k;
    }

    /**
     * Tells whether two runs are the same; quicker than to ask where they differ.
     *
     * @param a the first array
     * @param i where its run begins
     * @param b the second array
     * @param j where its run begins
     * @param length how long the runs are, within both arrays
     * @return true if all bytes are the same
     */
    public static boolean areSame(byte[] a, int i, byte[] b, int j, int length) {
        if (length >= SHORT) {
            return Arrays.mismatch(a, i, i + length, b, j, j + length) < 0;
        }
        if (length < Long.BYTES) {
            for (int k = 0; k < length; k++) {
                if (a[i + k] != b[j + k]) {
                    return false;
                }
            }
            return true;
        }
        // From both ends, so that the words may overlap: what a loop costs before it begins is more than it does here.
        int k = i + length;
        int l = j + length;
        long differences = Swar.longAt(a, i) ^ Swar.longAt(b, j) | Swar.longAt(a, k - 8) ^ Swar.longAt(b, l - 8);
        if (length > 16) {
            differences |=
                    Swar.longAt(a, i + 8) ^ Swar.longAt(b, j + 8) | Swar.longAt(a, k - 16) ^ Swar.longAt(b, l - 16);
        }
        if (length > 32) {
            differences |= Swar.longAt(a, i + 16) ^ Swar.longAt(b, j + 16)
                    | Swar.longAt(a, i + 24) ^ Swar.longAt(b, j + 24)
                    | Swar.longAt(a, k - 24) ^ Swar.longAt(b, l - 24)
                    | Swar.longAt(a, k - 32) ^ Swar.longAt(b, l - 32);
        }
        return differences == 0;
    }

    /**
     * Finds the first difference of a buffer's run and an array's.
     *
     * @param a the buffer; its position and limit are moved within the call
     * @param i where its run begins, by absolute index
     * @param b the array
     * @param view a view of the whole array
     * @param j where its run begins
     * @param length how long the runs are, within both
     * @return how many bytes at the start are the same; {@code length} if all are
     */
    public static int same(ByteBuffer a, int i, byte[] b, ByteBuffer view, int j, int length) {
        if (length >= SHORT) {
            return sameByVector(a, i, view, j, length);
        }
        int k = 0;
        for (; k <= length - Long.BYTES; k += Long.BYTES) {
            long difference = Swar.longAt(a, i + k) ^ Swar.longAt(b, j + k);
            if (difference != 0) {
                return k + (Long.numberOfTrailingZeros(difference) >>> 3);
            }
        }
        while (k < length && a.get(i + k) == b[j + k]) {
            k++;
        }
        return k;
    }

    private static int sameByVector(ByteBuffer a, int i, ByteBuffer b, int j, int length) {
        int position = a.position();
        int limit = a.limit();
        a.limit(i + length).position(i);
        b.limit(j + length).position(j);
        int found = a.mismatch(b);
        a.limit(limit).position(position);
        return found < 0 ? length : found;
    }
}
