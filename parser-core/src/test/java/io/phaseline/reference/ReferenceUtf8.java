package io.phaseline.reference;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The UTF-8 decoder of the WHATWG Encoding standard, with its variables under their own names.
 *
 * @see <a href="https://encoding.spec.whatwg.org/#utf-8-decoder">Encoding, UTF-8 decoder</a>
 */
public final class ReferenceUtf8 {
    private ReferenceUtf8() {}

    public static String decode(byte[] bytes, int start, int end) {
        StringBuilder text = new StringBuilder();
        int codePoint = 0;
        int bytesSeen = 0;
        int bytesNeeded = 0;
        int lowerBoundary = 0x80;
        int upperBoundary = 0xBF;
        int i = start;
        while (true) {
            if (i == end) {
                if (bytesNeeded != 0) {
                    text.append('\uFFFD');
                }
                return text.toString();
            }
            int b = bytes[i++] & 0xFF;
            if (bytesNeeded == 0) {
                if (b <= 0x7F) {
                    text.append((char) b);
                } else if (b >= 0xC2 && b <= 0xDF) {
                    bytesNeeded = 1;
                    codePoint = b & 0x1F;
                } else if (b >= 0xE0 && b <= 0xEF) {
                    if (b == 0xE0) {
                        lowerBoundary = 0xA0;
                    }
                    if (b == 0xED) {
                        upperBoundary = 0x9F;
                    }
                    bytesNeeded = 2;
                    codePoint = b & 0xF;
                } else if (b >= 0xF0 && b <= 0xF4) {
                    if (b == 0xF0) {
                        lowerBoundary = 0x90;
                    }
                    if (b == 0xF4) {
                        upperBoundary = 0x8F;
                    }
                    bytesNeeded = 3;
                    codePoint = b & 0x7;
                } else {
                    text.append('\uFFFD');
                }
                continue;
            }
            boolean inRange = b >= lowerBoundary && b <= upperBoundary;
            lowerBoundary = 0x80;
            upperBoundary = 0xBF;
            if (!inRange) {
                codePoint = 0;
                bytesNeeded = 0;
                bytesSeen = 0;
                // "Restore byte to ioQueue": it is read again as the first byte of something else.
                i--;
                text.append('\uFFFD');
                continue;
            }
            codePoint = (codePoint << 6) | (b & 0x3F);
            bytesSeen++;
            if (bytesSeen == bytesNeeded) {
                text.appendCodePoint(codePoint);
                codePoint = 0;
                bytesNeeded = 0;
                bytesSeen = 0;
            }
        }
    }

    /** UTF-8, in which a lone surrogate stands as three bytes. */
    public static byte[] encodeWithLoneSurrogates(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        text.codePoints().forEach(c -> {
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                out.write(0xE0 | c >> 12);
                out.write(0x80 | c >> 6 & 0x3F);
                out.write(0x80 | c & 0x3F);
            } else {
                out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            }
        });
        return out.toByteArray();
    }
}
