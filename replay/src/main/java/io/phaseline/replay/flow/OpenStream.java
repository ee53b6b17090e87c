package io.phaseline.replay.flow;

import io.phaseline.ParserOptions;
import io.phaseline.StreamParser;
import io.phaseline.replay.input.StreamGate;
import io.phaseline.replay.stats.ArrivalClock;
import io.phaseline.replay.stats.StreamRecord;
import io.phaseline.replay.stats.StreamStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.LongUnaryOperator;

/** One stream among others: its parser, and where its frames lie in the input. */
final class OpenStream {
    private final StreamParser parser;
    private final int maxErrors;
    private final BiConsumer<StreamRecord, LongUnaryOperator> target;
    private final List<String> itemIds = new ArrayList<>();

    /** Where the frames with something wrong in them lie in the input, by where they lie in the stream. */
    private final TreeMap<Long, Long> flawedFrames = new TreeMap<>();

    private long fed;
    private long frameOffset;
    private long lastFrame;
    private long nextSequenceNumber;
    private long nextItem;
    private long endedItems;
    private boolean mayEnd;

    /**
     * A stream.
     *
     * @param offset where its first frame lies in the input
     * @param target gets it when it ends
     */
    OpenStream(
            FlowOptions options,
            ParserOptions parserOptions,
            long offset,
            BiConsumer<StreamRecord, LongUnaryOperator> target) {
        this.frameOffset = offset;
        this.flawedFrames.put(0L, offset);
        this.maxErrors = options.limits().maxErrors();
        this.target = target;
        StreamStats stats = new StreamStats(options.limits(), ArrivalClock.NONE, this::end);
        this.parser = new StreamParser(parserOptions, new StreamGate(stats, this::remember, true));
    }

    /** Reads one frame, or a piece of one that is too long. */
    void feed(byte[] bytes, int offset, int length, long offsetInInput) {
        frameOffset = offsetInInput;
        parser.feed(bytes, offset, length);
        fed += length;
    }

    void finish() {
        parser.finish();
    }

    private void remember() {
        if (flawedFrames.size() <= maxErrors) {
            flawedFrames.put(fed, frameOffset);
        }
    }

    private void end(StreamRecord record) {
        target.accept(record, own -> {
            Map.Entry<Long, Long> frame = flawedFrames.floorEntry(own);
            return frame == null ? own : frame.getValue() + own - frame.getKey();
        });
    }

    /** Takes what a frame says about the next ones. */
    void note(FrameKey key, long frame) {
        lastFrame = frame;
        mayEnd |= key.finishes();
        nextItem = Math.max(nextItem, key.beginsItem() + 1);
        endedItems += key.endsItem() ? 1 : 0;
        if (key.sequenceNumber() >= 0) {
            nextSequenceNumber = key.sequenceNumber() + 1;
        }
    }

    void addItem(String itemId) {
        itemIds.add(itemId);
    }

    List<String> itemIds() {
        return itemIds;
    }

    /** Which frame of the input was its last, from 1. */
    long lastFrame() {
        return lastFrame;
    }

    /**
     * Whether it waits for an event of Responses that names neither it nor an item of its own: by the number of the
     * event, and by that of the item where one begins.
     */
    boolean awaits(FrameKey key) {
        return nextSequenceNumber == key.sequenceNumber() && (key.beginsItem() < 0 || key.beginsItem() == nextItem);
    }

    /** Whether all its items have ended: servers begin one after the other. */
    boolean isBetweenItems() {
        return endedItems == nextItem;
    }

    /** Whether an end marker may follow: something has finished, and none came yet. */
    boolean mayEnd() {
        return mayEnd && !parser.isDone();
    }
}
