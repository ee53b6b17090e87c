package io.phaseline.dialect;

import io.phaseline.bytes.Slice;
import io.phaseline.json.JsonCursor;
import io.phaseline.json.TextValue;
import org.jspecify.annotations.Nullable;

/** Reads chunks that tell no dialect: all they may say is that something went wrong. */
public final class PlainReader {
    private final ErrorFields error = new ErrorFields();
    private final TextValue requestId = new TextValue();

    /** Nothing read yet. */
    public PlainReader() {}

    /** Takes a payload apart; false if it is not one JSON object. */
    public boolean read(JsonCursor json, Slice payload) {
        error.clear();
        requestId.clear();
        json.wrap(payload);
        boolean isObject = json.enterObject();
        if (isObject) {
            while (json.nextMember()) {
                switch (json.member()) {
                    case REQUEST_ID -> json.readText(requestId);
                    default -> {
                        if (!error.readMember(json)) {
                            json.skip();
                        }
                    }
                }
            }
        }
        return json.end() && isObject;
    }

    /** Whether the chunk read reports an error. */
    public boolean isError(FrameFacts frame) {
        return error.isError(false) || frame.errorEvent();
    }

    /** The request's id, if the chunk read names it; else empty. */
    public Slice id() {
        return requestId.atMost(ChunkReader.MAX_ID_BYTES);
    }

    /** Says what the chunk read means. */
    public void deliver(Signals signals, FrameFacts frame) {
        if (isError(frame)) {
            error.deliver(signals, frame);
        }
    }

    /** Who is told of a body that is an error. */
    public interface BodyListener {
        /** Hears what the error says; what it does not say is null or 0. */
        void onErrorBody(@Nullable String code, @Nullable String message, int httpStatus, String what);
    }

    /** Says what an error body means. */
    public void deliverBody(BodyListener listener, String what) {
        listener.onErrorBody(error.reportedCode(), error.reportedMessage(), error.httpStatus(), what);
    }
}
