package io.phaseline.benchmarks.contender;

import io.phaseline.ParserOptions;
import io.phaseline.StreamParser;
import io.phaseline.benchmarks.corpus.Corpus;
import io.phaseline.benchmarks.corpus.Cuts;
import io.phaseline.event.StreamListener;
import java.nio.ByteBuffer;
import java.util.IdentityHashMap;

/** Our parser: one object for all bodies. */
final class Phaseline implements Contender {
    private final StreamParser parser;
    private final Memory memory;
    private final Tally tally;
    private final IdentityHashMap<byte[], ByteBuffer> buffers = new IdentityHashMap<>();

    Phaseline(StreamListener listener, Memory memory, Tally tally) {
        this.parser = new StreamParser(ParserOptions.DEFAULT, listener);
        this.memory = memory;
        this.tally = tally;
    }

    /** What the bytes lie in. */
    enum Memory {
        ARRAY,
        HEAP,
        DIRECT
    }

    @Override
    public void prepare(Corpus corpus) {
        for (byte[] body : corpus.bodies()) {
            switch (memory) {
                case ARRAY -> {}
                case HEAP -> buffers.put(body, ByteBuffer.wrap(body));
                case DIRECT ->
                    buffers.put(body, ByteBuffer.allocateDirect(body.length).put(body));
            }
        }
    }

    @Override
    public void read(Cuts body) {
        tally.begin();
        parser.reset();
        ByteBuffer buffer = buffers.get(body.bytes());
        if (buffer == null) {
            readArray(body);
        } else {
            readBuffer(buffer, body.ends());
        }
        parser.finish();
        tally.end();
    }

    private void readArray(Cuts body) {
        byte[] bytes = body.bytes();
        int start = 0;
        for (int end : body.ends()) {
            parser.feed(bytes, start, end - start);
            start = end;
        }
    }

    private void readBuffer(ByteBuffer buffer, int[] ends) {
        buffer.clear();
        int start = 0;
        for (int end : ends) {
            parser.feed(buffer.limit(end).position(start));
            start = end;
        }
    }

    @Override
    public Tally tally() {
        return tally;
    }
}
