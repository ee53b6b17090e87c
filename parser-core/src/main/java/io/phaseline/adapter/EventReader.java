package io.phaseline.adapter;

import io.phaseline.ParserOptions;
import io.phaseline.StreamParser;
import io.phaseline.event.EventRecorder;
import io.phaseline.event.StreamEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads from an input stream when it is asked for an event and has none left. */
final class EventReader implements Spliterator<StreamEvent> {
    private final InputStream in;
    private final InputStreamPump pump;
    private final Queue<StreamEvent> heard = new ArrayDeque<>();

    private boolean over;
    private @Nullable IOException broken;

    private EventReader(InputStream in, ParserOptions options) {
        this.in = in;
        pump = new InputStreamPump(in, new StreamParser(options, new EventRecorder(heard::add)));
    }

    static Stream<StreamEvent> stream(InputStream in, ParserOptions options) {
        EventReader reader = new EventReader(in, options);
        return StreamSupport.stream(reader, false).onClose(reader::close);
    }

    @Override
    public boolean tryAdvance(Consumer<? super StreamEvent> action) {
        while (heard.isEmpty() && !over) {
            read();
        }
        StreamEvent next = heard.poll();
        if (next != null) {
            action.accept(next);
            return true;
        }
        if (broken != null) {
            throw new UncheckedIOException(broken);
        }
        return false;
    }

    private void read() {
        try {
            if (pump.readOnce()) {
                return;
            }
            over = true;
            in.close(); // not when the last event is taken: the connection is free from here on
        } catch (IOException thrown) {
            over = true;
            closeAfter(thrown);
            broken = thrown;
        } catch (RuntimeException | Error thrown) {
            over = true;
            closeAfter(thrown);
            throw thrown;
        }
    }

    private void closeAfter(Throwable thrown) {
        try {
            in.close();
        } catch (IOException second) {
            if (second != thrown) {
                thrown.addSuppressed(second);
            }
        }
    }

    private void close() {
        try {
            in.close();
        } catch (IOException thrown) {
            throw new UncheckedIOException(thrown);
        }
    }

    @Override
    public @Nullable Spliterator<StreamEvent> trySplit() {
        return null; // events come one after the other
    }

    @Override
    public long estimateSize() {
        return Long.MAX_VALUE;
    }

    @Override
    public int characteristics() {
        return ORDERED | NONNULL | IMMUTABLE;
    }
}
