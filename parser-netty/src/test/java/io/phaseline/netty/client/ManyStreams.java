package io.phaseline.netty.client;

import io.phaseline.bytes.Slice;
import io.phaseline.event.Dialect;
import io.phaseline.event.Outcome;
import io.phaseline.event.Phase;
import io.phaseline.event.Place;
import io.phaseline.event.ResultAccumulator;
import io.phaseline.event.StreamListener;
import io.phaseline.event.StreamResult;
import io.phaseline.netty.server.Capture;
import io.phaseline.netty.server.Pace;
import io.phaseline.netty.server.ReplayServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/**
 * A load: so many replies at once over loopback, client and server in one JVM, each reply with an id and a text of its
 * own, and each one checked.
 *
 * <p>The replies are paced, and the load is run again with a slower pace until all of them were open at once. Ends with
 * status 1 if one was lost, mixed up, or left something in the heap.
 *
 * <pre>java -Xmx512m … io.phaseline.netty.client.ManyStreams STREAMS HTTP_1_1|HTTP_2</pre>
 */
public final class ManyStreams {
    private static final int FRAMES = 40;
    private static final int SLOWEST_SECONDS = 64;
    private static final long MAX_HEAP_GROWTH_BYTES = 8L << 20;

    private ManyStreams() {}

    public static void main(String[] args) throws Exception {
        int count = Integer.parseInt(args[0]);
        Transport transport = Transport.valueOf(args[1]);
        List<Capture> captures =
                IntStream.range(0, count).mapToObj(ManyStreams::capture).toList();
        try (ReplayServer server = ReplayServer.builder()
                .captures(captures)
                .maxConcurrentStreams(count)
                .start()) {
            load(server, transport, Math.min(count, 200), 1); // whatever is made once is made
            long before = usedHeap();
            int seconds = 4;
            Load load = load(server, transport, count, seconds);
            while (load.mostAtOnce.get() < count && seconds < SLOWEST_SECONDS) {
                seconds *= 2;
                load = load(server, transport, count, seconds);
            }
            long after = usedHeap();
            System.out.printf(
                    Locale.ROOT,
                    "%s: %d streams, %d at once, %d right, in %.1f s (%d s each); heap used before %.1f MiB, after %.1f"
                            + " MiB, of %d MiB; most memory of the process %s%n",
                    transport,
                    count,
                    load.mostAtOnce.get(),
                    load.right,
                    load.seconds,
                    seconds,
                    before / 1048576.0,
                    after / 1048576.0,
                    Runtime.getRuntime().maxMemory() >> 20,
                    mostMemory());
            boolean good = load.right == count
                    && load.mostAtOnce.get() == count
                    && after - before < MAX_HEAP_GROWTH_BYTES
                    && server.repliesInPlay() == 0;
            if (!good) {
                System.exit(1);
            }
        }
    }

    /** Runs a load through a client of its own. */
    private static Load load(ReplayServer server, Transport transport, int count, int secondsEach) throws Exception {
        Load load = new Load(count);
        try (ModelClient client = ModelClient.builder(server.uri())
                .transport(transport)
                .retries(RetryPolicy.NONE)
                .timeouts(Timeouts.DEFAULT
                        .withWhole(Duration.ofMinutes(5))
                        .withConnect(Duration.ofMinutes(2))) // more at once than the system lets wait
                .maxConnections(count)
                .maxWaitingRequests(count)
                .build()) {
            load.run(client, FRAMES / (double) secondsEach);
        }
        while (server.openConnections() > 0) {
            Thread.onSpinWait(); // the server is about to hear that they were closed
        }
        return load;
    }

    /** One reply in Chat Completions, of 40 frames with a token each. */
    private static Capture capture(int number) {
        StringBuilder body = new StringBuilder();
        for (String word : text(number).split("(?<= )")) {
            body.append("data: {\"id\":\"").append(id(number));
            body.append(
                    "\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{");
            body.append("\"content\":\"").append(word).append("\"},\"finish_reason\":null}]}\n\n");
        }
        body.append("data: {\"id\":\"").append(id(number));
        body.append("\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{},");
        body.append("\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
        return Capture.of(id(number), body.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static String id(int number) {
        return "chatcmpl-" + number;
    }

    private static String text(int number) {
        StringBuilder text = new StringBuilder();
        for (int word = 0; word < FRAMES; word++) {
            text.append(number).append('.').append(word).append(' ');
        }
        return text.toString();
    }

    private static final class Load {
        final AtomicInteger mostAtOnce = new AtomicInteger();
        private final AtomicInteger open = new AtomicInteger();
        private final int count;
        int right;
        double seconds;

        Load(int count) {
            this.count = count;
        }

        void run(ModelClient client, double tokensPerSecond) throws Exception {
            long start = System.nanoTime();
            List<AtomicReference<StreamResult>> results = new ArrayList<>();
            List<CompletableFuture<Void>> ends = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                AtomicReference<StreamResult> result = new AtomicReference<>();
                results.add(result);
                ends.add(client.listen(request(i, tokensPerSecond), new Counted(result, this)));
            }
            CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new)).get();
            seconds = (System.nanoTime() - start) / 1e9;
            for (int i = 0; i < count; i++) {
                StreamResult result = results.get(i).get();
                if (id(i).equals(result.id())
                        && text(i).equals(result.content())
                        && result.outcome() == Outcome.COMPLETED
                        && result.errors().isEmpty()) {
                    right++;
                }
            }
        }

        private static ModelRequest request(int number, double tokensPerSecond) {
            ModelRequest request =
                    ModelRequest.of(Dialect.CHAT, "{\"stream\":true}".getBytes(StandardCharsets.US_ASCII));
            Pace pace = Pace.tokensPerSecond(tokensPerSecond);
            return request.withPath(request.path() + "?capture=" + id(number) + "&pace=" + pace.tokensPerSecond());
        }
    }

    /** Joins one reply, and counts it as open from its first text to its end. */
    private static final class Counted implements StreamListener {
        private final ResultAccumulator accumulator;
        private final Load load;

        Counted(AtomicReference<StreamResult> target, Load load) {
            this.accumulator = new ResultAccumulator(target::set);
            this.load = load;
        }

        @Override
        public void onStarted(Place at, Dialect dialect, Slice id, Slice model) {
            int now = load.open.incrementAndGet();
            load.mostAtOnce.accumulateAndGet(now, Math::max);
            accumulator.onStarted(at, dialect, id, model);
        }

        @Override
        public void onPhase(Place at, int choice, Phase phase, Phase previous) {
            accumulator.onPhase(at, choice, phase, previous);
        }

        @Override
        public void onContent(Place at, int choice, Slice delta) {
            accumulator.onContent(at, choice, delta);
        }

        @Override
        public void onFinish(Place at, int choice, Slice reason) {
            accumulator.onFinish(at, choice, reason);
        }

        @Override
        public void onEnded(Place at, Outcome outcome, long frames, long bytes) {
            load.open.decrementAndGet();
            accumulator.onEnded(at, outcome, frames, bytes);
        }
    }

    /** What is in use when nothing is left to collect. */
    private static long usedHeap() {
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            used = Math.min(
                    used,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return used;
    }

    private static String mostMemory() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return "unknown";
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }
}
