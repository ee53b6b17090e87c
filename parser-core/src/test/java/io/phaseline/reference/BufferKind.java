package io.phaseline.reference;

import io.phaseline.StreamParser;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.BiConsumer;

/** A way to lend bytes to a parser. Each spoils what it lent, so that whoever still reads it is found out. */
public enum BufferKind {
    /** A whole array. */
    ARRAY((parser, piece) -> {
        parser.feed(piece);
        Arrays.fill(piece, (byte) '!');
    }),
    /** A range of an array. */
    PART_OF_ARRAY((parser, piece) -> {
        byte[] wider = new byte[piece.length + 7];
        Arrays.fill(wider, (byte) '\n');
        System.arraycopy(piece, 0, wider, 3, piece.length);
        parser.feed(wider, 3, piece.length);
        Arrays.fill(wider, (byte) '!');
    }),
    /** A heap buffer. */
    HEAP((parser, piece) -> {
        ByteBuffer buffer = ByteBuffer.wrap(piece);
        readToItsLimit(parser, buffer);
        Arrays.fill(piece, (byte) '!');
    }),
    /** A heap buffer that begins within its array. */
    SLICED_HEAP((parser, piece) -> {
        ByteBuffer buffer = ByteBuffer.allocate(piece.length + 5).put(2, piece);
        readToItsLimit(parser, buffer.position(2).limit(2 + piece.length).slice());
        Arrays.fill(buffer.array(), (byte) '!');
    }),
    /** A direct buffer. */
    DIRECT((parser, piece) -> {
        ByteBuffer buffer = ByteBuffer.allocateDirect(piece.length + 3).put(2, piece);
        buffer.position(2).limit(2 + piece.length);
        readToItsLimit(parser, buffer);
        for (int i = 0; i < buffer.limit(); i++) {
            buffer.put(i, (byte) '!');
        }
    }),
    /** A read-only view of an array. */
    READ_ONLY((parser, piece) -> {
        readToItsLimit(parser, ByteBuffer.wrap(piece).asReadOnlyBuffer());
        Arrays.fill(piece, (byte) '!');
    });

    private final BiConsumer<StreamParser, byte[]> feeding;

    BufferKind(BiConsumer<StreamParser, byte[]> feeding) {
        this.feeding = feeding;
    }

    /**
     * Feeds a parser in this way.
     *
     * @param parser who reads
     * @param piece the bytes; spoilt afterwards
     */
    public void feed(StreamParser parser, byte[] piece) {
        feeding.accept(parser, piece);
    }

    private static void readToItsLimit(StreamParser parser, ByteBuffer buffer) {
        parser.feed(buffer);
        if (buffer.hasRemaining()) {
            throw new AssertionError("not read to its limit: " + buffer);
        }
    }
}
