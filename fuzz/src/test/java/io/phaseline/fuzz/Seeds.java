package io.phaseline.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.phaseline.ParserOptions;
import io.phaseline.event.Dialect;
import io.phaseline.reference.FrameEvent;
import io.phaseline.reference.ReferenceParser;
import io.phaseline.reference.RepeatingStreams;
import io.phaseline.reference.Streams;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * What the fuzzers begin with, and what every build runs: all goldens and some generated streams, each as it is and once
 * more with a program of variations and cuts. Always the same.
 */
final class Seeds {
    private static final int GENERATED = 40;
    private static final int PROGRAM_BYTES = 60;

    private Seeds() {}

    /** Streams of every kind. */
    static Stream<byte[]> streams() {
        List<byte[]> seeds = new ArrayList<>();
        for (Golden golden : Golden.all()) {
            add(seeds, golden.bytes(), golden.options());
        }
        for (int i = 0; i < GENERATED; i++) {
            add(seeds, new RepeatingStreams(i).stream(), ParserOptions.DEFAULT.withManyStreams(i % 3 == 0));
            add(seeds, new Streams(i).severalStreams(), ParserOptions.DEFAULT.withManyStreams(true));
        }
        return seeds.stream();
    }

    /** Payloads of native frames, one a line. */
    static Stream<byte[]> dashScopePayloads() {
        return payloads(Dialect.DASHSCOPE);
    }

    /** Payloads of Chat Completions. */
    static Stream<byte[]> chatPayloads() {
        return payloads(Dialect.CHAT);
    }

    /** Payloads of Responses. */
    static Stream<byte[]> responsesPayloads() {
        return payloads(Dialect.RESPONSES);
    }

    private static Stream<byte[]> payloads(Dialect dialect) {
        String folder = dialect.name().toLowerCase(java.util.Locale.ROOT);
        List<byte[]> seeds = new ArrayList<>();
        for (Golden golden : Golden.all()) {
            if (golden.folder().equals(folder)) {
                add(seeds, payloads(golden), golden.options());
            }
        }
        return seeds.stream();
    }

    /** JSON lines, and other inputs that are no event streams. */
    static Stream<byte[]> lines() {
        List<byte[]> seeds = new ArrayList<>();
        for (Golden golden : Golden.all()) {
            boolean isEventStream = golden.name().endsWith(".sse");
            add(seeds, isEventStream ? payloads(golden) : golden.bytes(), golden.options());
        }
        return seeds.stream();
    }

    private static byte[] payloads(Golden golden) {
        List<String> payloads = new ArrayList<>();
        int limit = golden.options().limits().maxFrameBytes();
        for (FrameEvent event : ReferenceParser.frames(golden.bytes(), limit)) {
            if (event instanceof FrameEvent.Frame frame) {
                payloads.add(frame.data().replace('\n', ' '));
            }
        }
        return String.join("\n", payloads).getBytes(UTF_8);
    }

    private static void add(List<byte[]> seeds, byte[] body, ParserOptions options) {
        if (body.length > FuzzInput.MAX_BYTES) {
            return;
        }
        int code = FuzzInput.encode(options);
        Random random = new Random(seeds.size());
        seeds.add(FuzzInput.of(body, new byte[0], new byte[0], code));
        seeds.add(FuzzInput.of(body, program(random), program(random), code));
    }

    private static byte[] program(Random random) {
        byte[] program = new byte[random.nextInt(PROGRAM_BYTES)];
        random.nextBytes(program);
        return program;
    }
}
