package io.phaseline.benchmarks.contender;

import java.io.IOException;
import java.util.function.Consumer;

/** Binds payloads to a class, then reads its fields. */
final class BoundStage<T> extends JsonStage {
    private final Binder<T> binder;
    private final Consumer<T> meaning;

    BoundStage(Binder<T> binder, Consumer<T> meaning, Tally tally) {
        super(tally);
        this.binder = binder;
        this.meaning = meaning;
    }

    @Override
    void chunk(byte[] bytes, int offset, int length) throws IOException {
        meaning.accept(binder.bind(bytes, offset, length));
    }

    @Override
    void chunk(String text) throws IOException {
        meaning.accept(binder.bind(text));
    }
}
