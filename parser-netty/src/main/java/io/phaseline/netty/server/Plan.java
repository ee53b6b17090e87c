package io.phaseline.netty.server;

import org.jspecify.annotations.Nullable;

/**
 * How a capture is to be served.
 *
 * @param pace when its bytes go out
 * @param cutBytes at most so many bytes of the body in one network write; 0 for whole frames (or recorded reads)
 * @param fault what goes wrong, or nothing
 */
record Plan(Pace pace, int cutBytes, @Nullable Fault fault) {
    static final Plan DEFAULT = new Plan(Pace.AT_ONCE, 0, null);

    Plan {
        if (cutBytes < 0) {
            throw new IllegalArgumentException("a write cannot have " + cutBytes + " bytes");
        }
    }

    Plan withPace(Pace other) {
        return new Plan(other, cutBytes, fault);
    }

    Plan withCutBytes(int other) {
        return new Plan(pace, other, fault);
    }

    Plan withFault(@Nullable Fault other) {
        return new Plan(pace, cutBytes, other);
    }
}
