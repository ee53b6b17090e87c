package io.phaseline.replay;

import com.fasterxml.jackson.core.JsonGenerator;
import io.phaseline.bytes.Slice;
import io.phaseline.replay.input.Input;
import io.phaseline.replay.input.Inputs;
import io.phaseline.replay.json.JsonLines;
import io.phaseline.sse.EventStreamReader;
import io.phaseline.sse.Frame;
import io.phaseline.sse.FrameListener;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code frames}: what an event stream dispatches, strictly by WHATWG, whatever its data may mean. */
@Command(
        name = "frames",
        description = "Prints one JSON object per dispatched frame, strictly by WHATWG.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class FramesCommand implements Callable<Integer> {
    private final Stdio stdio;

    @Mixin
    final ReadingOptions reading = new ReadingOptions();

    @Mixin
    final FileArguments files = new FileArguments();

    @Option(names = "--all", description = "Print comments and reconnection times as well, in place.")
    boolean all;

    FramesCommand(Stdio stdio) {
        this.stdio = stdio;
    }

    @Override
    public Integer call() {
        Verdict verdict = new Verdict(stdio);
        Inputs inputs = Inputs.of(files.names, stdio.in(), verdict);
        InputReader reader = new InputReader(stdio, verdict, reading.chunk);
        JsonLines lines = new JsonLines(stdio.out());
        for (Input input : inputs.list()) {
            FrameLines frames = new FrameLines(lines, input, inputs.several(), verdict);
            EventStreamReader stream = new EventStreamReader(frames, reading.limits.maxFrameBytes());
            InputReader.Reading result = reader.read(input, new InputReader.Sink() {
                @Override
                public void feed(byte[] bytes, int offset, int length) {
                    stream.feed(bytes, offset, length);
                }

                @Override
                public void finish() {
                    stream.finish();
                }
            });
            if (result != InputReader.Reading.NONE) {
                frames.end();
            }
        }
        return verdict.status();
    }

    /** Writes the frames of one input. */
    private final class FrameLines implements FrameListener {
        private final JsonLines lines;
        private final Input input;
        private final boolean tellSource;
        private final Verdict verdict;
        private boolean anyFrame;
        private boolean lineLost;

        FrameLines(JsonLines lines, Input input, boolean tellSource, Verdict verdict) {
            this.lines = lines;
            this.input = input;
            this.tellSource = tellSource;
            this.verdict = verdict;
        }

        private void line(JsonLines.Members members) {
            lines.line(json -> {
                if (tellSource) {
                    JsonLines.text(json, "source", input.source());
                }
                members.write(json);
            });
        }

        @Override
        public void onFrame(Frame frame) {
            anyFrame = true;
            line(json -> {
                raw(json, "event", frame.event().isEmpty() ? Slice.of("message") : frame.event());
                raw(json, "id", frame.id());
                raw(json, "data", frame.data());
            });
        }

        @Override
        public void onComment(Slice comment) {
            if (all) {
                line(json -> raw(json, "comment", comment));
            }
        }

        @Override
        public void onRetry(long millis) {
            if (all) {
                line(json -> json.writeNumberField("retry", millis));
            }
        }

        @Override
        public void onPendingFrame(Frame frame) {
            anyFrame = true;
            verdict.flawed(
                    input.source(), "the frame at byte " + frame.offset() + " has no blank line and is not printed");
        }

        @Override
        public void onOversizedFrame(long offset) {
            anyFrame = true;
            verdict.flawed(input.source(), "the frame at byte " + offset + tooLong());
        }

        @Override
        public void onOversizedLine(long offset) {
            lineLost = true;
            verdict.note(input.source(), "the line at byte " + offset + tooLong());
        }

        private String tooLong() {
            return " is longer than " + reading.limits.maxFrameBytes() + " bytes and is passed over";
        }

        /** Hears that the input is over. */
        void end() {
            if (!anyFrame) {
                verdict.note(input.source(), input.named() ? "no frame in it" : "no frame in it, passed over");
            }
            if (input.named() ? !anyFrame || lineLost : anyFrame && lineLost) {
                verdict.flawed();
            }
        }

        /** Raw bytes are decoded first: they may be ill-formed. */
        private static void raw(JsonGenerator json, String name, Slice bytes) throws IOException {
            JsonLines.text(json, name, bytes.toString());
        }
    }
}
