package io.phaseline.dialect;

import io.phaseline.bytes.Slice;
import io.phaseline.json.JsonCursor;

/** One chunk taken apart. It remembers nothing of the stream; used again for other chunks. */
public interface Chunk {
    /**
     * Takes a payload apart. Changes nothing but this chunk.
     *
     * @param json reads it
     * @param payload well-formed UTF-8, which must stay as it is as long as this chunk is used
     * @return whether the payload was one JSON object; if not, what was read is void
     */
    boolean read(JsonCursor json, Slice payload);

    /** Whether the chunk has any member that its dialect knows. */
    boolean isRecognised();

    /** The stream id in the chunk; empty if it has none. */
    Slice id();

    /** The model's name in the chunk; empty if it has none. */
    Slice model();

    /** Whether the chunk is visibly the first of its stream. */
    boolean isFirst();

    /** Whether the chunk can begin a stream once the one before has ended. */
    boolean canBegin();

    /**
     * Whether the texts and numbers that were read are all that the chunk says, besides its form: a payload of the same
     * form with other texts and numbers is then this chunk with those texts and numbers.
     */
    boolean isPattern();

    /** Whether a payload of the same form would still be read in the same way, given what was heard since. */
    boolean isReadAlike();

    /**
     * Whether the chunk says nothing but texts and counters, and nothing else would be said by another one of its form in
     * which only restless values are other ones. Asked once it was delivered.
     *
     * @param frame what its frame says beside the payload
     */
    boolean isDelta(FrameFacts frame);

    /** Says what the chunk means, which is known to be a delta, and one of many in its stream. */
    void deliverDelta(Signals signals);

    /** Whether there are texts in it that every later chunk repeats, and all of them are known. Asked once it was delivered. */
    default boolean areSnapshotsKnown() {
        return false;
    }

    /** Says that they are known, as they are from another chunk with the same texts that was delivered last. */
    default void setSnapshotsKnown() {}

    /** Whether its id or its model's name is restless. */
    boolean isIdentityRestless();

    /**
     * Says what the chunk means.
     *
     * @param signals who is told
     * @param frame what its frame says beside the payload
     */
    void deliver(Signals signals, FrameFacts frame);
}
