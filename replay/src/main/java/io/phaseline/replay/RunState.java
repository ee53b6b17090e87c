package io.phaseline.replay;

import io.phaseline.replay.flow.Position;
import io.phaseline.replay.stats.Totals;
import io.phaseline.replay.stats.TotalsLimits;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a run knows at a position: all it takes to go on from there as if nothing had happened. */
final class RunState {
    /** What was said about inputs is kept for the results up to this count; standard error has all of it. */
    private static final int MAX_PROBLEMS = 1_000;

    private final Totals totals;
    private final List<String> problems = new ArrayList<>();
    private Position position = Position.BEGIN;
    private long unreadable;

    RunState() {
        this(new Totals(TotalsLimits.DEFAULT));
    }

    private RunState(Totals totals) {
        this.totals = totals;
    }

    Totals totals() {
        return totals;
    }

    Position position() {
        return position;
    }

    void reach(Position reached) {
        position = reached;
    }

    void addProblem(String problem) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(problem);
        }
    }

    void addUnreadable() {
        unreadable++;
    }

    long unreadable() {
        return unreadable;
    }

    List<String> problems() {
        return problems;
    }

    void write(DataOutputStream out) throws IOException {
        position.write(out);
        out.writeLong(unreadable);
        out.writeInt(problems.size());
        for (String problem : problems) {
            out.writeUTF(problem);
        }
        totals.write(out);
    }

    static RunState read(DataInputStream in) throws IOException {
        Position position = Position.read(in);
        long unreadable = in.readLong();
        List<String> problems = new ArrayList<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            problems.add(in.readUTF());
        }
        RunState state = new RunState(Totals.read(in, TotalsLimits.DEFAULT));
        state.position = position;
        state.unreadable = unreadable;
        state.problems.addAll(problems);
        return state;
    }
}
