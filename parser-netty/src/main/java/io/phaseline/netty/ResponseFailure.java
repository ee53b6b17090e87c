package io.phaseline.netty;

import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2ResetFrame;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Why a response broke off, in words. */
final class ResponseFailure {
    private ResponseFailure() {}

    static IOException closedTooSoon() {
        return new IOException("the connection was closed before the response had ended");
    }

    static IOException tlsCut() {
        return new IOException("the TLS connection was cut off: no close_notify came");
    }

    static IOException encoded(String encoding) {
        return new IOException("the body is compressed (Content-Encoding: " + encoding
                + ") and nobody has decompressed it; put an HttpContentDecompressor before this handler");
    }

    static IOException flooded(int maxPendingBytes) {
        return new IOException("more than " + maxPendingBytes + " bytes came that nobody had asked for");
    }

    /** Tells the error code by {@link Http2Exception#error()}. */
    static Http2Exception reset(Http2ResetFrame frame) {
        @Nullable Http2Error error = Http2Error.valueOf(frame.errorCode());
        @Nullable Http2FrameStream stream = frame.stream();
        return Http2Exception.streamError(
                stream == null ? 0 : stream.id(),
                error == null ? Http2Error.INTERNAL_ERROR : error,
                "the server reset the HTTP/2 stream: %s",
                error == null ? "code " + frame.errorCode() : error);
    }
}
