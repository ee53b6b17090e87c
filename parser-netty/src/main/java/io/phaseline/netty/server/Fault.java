package io.phaseline.netty.server;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong with a reply, and where. Written {@code KIND@FRAME}, as in {@code reset@3}. A fault at a frame that a
 * capture does not have never happens.
 *
 * @param kind what goes wrong
 * @param frame at which frame, from 1
 */
public record Fault(Kind kind, int frame) {
    /** What can go wrong. Frames in front of the fault are sent as they are. */
    public enum Kind {
        /** The connection is reset (HTTP/2: the stream) when half of the frame was sent. */
        RESET,
        /** Half of the frame is sent, then nothing more; the connection stays open. */
        STALL,
        /** An error frame as the dialect writes it stands in the frame's place and is the last. */
        ERROR,
        /** The payload of the frame breaks off in the middle; what follows is sent as it is. */
        MALFORMED,
        /** The body ends, as a whole body does, in front of the frame. */
        CUT,
        /** From this frame on {@code [DONE]} is left out; nothing happens to a capture that has none. */
        NO_DONE,
        /** The frame never ends: after half of it come bytes without a line end for as long as the client reads. */
        ENDLESS,
        /**
         * Not the frame but the server: as many of its first requests as this number are answered with status 503 and
         * {@code Retry-After: 0}.
         */
        UNAVAILABLE;

        /**
         * How it is written.
         *
         * @return lower case, words joined by hyphens
         */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Checks the frame.
     *
     * @param kind as above
     * @param frame as above
     * @throws IllegalArgumentException if there is no such frame
     */
    public Fault {
        if (frame < 1) {
            throw new IllegalArgumentException("frames are counted from 1: " + frame);
        }
    }

    /**
     * Reads a fault as a request or a command line writes it.
     *
     * @param text {@code KIND@FRAME}
     * @return the fault
     * @throws IllegalArgumentException if it is none
     */
    public static Fault parse(String text) {
        int at = text.indexOf('@');
        Kind kind = at < 0 ? null : kindOf(text.substring(0, at));
        if (kind == null) {
            throw new IllegalArgumentException("'" + text + "' is no fault: KIND@FRAME, where KIND is "
                    + Arrays.stream(Kind.values()).map(Kind::word).collect(Collectors.joining(", ")));
        }
        try {
            return new Fault(kind, Integer.parseInt(text.substring(at + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "': '" + text.substring(at + 1) + "' is no frame", e);
        }
    }

    private static @Nullable Kind kindOf(String word) {
        for (Kind kind : Kind.values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return kind.word() + "@" + frame;
    }
}
