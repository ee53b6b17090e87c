package io.phaseline.netty;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the head of a response says of its body. */
final class ResponseHead {
    private static final Set<String> ENCODINGS =
            Set.of("gzip", "x-gzip", "deflate", "compress", "br", "zstd", "snappy");

    private boolean seen;
    private boolean bareBytes;
    private boolean informational;
    private boolean closeDelimited;
    private int status;
    private @Nullable String encoding;

    /** Takes a head; false if it is that of an informational response, which another one follows. */
    boolean read(HttpResponse response) {
        informational = isInformational(response.status());
        if (informational) {
            return false;
        }
        closeDelimited = !HttpUtil.isContentLengthSet(response) && !HttpUtil.isTransferEncodingChunked(response);
        read(response.status(), response.headers().get(HttpHeaderNames.CONTENT_ENCODING));
        return true;
    }

    /** Takes a head; false if it is informational, or not a head but trailers. */
    boolean read(Http2Headers headers) {
        CharSequence code = headers.status();
        if (seen || code == null) {
            return false;
        }
        HttpResponseStatus parsed = HttpResponseStatus.parseLine(code);
        if (isInformational(parsed)) {
            return false;
        }
        CharSequence coding = headers.get(HttpHeaderNames.CONTENT_ENCODING);
        read(parsed, coding == null ? null : coding.toString());
        return true;
    }

    private void read(HttpResponseStatus newStatus, @Nullable String contentEncoding) {
        seen = true;
        int code = newStatus.code();
        status = code >= 100 && code <= 999 ? code : 0;
        encoding = null;
        String codings = contentEncoding == null ? "" : contentEncoding.toLowerCase(Locale.ROOT);
        for (String coding : codings.split(",", -1)) {
            if (ENCODINGS.contains(coding.trim())) {
                encoding = codings;
            }
        }
    }

    private static boolean isInformational(HttpResponseStatus status) {
        return status.codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    /** Whether this is the content of an informational response. */
    boolean skipsContent(HttpContent content) {
        boolean skips = informational;
        if (content instanceof LastHttpContent) {
            informational = false;
        }
        return skips;
    }

    void bytesCame() {
        bareBytes = !seen;
    }

    /** The HTTP status; 0 if the response has a number that is none. */
    int status() {
        return status;
    }

    /** The compression that nobody has undone, or null. */
    @Nullable
    String encoding() {
        return encoding;
    }

    /** Whether the body ends with the connection, though it is one of HTTP. */
    boolean isCloseDelimited() {
        return closeDelimited;
    }

    /** Whether a message has to tell the end: anything but bare bytes, so also a response that never came. */
    boolean isFramed() {
        return !bareBytes;
    }

    /** The head alone, of a message that may be a whole response. */
    static HttpMessage withoutContent(HttpResponse response) {
        return response instanceof HttpContent
                ? new DefaultHttpResponse(response.protocolVersion(), response.status(), response.headers())
                : response;
    }

    /** The end alone, of a message that may have content. */
    static LastHttpContent lastOf(LastHttpContent last) {
        if (last.trailingHeaders().isEmpty()) {
            return LastHttpContent.EMPTY_LAST_CONTENT;
        }
        DefaultLastHttpContent end = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER);
        end.trailingHeaders().set(last.trailingHeaders());
        return end;
    }
}
