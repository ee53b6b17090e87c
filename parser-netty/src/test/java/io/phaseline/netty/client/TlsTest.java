package io.phaseline.netty.client;

import static io.phaseline.netty.client.Wire.client;
import static io.phaseline.netty.client.Wire.request;
import static io.phaseline.netty.client.Wire.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import io.phaseline.ParserOptions;
import io.phaseline.event.Dialect;
import io.phaseline.event.Outcome;
import io.phaseline.event.StreamListener;
import io.phaseline.netty.client.Wire.Heard;
import io.phaseline.netty.server.Goldens;
import io.phaseline.netty.server.ReplayServer;
import io.phaseline.netty.wire.EventLoops;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
final class TlsTest {
    private static Certificates certificates;

    @BeforeAll
    static void makeCertificate(@TempDir Path folder) throws Exception {
        certificates = Certificates.make(folder);
    }

    private static URI uri(String host, ReplayServer server) {
        return URI.create("https://" + host + ":" + server.port());
    }

    @ParameterizedTest
    @EnumSource
    void hearsWhatParserCoreHears(Transport transport) throws Exception {
        try (ReplayServer server =
                        server().tls(certificates.keys()).cutBytes(100).start();
                ModelClient client = client(uri("localhost", server), transport)
                        .trusted(certificates.trusted())
                        .build()) {
            List<Heard> heard = List.of(
                    Heard.by(client, request(Dialect.CHAT)),
                    Heard.by(client, request(Dialect.CHAT)),
                    Heard.by(client, request(Dialect.CHAT)));
            for (Heard each : heard) {
                assertThat(each.failure()).isNull();
                assertThat(each.events()).isEqualTo(Replies.events(Goldens.bytes(Goldens.CHAT)));
            }
            // One by one on HTTP/1.1, all on one connection of HTTP/2, which this server prefers.
            assertThat(server.connectionsMade()).isEqualTo(transport == Transport.HTTP_1_1 ? 3 : 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCertificateThatNobodyTrustsIsAFailureAndNotTriedAgain(Transport transport) throws Exception {
        try (ReplayServer server = server().tls(certificates.keys()).start();
                ModelClient client = client(uri("localhost", server), transport).build()) {
            assertThat(Heard.by(client, request(Dialect.CHAT)).failure()).isInstanceOf(SSLException.class);
            assertThat(server.connectionsMade()).isEqualTo(1);
        }
    }

    /** A connection may have failed and closed before its request is there: the request hears why all the same. */
    @Test
    void whoComesAfterTheHandshakeFailedHearsWhy() throws Exception {
        EventLoopGroup loops = EventLoops.nio("test", 1);
        ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
        try (ReplayServer server = server().tls(certificates.keys()).start()) {
            Connector connector = new Connector(loops, channels, "localhost", server.port(), true, null, 20_000);
            Connections pool = new PooledConnections(connector, 1, 1);
            Connections late = new Connections() {
                @Override
                public Future<Channel> acquire() {
                    Promise<Channel> acquired = loops.next().newPromise();
                    pool.acquire()
                            .addListener((Future<Channel> made) -> made.getNow()
                                    .closeFuture()
                                    .addListener(closed -> acquired.setSuccess(made.getNow())));
                    return acquired;
                }

                @Override
                public void release(Channel channel, boolean reusable) {
                    pool.release(channel, reusable);
                }
            };
            CompletableFuture<Void> ended = new CompletableFuture<>();
            new Exchange(
                            late,
                            loops,
                            new Exchange.HttpCall(request(Dialect.CHAT), new DefaultHttpHeaders()),
                            Timeouts.DEFAULT,
                            Wire.AT_ONCE,
                            new ListenerReply(ParserOptions.DEFAULT, new StreamListener() {}, ended, true),
                            null)
                    .start();
            assertThatThrownBy(ended::get).hasCauseInstanceOf(SSLException.class);
            assertThat(server.connectionsMade()).isEqualTo(1);
        } finally {
            channels.close().awaitUninterruptibly();
            loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCertificateForAnotherHostIsAFailure(Transport transport) throws Exception {
        try (ReplayServer server = server().tls(certificates.keys()).start();
                ModelClient client = client(uri("127.0.0.1", server), transport)
                        .trusted(certificates.trusted())
                        .build()) {
            assertThat(Heard.by(client, request(Dialect.CHAT)).failure()).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void aServerWithoutTlsIsAFailure() throws Exception {
        try (ReplayServer server = server().start()) {
            for (Transport transport : Transport.values()) {
                try (ModelClient client = client(uri("localhost", server), transport)
                        .retries(RetryPolicy.NONE)
                        .build()) {
                    Heard heard = Heard.by(client, request(Dialect.CHAT));
                    assertThat(heard.failure()).isInstanceOf(Exception.class);
                    assertThat(heard.events()).isEmpty();
                }
            }
        }
    }

    @Test
    void aBodyCutByACloseIsTruncatedAsInCleartext() throws Exception {
        try (ReplayServer server = server().tls(certificates.keys())
                        .fault(io.phaseline.netty.server.Fault.parse("reset@3"))
                        .start();
                ModelClient client = client(uri("localhost", server), Transport.HTTP_1_1)
                        .trusted(certificates.trusted())
                        .build()) {
            Heard heard = Heard.by(client, request(Dialect.CHAT));
            assertThat(heard.failure()).isInstanceOf(Exception.class);
            assertThat(heard.result().outcome()).isEqualTo(Outcome.TRUNCATED);
        }
    }
}
