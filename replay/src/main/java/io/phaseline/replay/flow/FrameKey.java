package io.phaseline.replay.flow;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.phaseline.bytes.Slice;
import java.io.IOException;

/** What a payload says about whose it is. Reused for every frame. */
final class FrameKey {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String END_MARKER = "[DONE]";
    private static final long UNKNOWN = -1;

    /** What a payload is, as far as it matters here. */
    enum Kind {
        /** A chunk that names its stream, or an event of Responses that may be told by its item or its number. */
        CHUNK,
        END_MARKER,
        /** Says nothing. */
        KEEP_ALIVE,
        /** Something else: an error without an id, or no JSON. */
        FOREIGN
    }

    private Kind kind = Kind.FOREIGN;
    private String streamId = "";
    private String itemId = "";
    private long sequenceNumber = UNKNOWN;
    private long outputIndex = UNKNOWN;
    private boolean finishes;

    // What the members of the payload say.
    private String id = "";
    private String requestId = "";
    private String type = "";

    /** Looks at a payload. */
    void read(Slice payload) {
        kind = Kind.FOREIGN;
        streamId = "";
        itemId = "";
        sequenceNumber = UNKNOWN;
        outputIndex = UNKNOWN;
        finishes = false;
        id = "";
        requestId = "";
        type = "";
        if (isEndMarker(payload)) {
            kind = Kind.END_MARKER;
            return;
        }
        try (JsonParser json = JSON.createParser(payload.toByteArray())) {
            JsonToken first = json.nextToken();
            if (first == null || first == JsonToken.VALUE_NULL) {
                kind = Kind.KEEP_ALIVE;
            } else if (first == JsonToken.START_OBJECT) {
                readChunk(json);
            }
        } catch (IOException e) {
            // No JSON, or cut off: what it may have said before does not count.
            streamId = "";
            itemId = "";
            kind = Kind.FOREIGN;
        }
    }

    private static boolean isEndMarker(Slice payload) {
        return payload.length() < 2 * END_MARKER.length()
                && payload.toString().strip().equals(END_MARKER);
    }

    private void readChunk(JsonParser json) throws IOException {
        boolean isEmpty = true;
        boolean hasChoices = false;
        while (json.nextFieldName() != null) {
            isEmpty = false;
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "id" -> id = text(json);
                case "request_id" -> requestId = text(json);
                case "type" -> type = text(json);
                case "item_id" -> itemId = text(json);
                case "sequence_number" -> sequenceNumber = json.getValueAsLong(UNKNOWN);
                case "output_index" -> outputIndex = json.getValueAsLong(UNKNOWN);
                case "response" -> streamId = idOf(json);
                case "item" -> {
                    String found = idOf(json);
                    itemId = found.isEmpty() ? itemId : found;
                }
                case "choices" -> {
                    hasChoices = true;
                    readChoices(json);
                }
                default -> json.skipChildren();
            }
        }
        decide(isEmpty, hasChoices);
    }

    private void decide(boolean isEmpty, boolean hasChoices) {
        if (streamId.isEmpty()) {
            streamId = hasChoices && !id.isEmpty() || requestId.isEmpty() ? id : requestId;
        }
        boolean isResponsesEvent = type.startsWith("response.") && (!itemId.isEmpty() || sequenceNumber >= 0);
        if (isEmpty) {
            kind = Kind.KEEP_ALIVE;
        } else if (!streamId.isEmpty() || isResponsesEvent) {
            kind = Kind.CHUNK;
        }
    }

    private static String text(JsonParser json) throws IOException {
        if (json.currentToken().isScalarValue()) {
            return json.currentToken() == JsonToken.VALUE_NULL ? "" : json.getText();
        }
        json.skipChildren();
        return "";
    }

    private static String idOf(JsonParser json) throws IOException {
        String found = "";
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return found;
        }
        while (json.nextFieldName() != null) {
            boolean isId = json.currentName().equals("id");
            json.nextToken();
            if (isId) {
                found = text(json);
            } else {
                json.skipChildren();
            }
        }
        return found;
    }

    private void readChoices(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                json.skipChildren();
                continue;
            }
            while (json.nextFieldName() != null) {
                boolean isReason = json.currentName().equals("finish_reason");
                finishes |= json.nextToken() == JsonToken.VALUE_STRING && isReason;
                json.skipChildren();
            }
        }
    }

    Kind kind() {
        return kind;
    }

    /** The stream's id; empty where the payload does not tell it. */
    String streamId() {
        return streamId;
    }

    /** The item of a Responses stream that it is about; empty where it does not tell. */
    String itemId() {
        return itemId;
    }

    /** The number of a Responses event, or -1. */
    long sequenceNumber() {
        return sequenceNumber;
    }

    /** Whether an item begins here, and if so, which one of its response: from 0; else -1. */
    long beginsItem() {
        return type.equals("response.output_item.added") ? outputIndex : UNKNOWN;
    }

    /** Whether an item ends here. */
    boolean endsItem() {
        return type.equals("response.output_item.done");
    }

    /** Whether a choice ends here, so that an end marker may follow. */
    boolean finishes() {
        return finishes;
    }
}
