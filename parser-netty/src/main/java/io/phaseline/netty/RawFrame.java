package io.phaseline.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.DefaultByteBufHolder;

/**
 * The bytes of a frame as they came: from the end of the frame before it up to and with the blank line that ends it;
 * comments and blank lines before it belong to it.
 *
 * <p>Whoever gets it has to release it. The bytes may be a slice of the buffer they were received in, so that keeping a
 * frame keeps that buffer; {@link #copy()} does not.
 */
public final class RawFrame extends DefaultByteBufHolder {
    private final long offset;
    private final boolean whole;

    RawFrame(ByteBuf content, long offset, boolean whole) {
        super(content);
        this.offset = offset;
        this.whole = whole;
    }

    /**
     * Where it begins in the body.
     *
     * @return bytes from the start of the body
     */
    public long offset() {
        return offset;
    }

    /**
     * Tells whether this is one whole frame. A piece of a frame that is longer than the limit is not, nor is what stands
     * behind the last blank line when the body ends.
     *
     * @return true if it is
     */
    public boolean isWhole() {
        return whole;
    }

    @Override
    public RawFrame copy() {
        return (RawFrame) super.copy();
    }

    @Override
    public RawFrame duplicate() {
        return (RawFrame) super.duplicate();
    }

    @Override
    public RawFrame retainedDuplicate() {
        return (RawFrame) super.retainedDuplicate();
    }

    @Override
    public RawFrame replace(ByteBuf content) {
        return new RawFrame(content, offset, whole);
    }

    @Override
    public RawFrame retain() {
        super.retain();
        return this;
    }

    @Override
    public RawFrame retain(int increment) {
        super.retain(increment);
        return this;
    }

    @Override
    public RawFrame touch() {
        super.touch();
        return this;
    }

    @Override
    public RawFrame touch(Object hint) {
        super.touch(hint);
        return this;
    }
}
