package io.phaseline.benchmarks.contender;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Every code as it was last seen, and what is new about it: the difference that a peer has to take by itself. */
final class Codes {
    private static final class Code {
        char[] text = {};
        int length;
        String string = "";
    }

    private final List<Code> codes = new ArrayList<>();
    private int count;

    void clear() {
        for (int i = 0; i < count; i++) {
            codes.get(i).length = 0;
            codes.get(i).string = "";
        }
        count = 0;
    }

    int count() {
        return count;
    }

    long chars() {
        long chars = 0;
        for (int i = 0; i < count; i++) {
            chars += codes.get(i).length;
        }
        return chars;
    }

    private Code at(int index) {
        while (count <= index) {
            if (codes.size() == count) {
                codes.add(new Code());
            }
            count++;
        }
        return codes.get(index);
    }

    /** Where the news begins in this snapshot of a code: its length if nothing is new, 0 for a new or replaced one. */
    int see(int index, String now) {
        Code code = at(index);
        String last = code.string;
        if (last.equals(now)) {
            return now.length();
        }
        code.string = now;
        code.length = now.length();
        return now.startsWith(last) ? last.length() : 0;
    }

    /** The same for characters that lie in a parser's buffer. */
    int see(int index, char[] from, int offset, int length) {
        Code code = at(index);
        int known = code.length;
        int same = Arrays.mismatch(code.text, 0, known, from, offset, offset + length);
        if (same < 0) {
            return length;
        }
        if (code.text.length < length) {
            code.text = new char[Math.max(length, 2 * code.text.length)];
        }
        System.arraycopy(from, offset, code.text, 0, length);
        code.length = length;
        return same == known ? known : 0;
    }

    /** Our own parser tells the difference; only the length remains to be counted. */
    void append(int index, int length) {
        at(index).length += length;
    }

    void replace(int index, int length) {
        at(index).length = length;
    }
}
