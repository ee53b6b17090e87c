package io.phaseline.bytes;

/** One UTF-8 sequence, looked at as four bytes in one little-endian number. */
final class Utf8Sequence {
    private Utf8Sequence() {}

    /**
     * The length of the sequence that the lowest byte begins: positive if well-formed, else minus the length of the
     * maximal subpart that one U+FFFD stands for.
     *
     * @param word the bytes, of which those behind the text's end are 0
     */
    static int length(int word) {
        if ((word & 0xC0C0F0) == 0x8080E0) {
            // Nearly all that is not ASCII. The first two bytes tell an overlong form (E0 80..9F) and a surrogate
            // (ED A0..BF), by the four bits of the one and the highest bit that is free in the other.
            int lead = word & 0x200F;
            return lead != 0 && lead != 0x200D ? 3 : -1;
        }
        if ((word & 0x80) == 0) {
            return 1;
        }
        if ((word & 0xC0E0) == 0x80C0) {
            return (word & 0x1E) != 0 ? 2 : -1;
        }
        if ((word & 0xC0C0C0F8) == 0x808080F0 && isPlane(word)) {
            return 4;
        }
        return -brokenLength(word);
    }

    /** Whether the first two bytes, {@code F0..F7 80..BF}, belong to a plane from 1 to 16. */
    private static boolean isPlane(int word) {
        int plane = (word & 0x07) << 2 | word >> 12 & 0x03;
        return plane >= 1 && plane <= 16;
    }

    /** The maximal subpart of a sequence known to be ill-formed: as far as it could have become a good one. */
    private static int brokenLength(int word) {
        int lead = word & 0xFF;
        int second = word >> 8 & 0xFF;
        boolean three = lead >= 0xE0 && lead <= 0xEF;
        boolean four = lead >= 0xF0 && lead <= 0xF4;
        if (!three && !four || (second & 0xC0) != 0x80) {
            return 1;
        }
        boolean mayGoOn = three ? lead == 0xE0 ? second >= 0xA0 : lead != 0xED || second <= 0x9F : isPlane(word);
        if (!mayGoOn) {
            return 1;
        }
        // Of three bytes it is the last that is wrong; of four, the third or the last.
        return three || (word >> 16 & 0xC0) != 0x80 ? 2 : 3;
    }
}
