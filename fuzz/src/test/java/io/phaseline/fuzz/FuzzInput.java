package io.phaseline.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.phaseline.ParserLimits;
import io.phaseline.ParserOptions;
import io.phaseline.event.Dialect;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fuzzer's bytes taken apart, from behind, so that a golden with a few bytes after it is a good seed and what a
 * mutation inserts in front does not move the meaning of everything else:
 *
 * <pre>
 *   body … ‖ variations … ‖ feeding … ‖ length of variations ‖ length of feeding ‖ options
 * </pre>
 *
 * A length is one byte. With no variations the body is the input as it stands; else {@link FrameVariations} makes the
 * input of the body's frames. Fewer than three bytes are a body.
 */
final class FuzzInput {
    private static final int TAIL = 3;

    /** What a body may be at most, in bytes: the reference is slow, and long inputs find no more than short ones. */
    static final int MAX_BYTES = 1 << 14;

    private static final Dialect[] DIALECTS = Dialect.values();

    private final byte[] data;
    private final int bodyEnd;
    private final int variationsEnd;
    private final int feedingEnd;
    private final int options;

    FuzzInput(byte[] data) {
        this.data = data;
        int length = data.length;
        boolean hasTail = length >= TAIL;
        feedingEnd = hasTail ? length - TAIL : length;
        options = hasTail ? data[length - 1] & 0xFF : 0;
        variationsEnd = feedingEnd - (hasTail ? Math.min(data[length - 2] & 0xFF, feedingEnd) : 0);
        bodyEnd = variationsEnd - (hasTail ? Math.min(data[length - 3] & 0xFF, variationsEnd) : 0);
    }

    /** The bytes of which {@code new FuzzInput} makes such an input again. */
    static byte[] of(byte[] body, byte[] variations, byte[] feeding, int options) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(body);
        out.write(variations, 0, Math.min(variations.length, 255));
        out.write(feeding, 0, Math.min(feeding.length, 255));
        out.write(Math.min(variations.length, 255));
        out.write(Math.min(feeding.length, 255));
        out.write(options);
        return out.toByteArray();
    }

    /** The byte that stands for these options; what it cannot say is left out. */
    static int encode(ParserOptions options) {
        Dialect dialect = options.dialect();
        int code = dialect == null ? 0 : dialect.ordinal() + 1;
        boolean small = options.limits().maxFrameBytes() < ParserLimits.DEFAULT.maxFrameBytes();
        return code | (options.manyStreams() ? 4 : 0) | (options.cumulative() ? 8 : 0) | (small ? 16 : 0);
    }

    byte[] body() {
        return Arrays.copyOf(data, Math.min(bodyEnd, MAX_BYTES));
    }

    /** The whole input: the body, or what the variations make of its frames. */
    byte[] stream() {
        byte[] body = body();
        return hasVariations() ? new FrameVariations(FrameVariations.split(body), variations()).stream() : body;
    }

    /** The body's lines, each between two texts, as they are or as the variations make them. */
    byte[] lines(String before, String after) {
        List<byte[]> frames = new ArrayList<>();
        for (String line : new String(body(), ISO_8859_1).split("\n", -1)) {
            frames.add((before + line + after).getBytes(ISO_8859_1));
        }
        if (hasVariations()) {
            return new FrameVariations(frames, variations()).stream();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        frames.forEach(out::writeBytes);
        return out.toByteArray();
    }

    private boolean hasVariations() {
        return bodyEnd < variationsEnd;
    }

    private Choices variations() {
        return new Choices(data, bodyEnd, variationsEnd);
    }

    Choices feeding() {
        return new Choices(data, variationsEnd, feedingEnd);
    }

    ParserOptions options() {
        return options(dialectCode() == 0 ? null : DIALECTS[dialectCode() - 1]);
    }

    ParserOptions options(@Nullable Dialect dialect) {
        ParserLimits limits = ParserLimits.DEFAULT;
        if ((options & 16) != 0) {
            limits = limits.withMaxFrameBytes(200);
        }
        if ((options & 32) != 0) {
            limits = new ParserLimits(
                    limits.maxFrameBytes(),
                    4,
                    limits.maxItems(),
                    limits.maxChoices(),
                    limits.maxToolBytes(),
                    limits.maxBodyBytes());
        }
        return ParserOptions.DEFAULT
                .withDialect(dialect)
                .withManyStreams((options & 4) != 0)
                .withCumulative((options & 8) != 0)
                .withLimits(limits);
    }

    private int dialectCode() {
        return options & 3;
    }

    /**
     * Cuts bytes as the fuzzer says. The first choice says how; with none, they are one piece.
     *
     * @return the pieces; some may be empty
     */
    static List<byte[]> cut(byte[] bytes, Choices feeding) {
        int first = feeding.octet();
        List<byte[]> pieces = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            int length;
            if (first == 1) {
                length = 1;
            } else if (feeding.isEmpty()) {
                // What is left of a stream is cut as its beginning was: in equal pieces, or not at all.
                length = first > 1 && first < 64 ? first : bytes.length;
            } else {
                int choice = feeding.octet();
                length = choice < 128 ? choice : choice << 2;
            }
            int end = Math.min(bytes.length, at + length);
            pieces.add(Arrays.copyOfRange(bytes, at, end));
            at = end;
        }
        return pieces;
    }
}
