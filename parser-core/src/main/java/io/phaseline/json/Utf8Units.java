package io.phaseline.json;

/** Writes UTF-16 units as UTF-8; a lone surrogate as three bytes. */
final class Utf8Units {
    private Utf8Units() {}

    /** Writes a unit and answers where the next one goes. */
    static int put(byte[] out, int at, int unit) {
        int n = at;
        if (unit < 0x80) {
            out[n++] = (byte) unit;
        } else if (unit < 0x800) {
            out[n++] = (byte) (0xC0 | unit >> 6);
            out[n++] = (byte) (0x80 | unit & 0x3F);
        } else {
            out[n++] = (byte) (0xE0 | unit >> 12);
            out[n++] = (byte) (0x80 | unit >> 6 & 0x3F);
            out[n++] = (byte) (0x80 | unit & 0x3F);
        }
        return n;
    }

    /** Writes a surrogate pair and answers where the next unit goes. */
    static int putPair(byte[] out, int at, char high, char low) {
        int codePoint = Character.toCodePoint(high, low);
        out[at] = (byte) (0xF0 | codePoint >> 18);
        out[at + 1] = (byte) (0x80 | codePoint >> 12 & 0x3F);
        out[at + 2] = (byte) (0x80 | codePoint >> 6 & 0x3F);
        out[at + 3] = (byte) (0x80 | codePoint & 0x3F);
        return at + 4;
    }
}
