package io.phaseline.replay.flow;

import io.phaseline.ParserOptions;
import io.phaseline.replay.input.Input;
import io.phaseline.replay.stats.StreamLimits;
import io.phaseline.replay.stats.StreamRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that a run hands to its results. */
final class Collected implements Results {
    final List<StreamRecord> records = new ArrayList<>();
    final List<String> said = new ArrayList<>();
    final List<Position> positions = new ArrayList<>();

    static FlowOptions options(int threads, int rangeBytes) {
        return options(threads, rangeBytes, null);
    }

    static FlowOptions options(int threads, int rangeBytes, @Nullable Interleaving interleaving) {
        ParserOptions parser = ParserOptions.DEFAULT.withManyStreams(true);
        return new FlowOptions(parser, StreamLimits.WHOLE_TEXTS, 0, threads, rangeBytes, interleaving, 0);
    }

    static Collected of(FlowOptions options, Path... files) {
        return from(Position.BEGIN, options, files);
    }

    static Collected from(Position begin, FlowOptions options, Path... files) {
        List<Input> inputs =
                List.of(files).stream().map(file -> Input.file(file, true)).toList();
        Collected collected = new Collected();
        Progress progress = new Progress(0, System::nanoTime, Long.MAX_VALUE, state -> {});
        new Flow(options, inputs, begin, collected, progress, new StopSignal()).run();
        return collected;
    }

    @Override
    public void add(StreamRecord record) {
        records.add(record);
    }

    @Override
    public void note(String source, String what) {
        said.add(what);
    }

    @Override
    public void flawed(String source, String what) {
        said.add(what);
    }

    @Override
    public void unreadable(String source, String why) {
        said.add(why);
    }

    @Override
    public void reached(Position position) {
        positions.add(position);
    }
}
