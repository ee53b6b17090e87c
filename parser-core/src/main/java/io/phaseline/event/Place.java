package io.phaseline.event;

/**
 * Where in the input something was found.
 *
 * <p>As lent to a {@link StreamListener} it is valid until the method returns; {@link #copy()} makes it yours.
 */
public interface Place {
    /**
     * Which stream of the input.
     *
     * @return 1 for the first
     */
    int stream();

    /**
     * Which frame of the stream.
     *
     * @return 1 for the first; 0 where there was no frame
     */
    long frame();

    /**
     * Where the frame begins.
     *
     * @return bytes from the start of the input
     */
    long offset();

    /**
     * The same place, to keep.
     *
     * @return a record
     */
    default Fixed copy() {
        return new Fixed(stream(), frame(), offset());
    }

    /**
     * A place that may be kept.
     *
     * @param stream which stream of the input, from 1
     * @param frame which frame of the stream, from 1
     * @param offset bytes from the start of the input to the frame
     */
    record Fixed(int stream, long frame, long offset) implements Place {
        @Override
        public Fixed copy() {
            return this;
        }
    }
}
