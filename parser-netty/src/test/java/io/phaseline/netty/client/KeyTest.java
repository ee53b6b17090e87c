package io.phaseline.netty.client;

import static io.phaseline.netty.client.Wire.client;
import static io.phaseline.netty.client.Wire.request;
import static io.phaseline.netty.client.Wire.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.phaseline.event.Dialect;
import io.phaseline.netty.client.Wire.Heard;
import io.phaseline.netty.server.Fault;
import io.phaseline.netty.server.ReplayServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The key is sent, and stands nowhere else. */
@Timeout(60)
final class KeyTest {
    private static final String KEY = "sk-0123456789abcdef0123456789abcdef";

    /** Everything that anybody logs, at every level, Netty included. */
    private static final class Log extends Handler implements AutoCloseable {
        private final StringBuilder text = new StringBuilder();
        private final Logger root = Logger.getLogger("");
        private final Level before = root.getLevel();

        Log() {
            setLevel(Level.ALL);
            setFormatter(new SimpleFormatter());
            root.setLevel(Level.ALL);
            root.addHandler(this);
        }

        @Override
        public synchronized void publish(LogRecord entry) {
            text.append(getFormatter().format(entry));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            root.removeHandler(this);
            root.setLevel(before);
        }

        synchronized String text() {
            return text.toString();
        }
    }

    @Test
    void isInNoLogAndNoException() throws Exception {
        StringWriter said = new StringWriter();
        Timeouts timeouts = Timeouts.DEFAULT.withIdle(Duration.ofMillis(50));
        try (Log log = new Log()) {
            for (Transport transport : List.of(Transport.HTTP_1_1, Transport.HTTP_2)) {
                for (String fault :
                        List.of("no-done@1", "reset@1", "stall@1", "error@1", "malformed@1", "unavailable@9")) {
                    try (ReplayServer server = server().apiKey(KEY)
                                    .fault(Fault.parse(fault))
                                    .start();
                            ModelClient client = client(server.uri(), transport)
                                    .apiKey(KEY)
                                    .timeouts(timeouts)
                                    .build()) {
                        ModelRequest request = request(Dialect.DASHSCOPE);
                        Heard heard = Heard.by(client, request);
                        Throwable failure = heard.failure();
                        if (failure != null) {
                            failure.printStackTrace(new PrintWriter(said));
                        }
                        said.append(heard.events().toString());
                        assertThat(said.toString()).doesNotContain("InvalidApiKey"); // it was sent
                        said.append(client.toString()).append(request.toString());
                    }
                }
            }
            try (ModelClient client = client(URI.create("http://127.0.0.1:1"), Transport.AUTO)
                    .apiKey(KEY)
                    .build()) {
                Heard.by(client, request(Dialect.CHAT)).failure().printStackTrace(new PrintWriter(said));
            }
            assertThat(log.text()).isNotEmpty().doesNotContain(KEY);
        }
        assertThat(said.toString()).doesNotContain(KEY);
    }

    @Test
    void aKeyThatCannotBeSentIsNotQuoted() {
        for (String key : List.of("", "two words", "line\nend", "schlüssel")) {
            assertThatThrownBy(() -> ModelClient.builder(URI.create("http://x")).apiKey(key))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("an API key has visible ASCII characters only");
        }
    }

    @Test
    void aRequestDoesNotShowItsHeaders() {
        ModelRequest request = request(Dialect.CHAT).withHeader("Cookie", KEY);
        assertThat(request.headers()).isEqualTo(Map.of("Cookie", KEY));
        assertThat(request.toString()).doesNotContain(KEY);
    }
}
