package io.phaseline.replay.flow;

import io.phaseline.replay.input.Compression;
import io.phaseline.replay.input.HttpArchive;
import io.phaseline.replay.input.Input;
import io.phaseline.replay.input.RecordedTimes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** What there is to do, in order: small inputs as a whole, large ones in ranges where that can be done. */
final class WorkUnits implements Iterator<WorkUnit> {
    private final List<Input> inputs;
    private final FlowOptions options;
    private final Position begin;
    private int number;
    private @Nullable Cuts cuts;
    private int range;

    /**
     * The work that is left.
     *
     * @param begin everything before is done
     */
    WorkUnits(List<Input> inputs, FlowOptions options, Position begin) {
        this.inputs = inputs;
        this.options = options;
        this.begin = begin;
        this.number = begin.input();
    }

    @Override
    public boolean hasNext() {
        return number < inputs.size();
    }

    @Override
    public WorkUnit next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Input input = inputs.get(number);
        if (cuts == null) {
            cuts = cutsOf(input);
            range = number == begin.input() ? begin.range() : 0;
            if (cuts != null && range > 0) {
                cuts.agree(range, begin.offset());
            }
        }
        WorkUnit unit = new WorkUnit(number, input, cuts, range);
        if (cuts == null || ++range == cuts.count()) {
            number++;
            cuts = null;
        }
        return unit;
    }

    /** Passes over what is left of an input. */
    void leave(int input) {
        if (number == input) {
            number++;
            cuts = null;
        }
    }

    /** How an input is cut; null if it is read as a whole. */
    private @Nullable Cuts cutsOf(Input input) {
        Path path = input.path();
        boolean isLarge = input.size() > options.rangeBytes();
        if (path == null || !isLarge || options.interleaving() != null || options.followSeconds() > 0) {
            return null;
        }
        try {
            boolean isWhole = RecordedTimes.beside(path) != null || Compression.isCompressed(path) || isArchive(path);
            return isWhole ? null : new Cuts(path, input.size(), options);
        } catch (IOException e) {
            return null; // told when it is read
        }
    }

    private static boolean isArchive(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return HttpArchive.isAhead(HttpArchive.peekable(in));
        }
    }
}
