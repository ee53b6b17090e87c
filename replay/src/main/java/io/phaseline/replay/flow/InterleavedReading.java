package io.phaseline.replay.flow;

import io.phaseline.bytes.Slice;
import io.phaseline.replay.input.Pump;
import io.phaseline.replay.stats.StreamRecord;
import io.phaseline.sse.EventStreamReader;
import io.phaseline.sse.Frame;
import io.phaseline.sse.FrameListener;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Frames of many streams mixed, told apart by id: {@code request_id}, the {@code id} of Chat, {@code response.id}.
 *
 * <p>Most events of Responses name no response: they are told by their item, else by their sequence number and by what
 * their stream waits for. An end marker belongs to the stream that was heard last of those in which a choice has
 * finished. What says nothing is passed over unless there is but one stream; what is wrong and names no stream makes a
 * stream of its own.
 */
final class InterleavedReading implements Pump.Sink, FrameListener {
    private static final long NONE = -1;

    private final FlowOptions options;
    private final Interleaving limits;
    private final BooleanSupplier isWanted;
    private final BiConsumer<StreamRecord, LongUnaryOperator> target;
    private final Consumer<String> onFlaw;
    private final EventStreamReader frames;
    private byte[] raw = new byte[1 << 12];
    private int rawLength;
    /** Where the first of the raw bytes lies in the input. */
    private long rawOffset;

    private long fed;
    /** Where the last line of JSON ends. */
    private long linesEnd;

    private final FrameKey key = new FrameKey();

    /** By id, the one that was heard last at the end. */
    private final Map<String, OpenStream> open = new LinkedHashMap<>(16, 0.75f, true);

    private final Map<String, String> streamsByItem = new HashMap<>();
    private @Nullable OpenStream foreign;

    private long frameCount;
    /** Events that could be of several streams. */
    private long ambiguous;

    private long frameOffset = NONE;

    /**
     * The reading of one input.
     *
     * @param isWanted whether to go on
     * @param target gets each stream, and where its bytes lie
     * @param onFlaw told in words what is lost
     */
    InterleavedReading(
            FlowOptions options,
            Interleaving limits,
            BooleanSupplier isWanted,
            BiConsumer<StreamRecord, LongUnaryOperator> target,
            Consumer<String> onFlaw) {
        this.options = options;
        this.limits = limits;
        this.isWanted = isWanted;
        this.target = target;
        this.onFlaw = onFlaw;
        this.frames = new EventStreamReader(this, options.parser().limits().maxFrameBytes());
    }

    /** Whether anything in it was a frame. */
    boolean hasFrames() {
        return frameCount > 0;
    }

    @Override
    public boolean feed(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            int read = frames.feedFrame(bytes, at, end - at);
            keep(bytes, at, read);
            at += read;
            if (frameOffset != NONE) {
                routeRaw();
            } else if (frames.isBetweenFrames()) {
                rawLength = 0; // comments alone
            } else if (!frames.sawField()) {
                dropReadLines();
            }
        }
        return isWanted.getAsBoolean();
    }

    void finish() {
        frames.finish();
        if (frameOffset != NONE) {
            routeRaw();
        }
        while (!open.isEmpty()) {
            closeEldest();
        }
        if (foreign != null) {
            foreign.finish();
        }
        if (ambiguous > 0) {
            onFlaw.accept(ambiguous + " events name no response and could be of several; the one heard last got them");
        }
    }

    // The bytes of the frame at hand.

    private void keep(byte[] bytes, int offset, int length) {
        if (rawLength == 0) {
            rawOffset = fed;
        }
        fed += length;
        // Of a frame that is too long nothing is needed: the reader will not give it out.
        int kept = (int) Math.min(length, maxRawBytes() - rawLength);
        if (rawLength + kept > raw.length) {
            raw = Arrays.copyOf(raw, (int) Math.min(maxRawBytes(), Math.max(2L * raw.length, rawLength + kept)));
        }
        System.arraycopy(bytes, offset, raw, rawLength, kept);
        rawLength += kept;
    }

    /** Lines of JSON are routed as they come. */
    private void dropReadLines() {
        int dropped = (int) Math.max(0, Math.min(rawLength, linesEnd - rawOffset));
        System.arraycopy(raw, dropped, raw, 0, rawLength - dropped);
        rawLength -= dropped;
        rawOffset += dropped;
    }

    /** Lines other than data may be as long as the limit, each. */
    private long maxRawBytes() {
        return Math.min(Integer.MAX_VALUE - 8, 4L * options.parser().limits().maxFrameBytes() + (1 << 16));
    }

    private void routeRaw() {
        int begin = (int) Math.max(0, frameOffset - rawOffset);
        route(raw, begin, rawLength - begin, frameOffset);
        frameOffset = NONE;
        rawLength = 0;
    }

    // What the reader of frames hears.

    @Override
    public void onFrame(Frame frame) {
        frameOffset = frame.offset();
        key.read(frame.data());
    }

    @Override
    public void onPendingFrame(Frame frame) {
        onFrame(frame);
    }

    @Override
    public void onOversizedFrame(long offset) {
        onFlaw.accept("the frame at byte " + offset + " is longer than "
                + options.parser().limits().maxFrameBytes() + " bytes, passed over");
    }

    @Override
    public void onOversizedLine(long offset) {
        onFlaw.accept("the line at byte " + offset + " is longer than "
                + options.parser().limits().maxFrameBytes() + " bytes, passed over");
    }

    @Override
    public void onIgnoredLine(Slice line, long offset) {
        if (frames.sawField()) {
            return;
        }
        linesEnd = offset + line.length();
        key.read(line);
        if (frameCount > 0 || key.kind() == FrameKey.Kind.CHUNK) {
            byte[] copy = Arrays.copyOf(line.toByteArray(), line.length() + 1);
            copy[line.length()] = '\n';
            route(copy, 0, copy.length, offset);
        }
    }

    // Whose it is.

    private void route(byte[] bytes, int begin, int length, long offset) {
        frameCount++;
        OpenStream stream = switch (key.kind()) {
            case CHUNK -> streamOfChunk(offset);
            case END_MARKER -> lastToEnd();
            case KEEP_ALIVE -> open.size() == 1 ? last() : null;
            case FOREIGN -> open.size() == 1 ? last() : foreign(offset);
        };
        if (stream == null) {
            return;
        }
        stream.feed(bytes, begin, length, offset);
        stream.note(key, frameCount);
        closeIdle();
    }

    private OpenStream streamOfChunk(long offset) {
        String id = key.streamId().isEmpty() ? responseOfEvent() : key.streamId();
        if (id == null) {
            return foreign(offset);
        }
        OpenStream stream = open.get(id);
        if (stream == null) {
            stream = new OpenStream(options, options.parser().withManyStreams(false), offset, target);
            open.put(id, stream);
        }
        if (!key.itemId().isEmpty() && streamsByItem.putIfAbsent(key.itemId(), id) == null) {
            stream.addItem(key.itemId());
        }
        return stream;
    }

    /** Whose an event of Responses is that does not name its response; null if that cannot be told. */
    private @Nullable String responseOfEvent() {
        String known = streamsByItem.get(key.itemId());
        if (known != null || key.sequenceNumber() <= 0) {
            return known;
        }
        List<String> waiting = idsOf(stream -> stream.awaits(key));
        List<String> likely = idsOf(stream -> stream.awaits(key) && stream.isBetweenItems());
        List<String> candidates = likely.isEmpty() ? waiting : likely;
        ambiguous += candidates.size() > 1 ? 1 : 0;
        return candidates.isEmpty() ? null : candidates.get(candidates.size() - 1);
    }

    /** In the order in which they were heard last. */
    private List<String> idsOf(Predicate<OpenStream> which) {
        return open.entrySet().stream()
                .filter(one -> which.test(one.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private @Nullable OpenStream last() {
        OpenStream last = null;
        for (OpenStream stream : open.values()) {
            last = stream;
        }
        return last;
    }

    private @Nullable OpenStream lastToEnd() {
        OpenStream last = null;
        for (OpenStream stream : open.values()) {
            last = stream.mayEnd() || open.size() == 1 ? stream : last;
        }
        return last;
    }

    private OpenStream foreign(long offset) {
        OpenStream known = foreign;
        if (known == null) {
            known = new OpenStream(options, options.parser(), offset, target);
            foreign = known;
        }
        return known;
    }

    // Who is closed.

    private void closeIdle() {
        while (open.size() > limits.maxOpenStreams()
                || !open.isEmpty() && frameCount - eldest().lastFrame() > limits.idleFrames()) {
            closeEldest();
        }
    }

    private OpenStream eldest() {
        return open.values().iterator().next();
    }

    private void closeEldest() {
        String id = open.keySet().iterator().next();
        OpenStream stream = open.remove(id);
        if (stream != null) {
            streamsByItem.keySet().removeAll(stream.itemIds());
            stream.finish();
        }
    }
}
