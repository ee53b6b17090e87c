package io.phaseline.benchmarks.corpus;

import io.phaseline.event.Dialect;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes captures of any size, always the same ones, and says what is in them: conversations in all dialects in turn, one
 * refusal in a hundred, and one short reply in seven in which something else happens: it is torn, in a frame or in a
 * character, it calls a function, or it fails.
 *
 * <p>{@code java -cp benchmarks/target/benchmarks.jar io.phaseline.benchmarks.corpus.CaptureGenerator BYTES FILE [MIXED]}.
 * If FILE is a folder, each conversation is a file in it. With MIXED, so many conversations go on at the same time, and
 * their frames stand among each other; torn replies then end with a frame, for who mixes frames has whole ones.
 */
public final class CaptureGenerator {
    private static final int REFUSED_ONE_IN = 100;
    private static final int INCIDENT_ONE_IN = 7;
    private static final int FILES_PER_FOLDER = 1_000;
    private static final Dialect[] DIALECTS = Dialect.values();
    private static final Incident[] INCIDENTS = Incident.values();
    private static final byte[] FRAME_END = {'\n', '\n'};
    private static final byte[] NOTHING = {};

    /**
     * What was written.
     *
     * @param streams how many there are
     * @param failed how many of them the server ended with an error
     * @param truncated how many of them have no end
     * @param functionCalls how many calls of functions
     * @param errors how often each error, by kind and code
     * @param frames of all of them, end markers included
     * @param bytes of all of them
     * @param totals of those that are no refusals; its tool calls are codes
     */
    public record Written(
            long streams,
            long failed,
            long truncated,
            long functionCalls,
            Map<String, Long> errors,
            long frames,
            long bytes,
            Totals totals) {}

    /** Where replies go. */
    private enum Place {
        FILE_OF_ITS_OWN,
        ONE_AFTER_THE_OTHER,
        MIXED
    }

    private final Counting counting = new Counting();
    private long streams;
    private long failed;
    private long truncated;
    private long functionCalls;
    private final Map<String, Long> errors = new TreeMap<>();
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
                "{\"streams\":%d,\"failed\":%d,\"truncated\":%d,\"frames\":%d,\"bytes\":%d,\"inputTokens\":%d,\"outputTokens\":%d,"
                        + "\"totalTokens\":%d,\"reasoningTokens\":%d,\"codes\":%d,"
                        + "\"functionCalls\":%d}%n",
                written.streams(),
                written.failed(),
                written.truncated(),
                written.frames(),
                written.bytes(),
                totals.inputTokens(),
                totals.outputTokens(),
                totals.totalTokens(),
                totals.reasoningTokens(),
                totals.toolCalls(),
                written.functionCalls());
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
                generator.failed,
                generator.truncated,
                generator.functionCalls,
                Map.copyOf(generator.errors),
                generator.counting.frames + generator.otherFrames,
                generator.bytes,
                generator.counting.totals());
    }

    private void writeFiles(long least, Path folder) throws IOException {
        while (bytes < least) {
            String name = String.format(Locale.ROOT, "%06d/%09d.sse", streams / FILES_PER_FOLDER, streams);
            Path file = folder.resolve(name);
            Files.createDirectories(file.resolveSibling(".").normalize());
            Files.write(file, next(Place.FILE_OF_ITS_OWN));
        }
    }

    private void writeInTurn(long least, OutputStream out) throws IOException {
        while (bytes < least) {
            out.write(next(Place.ONE_AFTER_THE_OTHER));
        }
    }

    private void writeMixed(long least, OutputStream out, int mixed) throws IOException {
        Dice dice = new Dice(mixed);
        List<Rest> open = new ArrayList<>();
        while (bytes < least || !open.isEmpty()) {
            while (bytes < least && open.size() < mixed) {
                open.add(new Rest(next(Place.MIXED)));
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

    private byte[] next(Place place) {
        byte[] body;
        if (streams % REFUSED_ONE_IN == REFUSED_ONE_IN - 1) {
            body = refusal();
        } else if (streams % INCIDENT_ONE_IN == INCIDENT_ONE_IN - 1 && !isBeforeRefusal()) {
            body = incident((int) (streams / INCIDENT_ONE_IN), place);
        } else {
            body = conversation();
        }
        streams++;
        bytes += body.length;
        return body;
    }

    /** An error behind a torn reply is read as that reply's, where nothing but it tells that another one has begun. */
    private boolean isBeforeRefusal() {
        return streams % REFUSED_ONE_IN == REFUSED_ONE_IN - 2;
    }

    private byte[] incident(int number, Place place) {
        Incident incident = INCIDENTS[number % INCIDENTS.length];
        Dialect dialect = DIALECTS[number / INCIDENTS.length % DIALECTS.length];
        Incident.Body body = incident.write(dialect, new Dice(streams), counting);
        switch (incident) {
            case FUNCTION_CALL -> functionCalls++;
            case FAILED_LATE -> fail(Incident.ERROR_CODE);
            case TORN_IN_FRAME, TORN_IN_CHARACTER -> truncated++;
        }
        return body.isTorn() ? torn(body, place) : body.bytes();
    }

    private byte[] torn(Incident.Body body, Place place) {
        if (place == Place.MIXED) {
            return body.withoutTornFrame().bytes();
        }
        errors.merge("malformed", 1L, Long::sum);
        boolean isFollowed = place == Place.ONE_AFTER_THE_OTHER;
        // What follows ends the torn frame, which then counts as one that is broken.
        otherFrames += isFollowed ? 1 : 0;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(body.bytes());
        bytes.writeBytes(isFollowed ? FRAME_END : NOTHING);
        return bytes.toByteArray();
    }

    private void fail(String code) {
        failed++;
        errors.merge("server " + code, 1L, Long::sum);
    }

    private byte[] conversation() {
        Dialect dialect = DIALECTS[(int) (streams % DIALECTS.length)];
        if (dialect == Dialect.CHAT) {
            otherFrames++; // the end marker
        }
        return Corpus.body(Shape.of(dialect), streams, counting);
    }

    private byte[] refusal() {
        fail("InvalidParameter");
        otherFrames++;
        return """
                id:1
                event:error
                :HTTP_STATUS/400
                data:{"code":"InvalidParameter","message":"Role must be user or assistant","request_id":"%s"}

                """.formatted(new Dice(streams).uuid()).getBytes(StandardCharsets.UTF_8);
    }
}
