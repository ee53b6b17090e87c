package io.phaseline.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Random;

/** The kinds of buffers that a channel may bring. */
enum BufferKind {
    HEAP {
        @Override
        ByteBuf of(byte[] bytes) {
            return Unpooled.wrappedBuffer(bytes.clone());
        }
    },
    POOLED_HEAP {
        @Override
        ByteBuf of(byte[] bytes) {
            return PooledByteBufAllocator.DEFAULT.heapBuffer(bytes.length + 1).writeBytes(bytes);
        }
    },
    DIRECT {
        @Override
        ByteBuf of(byte[] bytes) {
            return Unpooled.directBuffer(bytes.length + 1).writeBytes(bytes);
        }
    },
    POOLED_DIRECT {
        @Override
        ByteBuf of(byte[] bytes) {
            return PooledByteBufAllocator.DEFAULT.directBuffer(bytes.length + 1).writeBytes(bytes);
        }
    },
    PART_OF_HEAP {
        @Override
        ByteBuf of(byte[] bytes) {
            return HEAP.of(wider(bytes)).readerIndex(3).writerIndex(3 + bytes.length);
        }
    },
    SLICE_OF_DIRECT {
        @Override
        ByteBuf of(byte[] bytes) {
            ByteBuf whole = POOLED_DIRECT.of(wider(bytes));
            ByteBuf slice = whole.retainedSlice(3, bytes.length);
            whole.release();
            return slice;
        }
    },
    READ_ONLY {
        @Override
        ByteBuf of(byte[] bytes) {
            return HEAP.of(bytes).asReadOnly();
        }
    },
    READ_ONLY_DIRECT {
        @Override
        ByteBuf of(byte[] bytes) {
            return DIRECT.of(bytes).asReadOnly();
        }
    },
    COMPOSITE {
        @Override
        ByteBuf of(byte[] bytes) {
            return composite(bytes, HEAP, SLICE_OF_DIRECT, READ_ONLY);
        }
    },
    PART_OF_COMPOSITE {
        @Override
        ByteBuf of(byte[] bytes) {
            ByteBuf whole = composite(wider(bytes), POOLED_DIRECT, COMPOSITE, PART_OF_HEAP);
            return whole.readerIndex(3).writerIndex(3 + bytes.length);
        }
    };

    /** A buffer of this kind that holds these bytes, and is the caller's to release. */
    abstract ByteBuf of(byte[] bytes);

    static BufferKind any(Random random) {
        return values()[random.nextInt(values().length)];
    }

    /** The bytes between others that would be seen if they were read. */
    private static byte[] wider(byte[] bytes) {
        byte[] wider = new byte[bytes.length + 7];
        Arrays.fill(wider, (byte) '\n');
        System.arraycopy(bytes, 0, wider, 3, bytes.length);
        return wider;
    }

    private static ByteBuf composite(byte[] bytes, BufferKind... kinds) {
        CompositeByteBuf composite = Unpooled.compositeBuffer();
        for (int i = 0; i < kinds.length; i++) {
            int from = bytes.length * i / kinds.length;
            int to = bytes.length * (i + 1) / kinds.length;
            composite.addComponent(true, kinds[i].of(Arrays.copyOfRange(bytes, from, to)));
        }
        return composite;
    }
}
