package io.phaseline.dialect;

import io.phaseline.event.Dialect;
import io.phaseline.state.StateReader;
import io.phaseline.state.StateWriter;

/** One dialect, and what its chunks have to remember of the stream to know what they mean. */
public interface ChunkReader {
    /** Ids, types and names of models that are longer than this are not remembered, in bytes. */
    int MAX_ID_BYTES = 4 << 10;

    /** Which dialect this is. */
    Dialect dialect();

    /** A chunk to be read into. */
    Chunk newChunk();

    /** Forgets the stream: the next chunk is the first of another. Chunks that were read stay. */
    void forget();

    /** Writes what is remembered of the stream. */
    void save(StateWriter out);

    /** Reads what {@link #save} wrote. */
    void load(StateReader in);
}
