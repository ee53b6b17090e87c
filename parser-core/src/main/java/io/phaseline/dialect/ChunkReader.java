package io.phaseline.dialect;

import io.phaseline.bytes.Slice;
import io.phaseline.event.Dialect;
import io.phaseline.json.JsonCursor;
import io.phaseline.state.StateReader;
import io.phaseline.state.StateWriter;

/** One dialect: takes chunks apart, and says what they mean. */
public interface ChunkReader {
    /** Ids, types and names of models that are longer than this are not remembered, in bytes. */
    int MAX_ID_BYTES = 4 << 10;

    /** Which dialect this is. */
    Dialect dialect();

    /**
     * Takes a payload apart. Changes nothing that lasts.
     *
     * @param json reads it
     * @param payload well-formed UTF-8
     * @return whether the payload was one JSON object; if not, what was read is void
     */
    boolean read(JsonCursor json, Slice payload);

    /** Whether the chunk read has any member that this dialect knows. */
    boolean isRecognised();

    /** The stream id in the chunk read; empty if it has none. */
    Slice id();

    /** The model's name in the chunk read; empty if it has none. */
    Slice model();

    /** Whether the chunk read is visibly the first of its stream. */
    boolean isFirst();

    /** Whether the chunk read can begin a stream once the one before has ended. */
    boolean canBegin();

    /**
     * Says what the chunk read means.
     *
     * @param signals who is told
     * @param frame what its frame says beside the payload
     */
    void deliver(Signals signals, FrameFacts frame);

    /** Forgets the stream: the next chunk is the first of another. The chunk read stays. */
    void forget();

    /** Writes what is remembered of the stream. */
    void save(StateWriter out);

    /** Reads what {@link #save} wrote. */
    void load(StateReader in);
}
