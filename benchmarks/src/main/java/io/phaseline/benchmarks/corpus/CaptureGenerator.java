package io.phaseline.benchmarks.corpus;

import io.phaseline.event.Dialect;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Writes captures of any size, always the same ones, and says what is in them: conversations in all dialects in turn, and
 * one refusal in a hundred.
 *
 * <p>{@code java -cp benchmarks/target/benchmarks.jar io.phaseline.benchmarks.corpus.CaptureGenerator BYTES FILE [MIXED]}.
 * If FILE is a folder, each conversation is a file in it. With MIXED, so many conversations go on at the same time, and
 * their frames stand among each other.
 */
public final class CaptureGenerator {
    private static final int REFUSED_ONE_IN = 100;
    private static final int FILES_PER_FOLDER = 1_000;
    private static final Dialect[] DIALECTS = Dialect.values();

    /**
     * What was written.
     *
     * @param streams conversations and refusals
     * @param refused refusals
     * @param frames of all of them, end markers included
     * @param bytes of all of them
     * @param totals of the conversations
     */
    public record Written(long streams, long refused, long frames, long bytes, Totals totals) {}

    private final Counting counting = new Counting();
    private long streams;
    private long refused;
    private long otherFrames;
    private long bytes;

    private CaptureGenerator() {}

    /**
     * Writes captures, and their totals as JSON to standard output.
     *
     * @param arguments how many bytes, where to, and how many at the same time
     * @throws IOException if they cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 2 || arguments.length > 3) {
            System.err.println("usage: CaptureGenerator BYTES FILE [MIXED]");
            System.exit(2);
        }
        Path target = Path.of(arguments[1]);
        int mixed = arguments.length == 3 ? Integer.parseInt(arguments[2]) : 1;
        Written written = write(Long.parseLong(arguments[0]), target, mixed);
        Totals totals = written.totals();
        System.out.printf(
                Locale.ROOT,
                "{\"streams\":%d,\"failed\":%d,\"frames\":%d,\"bytes\":%d,\"inputTokens\":%d,\"outputTokens\":%d,"
                        + "\"totalTokens\":%d,\"reasoningTokens\":%d,\"codes\":%d}%n",
                written.streams(),
                written.refused(),
                written.frames(),
                written.bytes(),
                totals.inputTokens(),
                totals.outputTokens(),
                totals.totalTokens(),
                totals.reasoningTokens(),
                totals.toolCalls());
    }

    /**
     * Writes captures.
     *
     * @param bytes at least so many; the last conversation is never cut
     * @param target a file, or a folder for one file per conversation
     * @param mixed how many conversations go on at the same time in a file; 1 for one after the other
     * @return what is in them
     * @throws IOException if they cannot be written
     */
    public static Written write(long bytes, Path target, int mixed) throws IOException {
        CaptureGenerator generator = new CaptureGenerator();
        if (Files.isDirectory(target)) {
            generator.writeFiles(bytes, target);
        } else {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target), 1 << 20)) {
                if (mixed == 1) {
                    generator.writeInTurn(bytes, out);
                } else {
                    generator.writeMixed(bytes, out, mixed);
                }
            }
        }
        return new Written(
                generator.streams,
                generator.refused,
                generator.counting.frames + generator.otherFrames,
                generator.bytes,
                generator.counting.totals());
    }

    private void writeFiles(long least, Path folder) throws IOException {
        while (bytes < least) {
            String name = String.format(Locale.ROOT, "%06d/%09d.sse", streams / FILES_PER_FOLDER, streams);
            Path file = folder.resolve(name);
            Files.createDirectories(file.resolveSibling(".").normalize());
            Files.write(file, next());
        }
    }

    private void writeInTurn(long least, OutputStream out) throws IOException {
        while (bytes < least) {
            out.write(next());
        }
    }

    private void writeMixed(long least, OutputStream out, int mixed) throws IOException {
        Dice dice = new Dice(mixed);
        List<Rest> open = new ArrayList<>();
        while (bytes < least || !open.isEmpty()) {
            while (bytes < least && open.size() < mixed) {
                open.add(new Rest(next()));
            }
            Rest rest = open.get(dice.below(open.size()));
            rest.writeFrame(out);
            if (rest.isEmpty()) {
                open.remove(rest);
            }
        }
    }

    /** What is left of a conversation. */
    private static final class Rest {
        private final byte[] body;
        private int at;

        Rest(byte[] body) {
            this.body = body;
        }

        /** Writes a frame, and the end marker with it: on its own it does not say whose it is. */
        void writeFrame(OutputStream out) throws IOException {
            int end = at + 1;
            while (body[end] != '\n' || body[end - 1] != '\n' || isEndMarker(end + 1)) {
                end++;
            }
            out.write(body, at, end + 1 - at);
            at = end + 1;
        }

        private boolean isEndMarker(int from) {
            byte[] marker = "data: [DONE]".getBytes(StandardCharsets.US_ASCII);
            int to = from + marker.length;
            return to <= body.length && Arrays.equals(body, from, to, marker, 0, marker.length);
        }

        boolean isEmpty() {
            return at == body.length;
        }
    }

    private byte[] next() {
        boolean isRefusal = streams % REFUSED_ONE_IN == REFUSED_ONE_IN - 1;
        byte[] body = isRefusal ? refusal() : conversation();
        streams++;
        bytes += body.length;
        return body;
    }

    private byte[] conversation() {
        Dialect dialect = DIALECTS[(int) (streams % DIALECTS.length)];
        if (dialect == Dialect.CHAT) {
            otherFrames++; // the end marker
        }
        return Corpus.body(Shape.of(dialect), streams, counting);
    }

    private byte[] refusal() {
        refused++;
        otherFrames++;
        return """
                id:1
                event:error
                :HTTP_STATUS/400
                data:{"code":"InvalidParameter","message":"Role must be user or assistant","request_id":"%s"}

                """.formatted(new Dice(streams).uuid()).getBytes(StandardCharsets.UTF_8);
    }
}
