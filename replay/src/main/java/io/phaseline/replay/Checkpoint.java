package io.phaseline.replay;

import io.phaseline.replay.flow.CheckpointFolder;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The state of a run in a folder, or nowhere if none is kept. What fails is {@link FileTrouble}. */
final class Checkpoint implements AutoCloseable {
    private final Path place;
    private final @Nullable CheckpointFolder folder;

    private Checkpoint(Path place, @Nullable CheckpointFolder folder) {
        this.place = place;
        this.folder = folder;
    }

    /** Reads a state, and answers how much of the output it speaks of. */
    interface Reader {
        long read(DataInputStream in) throws IOException;
    }

    static Checkpoint open(@Nullable Path place) {
        return place == null
                ? new Checkpoint(Path.of(""), null)
                : new Checkpoint(place, FileTrouble.at(place, () -> new CheckpointFolder(place)));
    }

    boolean isKept() {
        return folder != null;
    }

    /** Reads the state; 0 if there is none. */
    long load(Reader reader) {
        CheckpointFolder kept = folder;
        if (kept == null) {
            return 0;
        }
        return FileTrouble.at(place, () -> {
            try (DataInputStream in = kept.load()) {
                return in == null ? 0L : reader.read(in);
            }
        });
    }

    void save(CheckpointFolder.Writer writer) {
        CheckpointFolder kept = folder;
        if (kept != null) {
            FileTrouble.at(place, () -> {
                kept.save(writer);
                return place;
            });
        }
    }

    void clear() {
        CheckpointFolder kept = folder;
        if (kept != null) {
            FileTrouble.at(place, () -> {
                kept.clear();
                return place;
            });
        }
    }

    @Override
    public void close() {
        CheckpointFolder kept = folder;
        if (kept != null) {
            FileTrouble.at(place, () -> {
                kept.close();
                return place;
            });
        }
    }
}
