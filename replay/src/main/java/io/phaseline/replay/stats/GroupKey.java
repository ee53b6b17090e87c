package io.phaseline.replay.stats;

import io.phaseline.event.Dialect;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What streams are added up by.
 *
 * @param dialect the wire format, null where nothing told it
 * @param model the model's name, null where it was not sent
 */
public record GroupKey(@Nullable Dialect dialect, @Nullable String model) implements Comparable<GroupKey> {
    private static final Comparator<GroupKey> ORDER = Comparator.comparing(
                    GroupKey::dialect, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(GroupKey::model, Comparator.nullsFirst(Comparator.naturalOrder()));

    static final KeptApart.NameFormat<GroupKey> FORMAT = new KeptApart.NameFormat<>() {
        @Override
        public void write(DataOutput out, GroupKey key) throws IOException {
            Stored.constant(out, key.dialect);
            Stored.textOrNull(out, key.model);
        }

        @Override
        public GroupKey read(DataInput in) throws IOException {
            return new GroupKey(Stored.constantOrNull(in, Dialect.class), Stored.textOrNull(in));
        }
    };

    @Override
    public int compareTo(GroupKey other) {
        return ORDER.compare(this, other);
    }
}
