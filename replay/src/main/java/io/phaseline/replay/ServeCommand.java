package io.phaseline.replay;

import io.phaseline.event.Dialect;
import io.phaseline.netty.recording.RecordedReads;
import io.phaseline.netty.server.Capture;
import io.phaseline.netty.server.Fault;
import io.phaseline.netty.server.Pace;
import io.phaseline.netty.server.ReplayServer;
import io.phaseline.replay.input.Compression;
import io.phaseline.replay.input.Input;
import io.phaseline.replay.input.Inputs;
import io.phaseline.replay.input.ReadFailure;
import io.phaseline.replay.json.OutputLost;
import io.phaseline.replay.json.Words;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code serve}: captures over HTTP, as if this were the real endpoint. */
@Command(
        name = "serve",
        description = "Serves captures over HTTP as if this were the real endpoint, until it is interrupted.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Paths are those of DashScope and of its OpenAI compatible mode; captures of the path's dialect are served",
            "in turn. A request may choose for itself: ?capture=NAME, ?cut=N, ?pace=at-once|recorded|N, ?fault=KIND@FRAME",
            "(or the headers X-Phaseline-Capture, -Cut, -Pace, -Fault).",
            "Faults: reset, stall, error, malformed, cut, no-done, endless, unavailable."
        })
final class ServeCommand implements Callable<Integer> {
    /** A capture is held in memory while it is served. */
    private static final int MAX_CAPTURE_BYTES = 256 << 20;

    private final Stdio stdio;

    @Option(
            names = "--port",
            paramLabel = "N",
            converter = Port.class,
            description = "Listen at this port; a free one by default.")
    int port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "Listen at this address; 127.0.0.1 by default. Whoever can reach it is served.")
    @Nullable
    String host;

    @Option(
            names = "--tokens-per-second",
            paramLabel = "N",
            converter = Rate.class,
            description = "Send so many tokens per second, as the capture's usage counts them.")
    @Nullable
    Pace tokens;

    @Option(names = "--as-recorded", description = "Send at the times recorded beside the captures (FILE.times.jsonl).")
    boolean asRecorded;

    @Option(
            names = "--cut",
            paramLabel = "N",
            converter = ReadingOptions.Count.class,
            description = "Send at most N bytes of the body in one network write.")
    int cut;

    @Option(
            names = "--fault",
            paramLabel = "KIND@FRAME",
            converter = FaultName.class,
            description = "Let this go wrong at that frame of every reply.")
    @Nullable
    Fault fault;

    @Mixin
    final FileArguments files = new FileArguments();

    ServeCommand(Stdio stdio) {
        this.stdio = stdio;
    }

    @Override
    public Integer call() {
        Verdict verdict = new Verdict(stdio);
        if (asRecorded && tokens != null) {
            verdict.unreadable("serve", "--as-recorded and --tokens-per-second exclude each other");
            return verdict.status();
        }
        List<Capture> captures = captures(verdict);
        if (captures.isEmpty()) {
            verdict.unreadable("serve", "nothing to serve");
            return verdict.status();
        }
        if (fault != null && captures.stream().noneMatch(capture -> capture.frameCount() >= fault.frame())) {
            verdict.note("serve", "no capture has " + fault.frame() + " frames: " + fault + " will not happen");
        }
        try (ReplayServer server = ReplayServer.builder()
                .captures(captures)
                .address(new InetSocketAddress(address(), port))
                .pace(asRecorded ? Pace.RECORDED : tokens == null ? Pace.AT_ONCE : tokens)
                .cutBytes(cut)
                .fault(fault)
                .start()) {
            announce(server, captures);
            new CountDownLatch(1).await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (UnknownHostException e) {
            verdict.unreadable("serve", "no such address: " + host);
        } catch (IllegalArgumentException | IOException e) {
            verdict.unreadable("serve", String.valueOf(e.getMessage()));
        }
        return verdict.status();
    }

    private InetAddress address() throws UnknownHostException {
        return host == null ? InetAddress.getByAddress(new byte[] {127, 0, 0, 1}) : InetAddress.getByName(host);
    }

    private List<Capture> captures(Verdict verdict) {
        List<Capture> captures = new ArrayList<>();
        for (Input input : Inputs.of(files.names, stdio.in(), verdict).list()) {
            boolean isTimes = !input.named() && input.source().endsWith(RecordedReads.SUFFIX);
            if (!isTimes) {
                try {
                    capture(input, verdict).ifPresent(captures::add);
                } catch (IOException e) {
                    verdict.unreadable(input.source(), ReadFailure.reason(e));
                }
            }
        }
        return captures;
    }

    private static Optional<Capture> capture(Input input, Verdict verdict) throws IOException {
        byte[] body;
        try (InputStream raw = input.opener().open();
                InputStream in = Compression.open(raw)) {
            body = in.readNBytes(MAX_CAPTURE_BYTES + 1);
        }
        if (body.length > MAX_CAPTURE_BYTES) {
            verdict.unreadable(
                    input.source(),
                    String.format(Locale.ROOT, "larger than %d bytes, cannot be served", MAX_CAPTURE_BYTES));
            return Optional.empty();
        }
        if (input.source().equals("-")) {
            return Optional.of(Capture.of("-", body));
        }
        Path file = Path.of(input.source());
        Capture capture = Capture.of(String.valueOf(file.getFileName()), body);
        if (!input.named() && capture.frameCount() == 0) {
            verdict.note(input.source(), "not an event stream, passed over");
            return Optional.empty();
        }
        Optional<RecordedReads> reads = RecordedReads.beside(file);
        try {
            return Optional.of(reads.isPresent() ? capture.withReads(reads.get()) : capture);
        } catch (IllegalArgumentException e) {
            verdict.note(input.source(), "served without its times: " + e.getMessage());
            return Optional.of(capture);
        }
    }

    private void announce(ReplayServer server, List<Capture> captures) {
        StringBuilder lines = new StringBuilder("listening at " + server.uri() + "\n");
        for (Capture capture : captures) {
            Dialect dialect = capture.dialect();
            lines.append(String.format(
                    Locale.ROOT,
                    "%-10s %s, %d frames%s%n",
                    dialect == null ? "any" : Words.of(dialect),
                    capture.name(),
                    capture.frameCount(),
                    capture.hasTimes() ? ", with times" : ""));
        }
        try {
            stdio.out().write(lines.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new OutputLost(e);
        }
        stdio.flush();
    }

    /** Reads a port. */
    static final class Port implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            int port;
            try {
                port = Integer.parseInt(value);
            } catch (NumberFormatException e) {
                throw new TypeConversionException("'" + value + "' is not a port");
            }
            if (port < 0 || port > 0xFFFF) {
                throw new TypeConversionException("'" + value + "' is not a port");
            }
            return port;
        }
    }

    /** Reads a number of tokens per second. */
    static final class Rate implements ITypeConverter<Pace> {
        @Override
        public Pace convert(String value) {
            try {
                return Pace.tokensPerSecond(Double.parseDouble(value));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'" + value + "' is not a number of tokens per second");
            }
        }
    }

    /** Reads a fault. */
    static final class FaultName implements ITypeConverter<Fault> {
        @Override
        public Fault convert(String value) {
            try {
                return Fault.parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
