package io.phaseline.reference;

import io.phaseline.bytes.Slice;
import io.phaseline.sse.Frame;
import io.phaseline.sse.FrameListener;
import java.util.ArrayList;
import java.util.List;

/** What a reader of frames lets hear, one line each, in the same words as {@link #of what the reference heard}. */
public final class FrameTranscript implements FrameListener {
    private final List<String> lines = new ArrayList<>();

    /** Nothing heard yet. */
    public FrameTranscript() {}

    /**
     * The lines so far.
     *
     * @return one for each thing heard
     */
    public List<String> lines() {
        return lines;
    }

    /**
     * The same of what the reference heard.
     *
     * @param events what it heard
     * @return one line each
     */
    public static List<String> of(List<FrameEvent> events) {
        return events.stream().map(FrameTranscript::line).toList();
    }

    private static String line(FrameEvent event) {
        if (event instanceof FrameEvent.Frame frame) {
            return (frame.dispatched() ? "frame " : "pending ") + frame.offset() + " " + frame.event() + "|"
                    + frame.id() + "|" + frame.ownId() + "|" + frame.dataLines() + "|" + frame.comment() + "|"
                    + frame.data();
        } else if (event instanceof FrameEvent.Comment comment) {
            return "comment " + comment.text();
        } else if (event instanceof FrameEvent.Retry retry) {
            return "retry " + retry.millis();
        } else if (event instanceof FrameEvent.Ignored ignored) {
            return "ignored " + ignored.offset() + " " + ignored.line();
        } else if (event instanceof FrameEvent.Oversized oversized) {
            return "oversized frame " + oversized.offset();
        } else if (event instanceof FrameEvent.OversizedLine oversized) {
            return "oversized line " + oversized.offset();
        }
        throw new AssertionError(event);
    }

    @Override
    public void onFrame(Frame frame) {
        lines.add("frame " + words(frame));
    }

    @Override
    public void onPendingFrame(Frame frame) {
        lines.add("pending " + words(frame));
    }

    private static String words(Frame frame) {
        return frame.offset() + " " + frame.event() + "|" + frame.id() + "|" + frame.hasOwnId() + "|"
                + frame.dataLines() + "|" + frame.comment() + "|" + frame.data();
    }

    @Override
    public void onComment(Slice comment) {
        lines.add("comment " + comment);
    }

    @Override
    public void onRetry(long millis) {
        lines.add("retry " + millis);
    }

    @Override
    public void onIgnoredLine(Slice line, long offset) {
        lines.add("ignored " + offset + " " + line);
    }

    @Override
    public void onOversizedFrame(long offset) {
        lines.add("oversized frame " + offset);
    }

    @Override
    public void onOversizedLine(long offset) {
        lines.add("oversized line " + offset);
    }
}
