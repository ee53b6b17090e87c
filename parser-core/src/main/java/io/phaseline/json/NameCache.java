package io.phaseline.json;

import io.phaseline.bytes.StringEnds;
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

    /** Far more than names, so that nearly all are found where they are looked for first. */
    private static final int SLOTS = 1024;

    private static final int SLOTS_PER_NAME = 4;
    private static final int LONGEST_NAME = 64;

    /** So many names are the same objects as the literals they are compared with; a stream may hold any number. */
    private static final int INTERNED_NAMES = 256;

    /** A name below this length is found and looked up by three words. */
    private static final int QUICK = 3 * Long.BYTES;

    /** After so many wrong guesses in a row no more names are guessed. */
    private static final int PATIENCE = 32;

    /** Once in so many texts a few names are guessed all the same. */
    private static final int PAUSE = 64;

    private static final int RETRIES = 8;

    private static final byte[] NO_BYTES = {};
    private static final Name NONE = new Name("");

    /** A name as it stands in a text. */
    private static final class Name {
        final String text;
        final Member member;
        /** The name between its quotes, and the colon. */
        final byte[] token;
        /** So many bytes are read when a token is compared: all of it, and at least a word. */
        private final int reach;

        private final long first;
        private final long firstMask;
        private final long last;

        // The first bytes of the name itself; those behind its end are 0, which is in no name.
        private final long key0;
        private final long key1;
        private final long key2;

        Name(byte[] bytes, int from, int to, boolean intern) {
            String decoded = new String(bytes, from, to - from, StandardCharsets.UTF_8);
            text = intern ? decoded.intern() : decoded;
            member = Member.of(text);
            token = new byte[to - from + 3];
            token[0] = '"';
            System.arraycopy(bytes, from, token, 1, to - from);
            token[token.length - 2] = '"';
            token[token.length - 1] = ':';
            reach = Math.max(Long.BYTES, token.length);
            first = Words.upTo(token, 0, token.length);
            firstMask = Words.lowest(Math.min(Long.BYTES, token.length));
            last = Words.upTo(token, Math.max(0, token.length - Long.BYTES), token.length);
            key0 = Words.upTo(bytes, from, to);
            key1 = Words.upTo(bytes, from + Long.BYTES, to);
            key2 = Words.upTo(bytes, from + 2 * Long.BYTES, to);
        }

        /** A name that is not remembered. */
        Name(String text) {
            this.text = text;
            member = Member.of(text);
            token = NO_BYTES;
            reach = 0;
            first = 0;
            firstMask = 0;
            last = 0;
            key0 = 0;
            key1 = 0;
            key2 = 0;
        }

        boolean hasKey(long word0, long word1, long word2) {
            return ((word0 ^ key0) | (word1 ^ key1) | (word2 ^ key2)) == 0;
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

    /** How many guesses were wrong since one was right. */
    private int misses;

    private int texts;

    private Name current = NONE;

    /** Begins a text. */
    void begin() {
        met = 0;
        if (misses >= PATIENCE && ++texts >= PAUSE) {
            texts = 0;
            misses = PATIENCE - RETRIES;
        }
    }

    /** Whether the names of the text before are worth a comparison: where nothing repeats, each would be a wrong guess. */
    boolean isGuessing() {
        return misses < PATIENCE;
    }

    /** Takes the name that is expected next if its opening quote is there: answers where its value may begin, or -1. */
    int expected(byte[] bytes, int from, int end) {
        Name name = trace[met & PLACES - 1];
        if (name == null || !name.isTokenAt(bytes, from, end)) {
            misses++;
            return -1;
        }
        misses = 0;
        met++;
        current = name;
        return from + name.token.length;
    }

    /**
     * Takes a short name that is known, without a loop or a branch that its length decides.
     *
     * @param from behind its opening quote
     * @return where its closing quote is, or -1 if the name has to be searched for and looked up
     */
    int quick(byte[] bytes, int from, int end) {
        if (from + QUICK > bytes.length) {
            return -1;
        }
        long word0 = Words.at(bytes, from);
        long word1 = Words.at(bytes, from + Long.BYTES);
        long word2 = Words.at(bytes, from + 2 * Long.BYTES);
        long ends0 = StringEnds.in(word0);
        long ends1 = StringEnds.in(word1);
        long ends2 = StringEnds.in(word2);
        // A word counts if the ones before it hold no end: 0 or all bits.
        int length = Long.numberOfTrailingZeros(ends0) >>> 3;
        long goesOn = -(long) (length >>> 3);
        word0 &= Words.below(ends0);
        word1 &= Words.below(ends1) & goesOn;
        length += Long.numberOfTrailingZeros(ends1) >>> 3 & (int) goesOn;
        goesOn = -(long) (length >>> 4);
        word2 &= Words.below(ends2) & goesOn;
        length += Long.numberOfTrailingZeros(ends2) >>> 3 & (int) goesOn;
        int to = from + length;
        if (length == QUICK || to >= end || bytes[to] != '"') {
            return -1;
        }
        int slot = slotOf(word0, word1, word2);
        for (int i = slot; i < slot + SLOTS_PER_NAME; i++) {
            Name known = slots[i];
            if (known == null) {
                return -1;
            }
            if (known.hasKey(word0, word1, word2)) {
                meet(known);
                return to;
            }
        }
        return -1;
    }

    private void meet(Name name) {
        trace[met & PLACES - 1] = name;
        met++;
        current = name;
    }

    /** Takes the name that lies there. */
    void lookUp(byte[] bytes, int from, int to) {
        if (to - from > LONGEST_NAME) {
            take(new String(bytes, from, to - from, StandardCharsets.UTF_8));
        } else {
            meet(nameAt(bytes, from, to));
        }
    }

    private Name nameAt(byte[] bytes, int from, int to) {
        int slot = slotOf(
                Words.upTo(bytes, from, to),
                Words.upTo(bytes, from + Long.BYTES, to),
                Words.upTo(bytes, from + 2 * Long.BYTES, to));
        int free = slot;
        while (free < slot + SLOTS_PER_NAME) {
            Name known = slots[free];
            if (known == null) {
                break;
            }
            if (known.isNameAt(bytes, from, to)) {
                return known;
            }
            free++;
        }
        if (free == slot + SLOTS_PER_NAME) {
            free = slot + nextSlot;
            nextSlot = nextSlot + 1 & SLOTS_PER_NAME - 1;
        }
        boolean intern = interned < INTERNED_NAMES;
        interned += intern ? 1 : 0;
        Name name = new Name(bytes, from, to, intern);
        slots[free] = name;
        return name;
    }

    private static int slotOf(long word0, long word1, long word2) {
        long hash = (word0 ^ Long.rotateLeft(word1, 29) ^ Long.rotateLeft(word2, 47)) * 0x9E3779B97F4A7C15L;
        return (int) (hash >>> 54) & SLOTS - 1;
    }

    /** Takes a name that is not remembered. */
    void take(String name) {
        met++;
        current = new Name(name);
    }

    /** The name taken at last. */
    String name() {
        return current.text;
    }

    /** What the name taken at last is to the dialects. */
    Member member() {
        return current.member;
    }
}
