package io.phaseline.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The member names met before, so that a name costs no new string and mostly no search.
 *
 * <p>The texts of a stream are much alike: the name that stood in this place of the text before is compared first,
 * together with its quotes and the colon behind it, eight bytes at a time. Only if that fails, the name's end is searched
 * for and the name looked up.
 */
final class NameCache {
    /** Names of one text whose places are remembered; in longer texts, two places share one. */
    private static final int PLACES = 64;

    private static final int SLOTS = 256;
    private static final int SLOTS_PER_NAME = 4;
    private static final int LONGEST_NAME = 64;

    /** So many names are the same objects as the literals they are compared with; a stream may hold any number. */
    private static final int INTERNED_NAMES = 256;

    /** A name as it stands in a text. */
    private static final class Name {
        final String text;
        /** The name between its quotes, and the colon. */
        final byte[] token;
        /** So many bytes are read when a token is compared: all of it, and at least a word. */
        private final int reach;

        private final long first;
        private final long firstMask;
        private final long last;

        Name(byte[] bytes, int from, int to, boolean intern) {
            String decoded = new String(bytes, from, to - from, StandardCharsets.UTF_8);
            text = intern ? decoded.intern() : decoded;
            token = new byte[to - from + 3];
            token[0] = '"';
            System.arraycopy(bytes, from, token, 1, to - from);
            token[token.length - 2] = '"';
            token[token.length - 1] = ':';
            reach = Math.max(Long.BYTES, token.length);
            first = Words.upTo(token, 0, token.length);
            firstMask = Words.lowest(Math.min(Long.BYTES, token.length));
            last = Words.upTo(token, Math.max(0, token.length - Long.BYTES), token.length);
        }

        /** Whether the token stands there: false may also mean that it is not worth finding out. */
        boolean isTokenAt(byte[] bytes, int from, int end) {
            if (from + reach > end || (Words.at(bytes, from) & firstMask) != first) {
                return false;
            }
            int size = token.length;
            if (size <= Long.BYTES) {
                return true;
            }
            if (Words.at(bytes, from + size - Long.BYTES) != last) {
                return false;
            }
            for (int i = Long.BYTES; i < size - Long.BYTES; i += Long.BYTES) {
                if (Words.at(bytes, from + i) != Words.at(token, i)) {
                    return false;
                }
            }
            return true;
        }

        boolean isNameAt(byte[] bytes, int from, int to) {
            return Arrays.equals(token, 1, token.length - 2, bytes, from, to);
        }
    }

    private final @Nullable Name[] slots = new Name[SLOTS + SLOTS_PER_NAME];
    private final @Nullable Name[] trace = new Name[PLACES];
    private int nextSlot;
    private int interned;
    /** How many names of the text were met. */
    private int met;

    /** The name at hand if it is in no place. */
    private @Nullable String other;

    /** Begins a text. */
    void begin() {
        met = 0;
    }

    /** Takes the name that is expected next if its opening quote is there: answers where its value may begin, or -1. */
    int expected(byte[] bytes, int from, int end) {
        Name name = trace[met & PLACES - 1];
        if (name == null || !name.isTokenAt(bytes, from, end)) {
            return -1;
        }
        met++;
        other = null;
        return from + name.token.length;
    }

    /** Takes the name that lies there. */
    void lookUp(byte[] bytes, int from, int to) {
        if (to - from > LONGEST_NAME) {
            take(new String(bytes, from, to - from, StandardCharsets.UTF_8));
            return;
        }
        trace[met & PLACES - 1] = nameAt(bytes, from, to);
        met++;
        other = null;
    }

    private Name nameAt(byte[] bytes, int from, int to) {
        int slot = slotOf(bytes, from, to);
        for (int i = slot; i < slot + SLOTS_PER_NAME; i++) {
            Name known = slots[i];
            if (known != null && known.isNameAt(bytes, from, to)) {
                return known;
            }
        }
        boolean intern = interned < INTERNED_NAMES;
        interned += intern ? 1 : 0;
        Name name = new Name(bytes, from, to, intern);
        slots[slot + nextSlot] = name;
        nextSlot = nextSlot + 1 & SLOTS_PER_NAME - 1;
        return name;
    }

    private static int slotOf(byte[] bytes, int from, int to) {
        long first = Words.upTo(bytes, from, to);
        long last = Words.upTo(bytes, Math.max(from, to - Long.BYTES), to);
        long hash = (first ^ Long.rotateLeft(last, 29) ^ to - from) * 0x9E3779B97F4A7C15L;
        return (int) (hash >>> 56) & SLOTS - 1;
    }

    /** Takes a name that is not remembered. */
    void take(String name) {
        met++;
        other = name;
    }

    /** The name taken at last. */
    String name() {
        String unremembered = other;
        if (unremembered != null) {
            return unremembered;
        }
        Name name = trace[met - 1 & PLACES - 1];
        return name == null ? "" : name.text;
    }
}
