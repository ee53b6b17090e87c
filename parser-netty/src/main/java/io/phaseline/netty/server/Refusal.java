package io.phaseline.netty.server;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.phaseline.event.Dialect;

/** A request that is answered by an error. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    private final Dialect dialect;
    private final transient HttpResponseStatus status;
    private final String code;
    private final String message;

    Refusal(Dialect dialect, HttpResponseStatus status, String code, String message) {
        super(message, null, false, false);
        this.dialect = dialect;
        this.status = status;
        this.code = code;
        this.message = message;
    }

    static Refusal badRequest(Dialect dialect, String message) {
        return new Refusal(
                dialect,
                HttpResponseStatus.BAD_REQUEST,
                dialect == Dialect.DASHSCOPE ? "InvalidParameter" : "invalid_parameter_error",
                message);
    }

    HttpResponseStatus status() {
        return status;
    }

    /** The JSON that tells it, as the dialect writes it. */
    byte[] body() {
        return ErrorBodies.body(dialect, code, message);
    }
}
