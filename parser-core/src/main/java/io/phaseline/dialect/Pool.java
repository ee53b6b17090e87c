package io.phaseline.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The entries of a list in the chunk at hand; the objects are used again for the next chunk. */
final class Pool<T> {
    /** A chunk with many entries must not hold its objects for the rest of the stream. */
    private static final int KEPT = 64;

    private final Supplier<T> make;
    private final List<T> entries = new ArrayList<>();
    private int size;

    Pool(Supplier<T> make) {
        this.make = make;
    }

    void clear() {
        size = 0;
        if (entries.size() > KEPT) {
            entries.subList(KEPT, entries.size()).clear();
        }
    }

    int size() {
        return size;
    }

    T get(int i) {
        return entries.get(i);
    }

    /** One more entry, as the last chunk left it. */
    T next() {
        if (size == entries.size()) {
            entries.add(make.get());
        }
        return entries.get(size++);
    }
}
