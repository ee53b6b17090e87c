package io.phaseline.replay.stats;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Parts by name, of which at most a fixed number are kept apart; the rest adds up to one more.
 *
 * <p>The first names in the order of their type are the ones kept. So the outcome does not depend on the order in which
 * they come: a name that has once gone to the rest is behind a full set of smaller ones, and stays behind; one that is
 * kept in the end was never put away, and its part is whole.
 *
 * @param <K> the names
 * @param <P> what is added up for each
 */
final class KeptApart<K extends Comparable<K>, P extends Part<P>> implements Part<KeptApart<K, P>> {
    /** Writes and reads names. */
    interface NameFormat<K> {
        void write(DataOutput out, K name) throws IOException;

        K read(DataInput in) throws IOException;
    }

    /** Names that are texts. */
    static final NameFormat<String> TEXTS = new NameFormat<>() {
        @Override
        public void write(DataOutput out, String name) throws IOException {
            Stored.text(out, name);
        }

        @Override
        public String read(DataInput in) throws IOException {
            return Stored.text(in);
        }
    };

    private final int limit;
    private final Supplier<P> empty;
    private final NameFormat<K> format;
    private final TreeMap<K, P> kept = new TreeMap<>();
    private @Nullable P rest;

    KeptApart(int limit, Supplier<P> empty, NameFormat<K> format) {
        this.limit = limit;
        this.empty = empty;
        this.format = format;
    }

    /** The part that something of this name is to be added to. */
    P part(K name) {
        P part = kept.get(name);
        if (part != null) {
            return part;
        }
        if (kept.size() >= limit) {
            if (kept.isEmpty() || name.compareTo(kept.lastKey()) > 0) {
                return rest();
            }
            rest().merge(kept.pollLastEntry().getValue());
        }
        part = empty.get();
        kept.put(name, part);
        return part;
    }

    private P rest() {
        P all = rest;
        if (all == null) {
            all = empty.get();
            rest = all;
        }
        return all;
    }

    /** Those kept apart, in the order of their names. */
    SortedMap<K, P> kept() {
        return Collections.unmodifiableSortedMap(kept);
    }

    /** All others together, or null where there are none. */
    @Nullable
    P others() {
        return rest;
    }

    @Override
    public void merge(KeptApart<K, P> other) {
        other.kept.forEach((name, part) -> part(name).merge(part));
        P more = other.rest;
        if (more != null) {
            rest().merge(more);
        }
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeInt(kept.size());
        for (var entry : kept.entrySet()) {
            format.write(out, entry.getKey());
            entry.getValue().write(out);
        }
        P all = rest;
        out.writeBoolean(all != null);
        if (all != null) {
            all.write(out);
        }
    }

    @Override
    public void read(DataInput in) throws IOException {
        int size = Stored.count(in, limit);
        for (int i = 0; i < size; i++) {
            K name = format.read(in);
            P part = empty.get();
            part.read(in);
            kept.put(name, part);
        }
        if (in.readBoolean()) {
            rest().read(in);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeptApart<?, ?> apart && apart.kept.equals(kept) && Objects.equals(apart.rest, rest);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kept, rest);
    }
}
