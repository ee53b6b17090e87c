package io.phaseline.netty.client;

import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/** Reads the header {@code Retry-After} (RFC 9110, section 10.2.3): seconds, or a date. */
final class RetryAfter {
    private RetryAfter() {}

    /** How long the server asks to wait; null if it does not say, or nothing that is understood. */
    static @Nullable Duration read(HttpHeaders headers, Instant now) {
        String value = headers.get(HttpHeaderNames.RETRY_AFTER);
        if (value == null) {
            return null;
        }
        try {
            return Duration.ofSeconds(Math.max(0, Long.parseLong(value.strip())));
        } catch (NumberFormatException notSeconds) {
            Date date = DateFormatter.parseHttpDate(value);
            return date == null ? null : atLeastNothing(Duration.between(now, date.toInstant()));
        }
    }

    private static Duration atLeastNothing(Duration wait) {
        return wait.isNegative() ? Duration.ZERO : wait;
    }
}
