package io.phaseline.dialect;

import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The entries of a list in the chunk at hand; the objects are used again for the next chunk. */
final class Pool<T> {
    /** A chunk with many entries must not hold its objects for the rest of the stream. */
    private static final int KEPT = 64;

    private final Supplier<T> make;
    private @Nullable Object[] entries = {};
    private int made;
    private int size;

    Pool(Supplier<T> make) {
        this.make = make;
    }

    void clear() {
        size = 0;
        if (made > KEPT) {
            entries = Arrays.copyOf(entries, KEPT);
            made = KEPT;
        }
    }

    int size() {
        return size;
    }

    @SuppressWarnings({"unchecked", "NullAway"})
    T get(int i) {
        return (T) entries[i];
    }

    /** One more entry, as the last chunk left it. */
    T next() {
        if (size == made) {
            if (made == entries.length) {
                entries = Arrays.copyOf(entries, Math.max(1, made * 2));
            }
            entries[made++] = make.get();
        }
        return get(size++);
    }
}
