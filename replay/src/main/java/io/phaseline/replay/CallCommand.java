package io.phaseline.replay;

import io.phaseline.event.Dialect;
import io.phaseline.netty.client.BodyTap;
import io.phaseline.netty.client.ModelClient;
import io.phaseline.netty.client.ModelRequest;
import io.phaseline.netty.client.RetryPolicy;
import io.phaseline.netty.client.Timeouts;
import io.phaseline.netty.client.Transport;
import io.phaseline.netty.recording.Recording;
import io.phaseline.replay.input.ReadFailure;
import io.phaseline.replay.input.StreamGate;
import io.phaseline.replay.json.OutputLost;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code call}: asks a server for a stream and shows it as it arrives. */
@Command(
        name = "call",
        description = "Asks a server for a stream and shows it as it arrives, like show.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "The key is taken from the environment variable DASHSCOPE_API_KEY (or another one, --key-variable), and is",
            "never shown. A URL without a path goes to the endpoint of the dialect."
        })
final class CallCommand implements Callable<Integer> {
    private static final String NO_PATH = "/";

    private final Stdio stdio;

    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(paramLabel = "URL", description = "Where to ask: http:// or https://.")
    @Nullable
    URI url;

    @Option(names = "--prompt", paramLabel = "TEXT", description = "Ask this, with the Code Interpreter at hand.")
    @Nullable
    String prompt;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "The model for --prompt; ${DEFAULT-VALUE} by default.")
    String model = "qwen3.7-plus";

    @Option(
            names = "--body",
            paramLabel = "FILE",
            description = "Send this JSON as it is; - for standard input. It has to ask for a stream.")
    @Nullable
    String body;

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description = "Keep the bytes of the reply in FILE, and when they came in FILE.times.jsonl.")
    @Nullable
    Path record;

    @Option(
            names = "--key-variable",
            paramLabel = "NAME",
            description = "The environment variable with the key; ${DEFAULT-VALUE} by default.")
    String keyVariable = "DASHSCOPE_API_KEY";

    @Option(
            names = "--http",
            paramLabel = "VERSION",
            description = "auto, 1.1 or 2; auto by default: over TLS what the server prefers, else 1.1.")
    String http = "auto";

    @Option(
            names = "--idle-timeout",
            paramLabel = "SECONDS",
            description = "Give up when nothing came for so long; 120 by default.")
    double idleSeconds = Timeouts.DEFAULT.idle().toSeconds();

    @Option(
            names = "--max-time",
            paramLabel = "SECONDS",
            description = "Give up when the reply is not over by then; 1800 by default.")
    double maxSeconds = Timeouts.DEFAULT.whole().toSeconds();

    @Option(
            names = "--retries",
            paramLabel = "N",
            description = "Try again so often when nothing of a reply has come; ${DEFAULT-VALUE} by default.")
    int retries = RetryPolicy.DEFAULT.maxRetries();

    @Mixin
    final ReadingOptions reading = new ReadingOptions();

    @Mixin
    final ScreenOptions look = new ScreenOptions();

    CallCommand(Stdio stdio) {
        this.stdio = stdio;
    }

    private ParameterException wrong(String what) {
        return new ParameterException(spec == null ? new picocli.CommandLine(this) : spec.commandLine(), what);
    }

    @Override
    public Integer call() {
        Verdict verdict = new Verdict(stdio);
        if (url == null || url.getHost() == null) {
            throw wrong("not a URL of a server: " + url);
        }
        if ((prompt == null) == (body == null)) {
            throw wrong("one of --prompt and --body is needed");
        }
        Dialect dialect = dialect();
        ModelClient.Builder client = client();
        byte @Nullable [] json = body == null ? null : read(body, verdict);
        if (body != null && json == null) {
            return verdict.status();
        }
        ModelRequest request = json == null
                ? ModelRequest.codeInterpreter(dialect, model, String.valueOf(prompt))
                : ModelRequest.of(dialect, json);
        call(client, hasPath() ? request.withPath(pathAndQuery()) : request, verdict);
        return verdict.status();
    }

    // What was asked for.

    private boolean hasPath() {
        String path = url == null ? null : url.getRawPath();
        return path != null && !path.isEmpty() && !path.equals(NO_PATH);
    }

    private String pathAndQuery() {
        String query = url == null ? null : url.getRawQuery();
        String path = url == null ? NO_PATH : url.getRawPath();
        return query == null ? path : path + "?" + query;
    }

    /** What the option says, else what the path tells. */
    private Dialect dialect() {
        Dialect told = reading.dialect;
        if (told == null && hasPath() && url != null) {
            told = ModelRequest.dialectAt(url.getRawPath());
        }
        if (told == null) {
            throw wrong("the path does not tell the dialect: --dialect is needed");
        }
        return told;
    }

    private ModelClient.Builder client() {
        URI address = url == null ? URI.create("") : url;
        try {
            URI server = URI.create(address.getScheme() + "://" + address.getRawAuthority());
            return ModelClient.builder(server)
                    .apiKey(key())
                    .transport(transport())
                    .parserOptions(reading.parserOptions().withManyStreams(false))
                    .timeouts(Timeouts.DEFAULT.withIdle(seconds(idleSeconds)).withWhole(seconds(maxSeconds)))
                    .retries(RetryPolicy.DEFAULT.withMaxRetries(retries));
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private @Nullable String key() {
        Map<String, String> environment = stdio.environment();
        String key = environment.getOrDefault(keyVariable, "").strip();
        return key.isEmpty() ? null : key;
    }

    private Transport transport() {
        return switch (http) {
            case "auto" -> Transport.AUTO;
            case "1.1" -> Transport.HTTP_1_1;
            case "2" -> Transport.HTTP_2;
            default -> throw wrong("--http: '" + http + "' is none of auto, 1.1, 2");
        };
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis((long) (seconds * 1_000));
    }

    private byte @Nullable [] read(String file, Verdict verdict) {
        try (InputStream in = file.equals("-") ? stdio.in() : Files.newInputStream(Path.of(file))) {
            return in.readAllBytes();
        } catch (IOException e) {
            verdict.unreadable(file, ReadFailure.reason(e));
        } catch (InvalidPathException e) {
            verdict.unreadable(file, "not a file name: " + e.getReason());
        }
        return null;
    }

    // The call.

    private void call(ModelClient.Builder description, ModelRequest request, Verdict verdict) {
        String source = String.valueOf(url);
        Page page = new Page(look.screen(stdio), null);
        StreamGate gate = new StreamGate(page, verdict::flawed, true);
        try (Tape tape = tape();
                ModelClient client = description.build()) {
            CompletableFuture<@Nullable Void> ended = client.listen(request, gate, tape);
            await(ended, client);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof OutputLost lost) {
                throw lost;
            }
            verdict.unreadable(source, reason(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            verdict.unreadable(source, "interrupted");
        } catch (IOException e) {
            verdict.unreadable(String.valueOf(record), ReadFailure.reason(e));
        }
        stdio.flush();
    }

    private static void await(CompletableFuture<@Nullable Void> ended, ModelClient client)
            throws InterruptedException, ExecutionException {
        try {
            ended.get();
        } finally {
            client.closeNow();
        }
    }

    private static String reason(@Nullable Throwable failure) {
        if (failure instanceof IOException e) {
            return ReadFailure.reason(e);
        }
        return failure == null ? "failed" : "failed: " + failure.getMessage();
    }

    private Tape tape() throws IOException {
        return new Tape(record == null ? null : Recording.begin(record));
    }

    /** Keeps what comes if that is wanted, and shows what is known after each network read. */
    private final class Tape implements BodyTap, Closeable {
        private final @Nullable Recording recording;

        Tape(@Nullable Recording recording) {
            this.recording = recording;
        }

        @Override
        public void onBytes(ByteBuffer bytes) throws IOException {
            if (recording != null) {
                recording.write(bytes);
            }
        }

        @Override
        public void onRead(long atNanos, int length) throws IOException {
            if (recording != null) {
                recording.read(atNanos, length);
            }
            stdio.flush();
        }

        @Override
        public void close() throws IOException {
            if (recording != null) {
                recording.close();
            }
        }
    }
}
