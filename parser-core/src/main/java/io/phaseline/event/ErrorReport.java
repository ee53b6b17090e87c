package io.phaseline.event;

import org.jspecify.annotations.Nullable;

/**
 * An error in a stream; where it stands is told by the {@link Place} it is reported with.
 *
 * @param kind whose fault it is
 * @param code the wire's word for it, such as {@code InvalidParameter}; null when there is none
 * @param message what happened, for people; null when the wire gave none
 * @param httpStatus the HTTP status of the frame (DashScope's {@code :HTTP_STATUS/400} comment), else of the response
 *     if the caller told it, else null
 */
public record ErrorReport(
        ErrorKind kind,
        @Nullable String code,
        @Nullable String message,
        @Nullable Integer httpStatus) {}
