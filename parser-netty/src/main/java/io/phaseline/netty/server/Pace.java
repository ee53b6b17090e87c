package io.phaseline.netty.server;

/**
 * When the bytes of a capture are sent.
 *
 * @param kind by what
 * @param tokensPerSecond how many tokens go out in a second, above 0; without meaning for the other kinds, and 0 there
 */
public record Pace(Kind kind, double tokensPerSecond) {
    /** What tells the time. */
    public enum Kind {
        /** Nothing: frame after frame, as fast as the client reads. */
        AT_ONCE,
        /** The times that were recorded beside the capture. */
        RECORDED,
        /**
         * The tokens in the frames: a frame is sent when its tokens have been produced. They are counted as the server
         * did: where the usage grows from frame to frame (DashScope), by its growth; else the capture's output tokens
         * are spread evenly over the frames that carry text; where there is no usage, a frame with text is one token.
         */
        TOKENS
    }

    /** As fast as the client reads. */
    public static final Pace AT_ONCE = new Pace(Kind.AT_ONCE, 0);

    /** As recorded. */
    public static final Pace RECORDED = new Pace(Kind.RECORDED, 0);

    /**
     * Checks the rate.
     *
     * @param kind as above
     * @param tokensPerSecond as above
     * @throws IllegalArgumentException if there is no such rate
     */
    public Pace {
        boolean hasRate = tokensPerSecond > 0 && Double.isFinite(tokensPerSecond);
        if (kind == Kind.TOKENS ? !hasRate : tokensPerSecond != 0) {
            throw new IllegalArgumentException("not a number of tokens per second: " + tokensPerSecond);
        }
    }

    /**
     * A pace in tokens.
     *
     * @param perSecond how many, above 0
     * @return the pace
     * @throws IllegalArgumentException if there is no such rate
     */
    public static Pace tokensPerSecond(double perSecond) {
        return new Pace(Kind.TOKENS, perSecond);
    }

    /**
     * Reads a pace as a request or a command line writes it.
     *
     * @param text {@code at-once}, {@code recorded}, or a number of tokens per second
     * @return the pace
     * @throws IllegalArgumentException if it is none
     */
    public static Pace parse(String text) {
        return switch (text) {
            case "at-once" -> AT_ONCE;
            case "recorded" -> RECORDED;
            default -> tokensPerSecond(rate(text));
        };
    }

    private static double rate(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no pace: at-once, recorded, or a number of tokens per second", e);
        }
    }
}
